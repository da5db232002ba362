#include <fmt/format.h>

#include <algorithm>
#include <iostream>

#include "cli/model_list.h"
#include "cli/model_options.h"
#include "cli/progress.h"
#include "core/error.h"
#include "core/text.h"
#include "inference/verify.h"

namespace reelwright::cli {

using core::Error;
using core::ErrorCode;
using inference::InstalledModel;

namespace {

/// Says which are not as they should be, and how to mend it.
[[noreturn]] void throw_faults(const Shelf& shelf, const std::vector<VerifiedModel>& faulty) {
  const std::string& name = faulty.front().name;
  const auto fault =
      std::ranges::find_if(faulty.front().files, [](const auto& file) { return is_fault(file.verdict); });
  const std::string advice =
      shelf.registry.find(name)
          ? fmt::format("`reelwright models remove {}` and `reelwright models pull {}` bring it anew", name,
                        name)
          : "take it away with `reelwright models remove`, or bring it anew";
  throw Error(
      ErrorCode::invalid_input,
      fmt::format(
          "{} {} is {}{}; {}.", core::printable(name, 100), fault->file.filename().string(), fault->problem,
          faulty.size() > 1 ? fmt::format(", and there are faults in {} more", faulty.size() - 1) : "",
          advice));
}

}  // namespace

void verify_models(const ModelOptions& options) {
  const Shelf shelf(options);
  const std::vector<InstalledModel> models =
      options.name.empty() ? shelf.installed() : std::vector{shelf.installed(options.name)};
  const auto seen = inference::read_checksums(shelf.folder);
  Progress progress;
  const core::Context context = shown_context(progress, "reading");
  std::vector<VerifiedModel> verified;
  verified.reserve(models.size());
  for (const InstalledModel& model : models) {
    const auto done = static_cast<double>(verified.size());
    const auto count = static_cast<double>(models.size());
    verified.push_back({model.name, verify_model(model, shelf.registry, seen,
                                                 context.part(done / count, (done + 1) / count))});
  }
  progress.clear();
  if (options.json)
    std::cout << verdicts_json(verified);
  else if (verified.empty())
    std::cerr << "No models are installed; `reelwright models list` shows those that can be pulled.\n";
  else
    std::cout << verdict_table(verified);
  std::erase_if(verified, [](const VerifiedModel& model) {
    return std::ranges::none_of(model.files, [](const auto& file) { return is_fault(file.verdict); });
  });
  std::cout.flush();
  if (!verified.empty()) throw_faults(shelf, verified);
}

}  // namespace reelwright::cli
