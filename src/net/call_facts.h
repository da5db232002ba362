#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/prices.h"
#include "net/transport.h"

namespace reelwright::net {

/// What a call for text can cost, read from its body: who asks may not be trusted to say so.
struct CallFacts {
  std::string model;
  std::int64_t most_tokens_in = 0;  ///< a token is a byte at least, so the bytes of the body
  std::int64_t most_tokens_out = 0;
};

/// Throws `invalid_input` for a body that names no model or no limit of tokens, or asks for anything beside
/// one answer.
CallFacts call_facts(std::string_view body);

/// What a call is charged with; `price` may be null. By the `usage` of its answer, else as much as it can be.
Charge charge_of(std::string_view answer, const CallFacts& facts, const Price* price);

/// The error that a vendor's answer tells of: `{"error":{"message","type","param","code"}}` and what other
/// servers make of it. Texts are short, of one line; empty where they are not told.
struct VendorError {
  std::string message{}, type{}, param{}, code{};

  /// Whether any of them has these words in it.
  bool mentions(std::string_view words) const;
};
VendorError vendor_error(std::string_view body);

}  // namespace reelwright::net
