#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/context.h"
#include "inference/installed.h"
#include "inference/registry.h"

namespace reelwright::inference {

struct NewModel {
  std::vector<std::filesystem::path> files;  ///< the weights first
  Role role{};
  std::string name;  ///< empty: that of the weights, without its ending
};

/// Takes a user's own weights into the models folder, where they appear whole or not at all, and remembers
/// their checksums. Files are linked where they lie on the same disk, else copied; those beside the weights
/// that bear their name and more (`voice.onnx.json`) come along. The user's files stay as they are. Gives
/// what is now installed.
///
/// Throws `not_found`, `invalid_input` (a name that may not be, weights of another kind than the role's,
/// cut ones), `conflict` (a model of that name is there), `storage_full`, `forbidden`, `cancelled`.
InstalledModel add_model(const std::filesystem::path& models_dir, const Registry& registry,
                         const NewModel& model, const core::Context& context);

}  // namespace reelwright::inference
