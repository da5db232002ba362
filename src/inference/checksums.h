#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::inference {

/// What a file of a model was when it came. Where the registry knows no checksum, later pulls and `verify`
/// are held to this one.
struct Checksum {
  std::string model;
  std::string file;
  std::uint64_t bytes = 0;
  std::string sha256;
  std::string origin;   ///< the URL, or the file that was added
  std::string seen_at;  ///< RFC 3339
};

/// Those of `checksums.json` in the models folder; none where there is no such file. Throws `invalid_input`
/// where it is broken, naming the place in it, and what `core::read_file` throws.
std::vector<Checksum> read_checksums(const std::filesystem::path& models_dir);

/// Null where nothing is remembered of that file.
const Checksum* find_checksum(const std::vector<Checksum>& checksums, std::string_view model,
                              std::string_view file);

/// Puts `seen` in the place of what was remembered of the same files. Other processes may do so at the same
/// time. The folder must stand. Throws as `read_checksums`, and `storage_full`, `forbidden`.
void remember_checksums(const std::filesystem::path& models_dir, const std::vector<Checksum>& seen);

/// Takes away all that is remembered of a model. Throws the same.
void forget_checksums(const std::filesystem::path& models_dir, std::string_view model);

}  // namespace reelwright::inference
