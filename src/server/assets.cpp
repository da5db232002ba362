#include "server/assets.h"

#include <system_error>

namespace reelwright::server {

namespace fs = std::filesystem;

std::filesystem::path assets_folder() {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  fs::path built = program.parent_path() / "web";
  if (fs::is_directory(built, ignored)) return built;
  return program.parent_path() / "share/reelwright/web";
}

}  // namespace reelwright::server
