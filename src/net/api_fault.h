#pragma once

#include <string>

#include "core/error.h"
#include "net/call_facts.h"
#include "net/endpoint.h"
#include "net/http_client.h"

namespace reelwright::net {

/// What an answer of a vendor means for whoever called.
enum class ApiFault {
  none,     ///< an answer that the caller is to see, also one about the request itself
  key,      ///< the key is missing, wrong or not allowed this
  quota,    ///< the account has no money left: trying again changes nothing
  limit,    ///< called too often
  passing,  ///< the server's own trouble
  no_api,   ///< nothing that an API says: a redirect, a page
};

ApiFault fault_of(const HttpHead& head, const VendorError& error);

/// The failure in the user's words, with the setting that mends it. `tries`: how often it was called.
core::Error error_of(ApiFault fault, const HttpHead& head, const VendorError& error, const Endpoint& endpoint,
                     int tries);

/// The same of a call that had no answer; `cancelled` and what is no fault of the line stay as they are.
core::Error error_of(const core::Error& failure, const Endpoint& endpoint, int tries);

}  // namespace reelwright::net
