#pragma once

#include <filesystem>

namespace reelwright::server {

/// Where the files lie that browsers get from this program: beside it in the build, or where it is installed.
std::filesystem::path assets_folder();

}  // namespace reelwright::server
