#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::net {

/// Of a model at a host, in US dollars.
struct Price {
  std::string host;  ///< as in the base URL, with its port where that has one; `*`: any
  std::string model;
  double million_tokens_in = 0;
  double million_tokens_out = 0;
  double minute = 0;  ///< of sound

  double of(std::int64_t tokens_in, std::int64_t tokens_out, double seconds = 0) const;
};

/// What models cost: the program's own list, and before it the user's. Immutable.
class Prices {
 public:
  /// `file` is JSON of the shape of `src/net/prices.json`; empty: the program's own list alone. Throws
  /// `invalid_input` for what is no list of prices, `not_found`.
  static Prices load(const std::filesystem::path& file = {});

  /// Of the model, or of the one of which it is a dated version ("gpt-4o-2024-08-06"). Null where nobody
  /// said.
  const Price* find(std::string_view host, std::string_view model) const;

 private:
  std::vector<Price> prices_;
};

}  // namespace reelwright::net
