#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "net/prices.h"
#include "net/transport.h"

namespace reelwright::net {

/// What a call can cost, read from what is sent: who asks may not be trusted to say so.
struct CallFacts {
  std::string model;
  std::int64_t most_tokens_in = 0;  ///< a token is a byte at least, so the bytes of the body
  std::int64_t most_tokens_out = 0;
  double seconds = 0;  ///< of sound
};

/// Of `/chat/completions`, `/embeddings` or `/audio/transcriptions`. Throws `invalid_input` for another path,
/// a body that names no model or, of a chat, no limit of tokens, one that asks for anything beside one
/// answer, and sound that is not as `core::to_wav` writes it.
CallFacts call_facts(const ApiRequest& request);

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
