#pragma once

#include <initializer_list>
#include <string_view>

#include "core/config.h"
#include "net/api_client.h"

namespace reelwright::cli {

/// The servers that the settings give `roles` to (none named: all that there are), with their keys. Throws
/// what `net::vendor_from` throws.
net::Vendors vendors_of(const core::Config& config, std::initializer_list<std::string_view> roles = {});

/// Calls them from a command, within JOB_BUDGET.
class CommandTransport {
 public:
  explicit CommandTransport(const core::Config& config, std::initializer_list<std::string_view> roles = {})
      : vendors_(vendors_of(config, roles)), budget_(config.number("JOB_BUDGET")) {}

  net::Transport* get() { return &client_; }

 private:
  const net::Vendors vendors_;
  net::Budget budget_;
  net::ApiClient client_{vendors_, budget_};
};

}  // namespace reelwright::cli
