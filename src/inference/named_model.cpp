#include "inference/named_model.h"

#include <system_error>

#include "inference/installed.h"
#include "inference/registry.h"

namespace reelwright::inference {

namespace fs = std::filesystem;

fs::path named_weights(std::string_view name, Role role, const fs::path& models_dir,
                       const fs::path& registry) {
  std::error_code ignored;
  if (name.contains('/') || fs::exists(name, ignored)) return fs::absolute(name);
  std::vector<InstalledModel> models = installed_models(models_dir, Registry::load(registry));
  std::erase_if(models, [&](const InstalledModel& model) { return model.role != role; });
  return fs::absolute(find_installed(models, name).weights());
}

}  // namespace reelwright::inference
