#include "inference/pull.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"
#include "core/time.h"
#include "inference/checksums.h"
#include "inference/expected.h"
#include "inference/incoming.h"
#include "inference/installed.h"
#include "inference/models_folder.h"
#include "inference/pull_file.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

/// What is there already, if it is; throws where it is not whole.
std::optional<Pulled> standing(const fs::path& models_dir, const Registry& registry, const Model& model,
                               const std::vector<ExpectedFile>& expected) {
  const fs::path place = model_folder(models_dir, model.role, model.name);
  const auto models = installed_models(models_dir, registry);
  const auto found = std::ranges::find(models, place, &InstalledModel::place);
  if (found == models.end()) return {};
  if (const std::string problem = size_problem(*found, expected); !problem.empty())
    throw Error(
        ErrorCode::conflict,
        fmt::format("{} is there but not whole ({}); take it away with `reelwright models remove {}` and "
                    "pull it again.",
                    model.name, problem, model.name));
  return Pulled{found->weights(), found->bytes, true, {}};
}

/// The share of the progress that is a file's: by size where all sizes are known, else the same for each.
std::vector<double> shares(const Model& model) {
  const auto all = static_cast<double>(model.bytes().value_or(0));
  const auto count = static_cast<double>(model.files.size());
  std::vector<double> shares(model.files.size());
  std::ranges::transform(model.files, shares.begin(), [&](const ModelFile& file) {
    return all > 0 ? static_cast<double>(file.bytes.value_or(0)) / all : 1 / count;
  });
  return shares;
}

/// Makes the model stand, now that all of it is there; what a registry of another day left beside it goes.
void install(Incoming& incoming, const Model& model, const fs::path& place, Pulled& pulled) {
  std::vector<std::string> names;
  names.reserve(model.files.size());
  for (const ModelFile& file : model.files) {
    names.push_back(file.name);
    pulled.bytes += fs::file_size(incoming / file.name);
  }
  incoming.clear_but(names);
  incoming.rename(place);
  pulled.weights = place / names.front();
}

}  // namespace

Pulled pull(const net::HttpClient& client, const fs::path& models_dir, const Registry& registry,
            const Model& model, const PullOptions& options, const core::Context& context) {
  std::vector<ExpectedFile> expected = expected_files(model.name, &model, read_checksums(models_dir));
  if (auto there = standing(models_dir, registry, model, expected)) return *there;
  if (options.accept_change) expected = expected_files(model.name, &model, {});
  for (const ModelFile& file : model.files) check_address(file, options);

  Incoming incoming(models_dir, model.name);
  const std::vector<double> parts = shares(model);
  Pulled pulled;
  double done = 0;
  for (std::size_t i = 0; i < model.files.size(); ++i) {
    const double end = std::min(1.0, done + parts[i]);
    const FileSource source{client, model, model.files[i], expected[i], i == 0};
    const Checksum seen = pull_file(source, incoming, options, context.part(done, end));
    done = end;
    if (!expected[i].sha256.empty()) continue;
    // Before the model stands, so that none is ever held to nothing.
    remember_checksums(models_dir, {seen});
    pulled.first_seen.push_back(seen.file);
  }
  install(incoming, model, model_folder(models_dir, model.role, model.name), pulled);
  return pulled;
}

}  // namespace reelwright::inference
