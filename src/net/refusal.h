#pragma once

#include <string>

#include "core/error.h"
#include "net/call_facts.h"
#include "net/endpoint.h"
#include "net/transport.h"

namespace reelwright::net {

/// What is asked of which server.
struct Asked {
  const EndpointSettings& settings;  ///< outlive it
  std::string base_url, model, path;
};

/// Whether the server says that it has no such model.
bool is_no_model(const ApiAnswer& answer, const VendorError& error);

/// The failure of a call whose request was refused (`ApiAnswer`), with the setting that mends it: no such
/// model, no such call, too large, not taken.
core::Error refusal(const ApiAnswer& answer, const VendorError& error, const Asked& asked);

}  // namespace reelwright::net
