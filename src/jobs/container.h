#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace reelwright::jobs {

/// The usual extension of the container that a file begins as ("mp4", "mkv", "wav"), `bin` where it begins as
/// none. What is in it is found out by the demuxer; this only gives the stored file a name that people know.
std::string extension_of(std::string_view first_bytes);

/// The same of a file. Throws `not_found`, `forbidden`.
std::string extension_of_file(const std::filesystem::path& file);

}  // namespace reelwright::jobs
