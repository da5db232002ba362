#include "inference/engines.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ranges>

#include "core/text.h"

namespace reelwright::inference {

namespace {

constexpr std::array table{
    Engine{Role::transcriber, "PocketSphinx"},
    Engine{Role::aligner, "PocketSphinx"},
    Engine{Role::detector, "OpenCV HOG"},
    Engine{Role::face_detector, "OpenCV cascades and dlib"},
    Engine{Role::embedder, "words and their stems"},
};

bool plays(const InstalledModel& model, Role role) { return model.role == role; }

/// The first model of the role that the engine can run; null where there is none.
const InstalledModel* model_for(const Engine& engine, const std::vector<InstalledModel>& installed) {
  const auto found = std::ranges::find_if(installed, [&](const InstalledModel& model) {
    return plays(model, engine.role) && model.format == engine.format;
  });
  return found == installed.end() ? nullptr : &*found;
}

bool has_engine(const InstalledModel& model, std::span<const Engine> among) {
  return std::ranges::any_of(among, [&](const Engine& engine) {
    return engine.format && engine.role == model.role && engine.format == model.format;
  });
}

/// Of models that an engine here runs once a setting names them.
std::string_view named_by(Role role) {
  if (role == Role::transcriber) return "TRANSCRIBER_MODEL names it";
  if (role == Role::aligner) return "ALIGNER_MODEL names its file";
  if (role == Role::segmentation) return "SPEAKER_SEGMENTATION_MODEL names its file";
  if (role == Role::speaker_embedder) return "SPEAKER_EMBEDDING_MODEL names its file";
  if (role == Role::language_model) return "LANGUAGE_MODEL is llama and LANGUAGE_MODEL_NAME names it";
  if (role == Role::embedder) return "EMBEDDER_MODEL names it";
  if (role == Role::face_detector) return "FACE_DETECTOR_MODEL or DETECTOR_MODEL names its file";
  return role == Role::detector ? "DETECTOR_MODEL names its file" : "";
}

std::string idle_sentence(Role role, const std::vector<std::string>& idle) {
  if (idle.empty()) return {};
  if (const std::string_view setting = named_by(role); !setting.empty())
    return fmt::format("Installed, and used where {}: {}.", setting, fmt::join(idle, ", "));
  return idle.size() == 1
             ? fmt::format("The model {} is installed, but this version has no engine for it.", idle.front())
             : fmt::format("The models {} are installed, but this version has no engine for them.",
                           fmt::join(idle, ", "));
}

std::string reason(Role role, const Choice& choice) {
  if (!choice.model.empty()) return fmt::format("it runs the model {}", choice.model);
  if (!choice.engine.empty()) return "built in, needs no model";
  const std::string_view setting = named_by(role);
  return setting.empty() ? "nothing in this version plays this role"
                         : fmt::format("needs a model, and is used where {}", setting);
}

}  // namespace

std::span<const Engine> engines() { return table; }

Choice choose_engine(Role role, const std::vector<InstalledModel>& installed) {
  return choose_engine(role, installed, engines());
}

Choice choose_engine(Role role, const std::vector<InstalledModel>& installed, std::span<const Engine> among) {
  Choice choice;
  for (const Engine& engine : among) {
    if (engine.role != role) continue;
    const InstalledModel* model = engine.format ? model_for(engine, installed) : nullptr;
    if (engine.format && !model) continue;
    choice.engine = engine.name;
    if (model) choice.model = core::printable(model->name, 200);
    break;
  }
  std::vector<std::string> idle;
  for (const InstalledModel& model : installed)
    if (plays(model, role) && !has_engine(model, among)) idle.push_back(core::printable(model.name, 200));
  choice.problem = idle_sentence(role, idle);
  choice.why = reason(role, choice);
  return choice;
}

}  // namespace reelwright::inference
