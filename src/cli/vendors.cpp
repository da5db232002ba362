#include "cli/vendors.h"

#include <algorithm>

#include "language/model_options.h"
#include "language/openai_embedder.h"
#include "speech/openai_transcriber.h"

namespace reelwright::cli {

net::Vendors vendors_of(const core::Config& config, std::initializer_list<std::string_view> roles) {
  net::Vendors vendors;
  const auto add = [&](std::string_view role, const auto& make) {
    const bool wanted = roles.size() == 0 || std::ranges::contains(roles, role);
    if (auto vendor = wanted ? make() : nullptr) vendors.push_back(std::move(vendor));
  };
  add(language::language_endpoint.role, [&] { return language::model_vendor(config); });
  add(language::embedder_endpoint.role, [&] { return language::embedder_vendor(config); });
  add(speech::transcriber_endpoint.role, [&] { return speech::transcriber_vendor(config); });
  return vendors;
}

}  // namespace reelwright::cli
