#include "cli/role_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/model_list.h"
#include "core/error.h"
#include "inference/engines.h"
#include "inference/installed.h"

namespace reelwright::cli {

namespace {

using inference::InstalledModel;
using inference::Role;

/// As the other findings of the engines call them.
std::string title(Role role) {
  if (role == Role::detector) return "person detector";
  std::string title(name(role));
  std::ranges::replace(title, '_', ' ');
  return title;
}

Finding& finding_of(std::vector<Finding>& findings, Role role) {
  const auto found = std::ranges::find(findings, title(role), &Finding::role);
  if (found != findings.end()) return *found;
  findings.push_back({.role = title(role), .engine = "none", .ok = true});
  return findings.back();
}

void tell(Finding& finding, const inference::Choice& choice) {
  const bool was_tried = finding.engine != "none";  // then it has told its own name
  if (!choice.engine.empty() && (!was_tried || !choice.model.empty())) finding.engine = choice.engine;
  finding.why = choice.why;
  if (!choice.problem.empty()) finding.problem += (finding.problem.empty() ? "" : " ") + choice.problem;
}

/// What lies in the models folder, and a finding about it.
std::vector<InstalledModel> survey(const core::Config& config, Finding& finding) {
  finding = {.role = "models", .engine = config.text("MODELS_DIR")};
  try {
    const auto registry = inference::Registry::load(config.path("MODELS_REGISTRY"));
    std::vector<InstalledModel> models = installed_models(config.path("MODELS_DIR"), registry);
    std::uint64_t bytes = 0;
    for (const InstalledModel& model : models) bytes += model.bytes;
    finding.engine += models.empty() ? " (none installed)"
                                     : fmt::format(" ({} installed, {})", models.size(), size_text(bytes));
    finding.ok = true;
    return models;
  } catch (const core::Error& error) {
    finding.problem = error.what();
    return {};
  }
}

}  // namespace

void add_roles(std::vector<Finding>& findings, const core::Config& config) {
  Finding models;
  const std::vector<InstalledModel> installed = survey(config, models);
  for (const Role role : inference::roles()) tell(finding_of(findings, role), choose_engine(role, installed));
  findings.push_back(std::move(models));
}

}  // namespace reelwright::cli
