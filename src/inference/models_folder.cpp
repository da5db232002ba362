#include "inference/models_folder.h"

#include <system_error>

#include "core/files.h"

namespace reelwright::inference {

namespace fs = std::filesystem;

fs::path model_folder(const fs::path& models_dir, Role role, std::string_view name) {
  return models_dir / inference::name(role) / name;
}

fs::path incoming_folder(const fs::path& models_dir, std::string_view name) {
  return models_dir / ".incoming" / name;
}

fs::path checksums_file(const fs::path& models_dir) { return models_dir / "checksums.json"; }

void make_folders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) core::throw_errno(error.value(), "make", folder);
}

}  // namespace reelwright::inference
