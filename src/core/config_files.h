#pragma once

// Inside `core/` only: the files from which settings come.

#include <filesystem>
#include <string>
#include <vector>

namespace reelwright::core {

/// A value as it stands in a file, unchecked.
struct FileValue {
  std::string name;  ///< of the setting, in capitals
  std::string value;
  std::string place;  ///< for the user: "reelwright.toml, line 3"
};

/// `NAME=value` a line, as Docker and shells read it: `#` comments, `export`, single or double quotes without
/// escapes. Lines of any other form are passed over, as the file may belong to other programs too; so are
/// names that are no setting's. No values where there is no such file.
std::vector<FileValue> read_dotenv(const std::filesystem::path& file);

/// A flat TOML table (toml.io 1.0) of settings in lower case. Throws `invalid_input`, with the line, on a
/// syntax error, an unknown key, or a value that is a list or a table; and what `read_file` throws.
std::vector<FileValue> read_toml(const std::filesystem::path& file);

}  // namespace reelwright::core
