#include "storage/storage.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "storage/local_storage.h"

namespace reelwright::storage {

std::unique_ptr<Storage> make_storage(const core::Config& config) {
  const std::string& type = config.text("STORAGE_TYPE");
  if (type == "local") return std::make_unique<LocalStorage>(config.path("STORAGE_PATH"));
  throw core::Error(core::ErrorCode::internal, fmt::format("No store is of the type {}.", type));
}

}  // namespace reelwright::storage
