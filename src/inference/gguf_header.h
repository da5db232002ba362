#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace reelwright::inference {

/// What the header of a GGUF file says of its model: short texts and whole numbers, by their keys.
struct GgufHeader {
  std::map<std::string, std::string, std::less<>> texts{};
  std::map<std::string, std::uint64_t, std::less<>> numbers{};  ///< without negative ones
  std::set<std::string, std::less<>> lists{};  ///< the keys of what is told for each layer, word or the like

  std::string architecture() const;  ///< `llama`, `bert`; empty where it is not told
  /// `ARCHITECTURE.key`; nothing where it is not told, or in a list of one a layer.
  std::optional<std::uint64_t> number(std::string_view key) const;
  bool has_list(std::string_view key) const;  ///< the same
};

struct GgufLook {
  std::optional<GgufHeader> header{};  ///< where nothing is wrong
  bool cut_short = false;              ///< it ends before what its header promises
  /// To follow "FILE is ": "cut short", "a GGUF model of 0 layers"; empty where nothing is wrong.
  std::string problem{};
};

/// Reads the header, a few MB at most, and no weights, and holds it to what llama.cpp ends the process over.
/// A file of another kind has a problem too. Throws `not_found`, `forbidden`, `invalid_input` (a folder).
GgufLook look_at_gguf(const std::filesystem::path& file);

/// The same of an open file of `size` bytes whose first four are GGUF's.
GgufLook look_at_gguf(int descriptor, std::uint64_t size);

}  // namespace reelwright::inference
