#include "cli/role_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/model_list.h"
#include "cli/model_trial.h"
#include "core/error.h"
#include "inference/engines.h"
#include "inference/installed.h"
#include "language/model_options.h"

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

/// The one role that a server can play. It is not called: that may cost, and nobody asked for it. A model on
/// this machine is loaded as a job would.
void tell_language_model(Finding& finding, const core::Config& config) {
  const core::Config::Value& engine = config.value("LANGUAGE_MODEL");
  finding.why = fmt::format("LANGUAGE_MODEL is {} ({})", engine.text, engine.place);
  try {
    const language::ModelOptions options = language::model_options(config);
    try_local_model(options, {});
    if (options.is_local()) finding.engine = language::try_language_model(options);
    const auto vendor = language::model_vendor(config);
    if (!vendor) return;
    const net::Endpoint& endpoint = vendor->endpoint;
    finding.engine = fmt::format("{} at {}, not called now", endpoint.model, endpoint.base_url);
    const bool has_price = vendor->prices.find(net::host_of(endpoint.base_url), endpoint.model) != nullptr;
    if (config.number("JOB_BUDGET") > 0 && !has_price)
      finding.problem = "JOB_BUDGET cannot be kept: PRICES_FILE does not name the price of the model.";
  } catch (const core::Error& error) {
    finding.ok = false;
    finding.problem = error.what();
  }
}

}  // namespace

void add_roles(std::vector<Finding>& findings, const core::Config& config) {
  Finding models;
  const std::vector<InstalledModel> installed = survey(config, models);
  for (const Role role : inference::roles()) tell(finding_of(findings, role), choose_engine(role, installed));
  tell_language_model(finding_of(findings, Role::language_model), config);
  findings.push_back(std::move(models));
}

}  // namespace reelwright::cli
