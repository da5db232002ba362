#include "jobs/cleaner_round.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <ranges>

#include "core/config.h"
#include "core/error.h"
#include "core/files.h"
#include "core/ids.h"
#include "core/log.h"
#include "database/expiry.h"
#include "jobs/inputs.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

using namespace std::chrono_literals;

constexpr auto grace = 1h;
constexpr std::size_t uuid_length = 36;

/// The job that an upload belongs to: `ID.mp4`, `ID.transcript`.
std::string_view id_of(std::string_view name) { return name.substr(0, name.find('.')); }

/// A corrected transcript has a UUID of its own at its end.
std::string_view last_uuid(std::string_view name) {
  return name.size() < uuid_length ? name : name.substr(name.size() - uuid_length);
}

bool names(const database::Job& job, const std::string& key) {
  return std::ranges::contains(inputs_from(job.inputs).keys | std::views::values, key);
}

/// Held by who works in the workspace (`stage::Workspace`).
class WorkspaceLock {
 public:
  explicit WorkspaceLock(const std::optional<std::filesystem::path>& folder)
      : lock_(folder ? ::open((*folder / ".lock").c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC) : -1),
        free_(lock_.get() < 0 || ::flock(lock_.get(), LOCK_EX | LOCK_NB) == 0) {}

  bool is_free() const { return free_; }

 private:
  core::Descriptor lock_;
  bool free_;
};

}  // namespace

CleanerRound::CleanerRound(database::Database& database, storage::Storage& storage,
                           const Pipelines& pipelines, const core::Config& config, core::Moment now,
                           const std::stop_token& stop)
    : storage_(storage),
      database_(database),
      pipelines_(pipelines),
      config_(config),
      now_(now),
      stop_(stop),
      jobs_(database) {}

Cleaner::Report CleanerRound::run() {
  clean_uploads();
  clean_workspaces();
  clean_results();
  clean_incoming();
  attempt("leftovers", [&] { storage_.remove_leftovers(now_ - 10min); });
  attempt("rows", [&] { clean_rows(); });
  return report_;
}

void CleanerRound::attempt(std::string_view what, const std::function<void()>& work) const {
  if (stop_.stop_requested()) return;
  try {
    work();
  } catch (const std::exception& error) {
    core::log::warning("cleaner.failed", {{"at", what}, {"reason", std::string_view(error.what())}});
  }
}

std::optional<core::Moment> CleanerRound::cutoff(std::string_view setting) const {
  const double days = config_.number(setting);
  if (days == 0) return {};
  return now_ - std::chrono::duration_cast<core::Moment::duration>(
                    std::chrono::duration<double, std::ratio<86400>>(days));
}

bool CleanerRound::is_over(const database::Job& job, std::string_view setting) const {
  const auto before = cutoff(setting);
  return before && job.ended() && job.completed_at && *job.completed_at < *before;
}

bool CleanerRound::is_young(std::string_view uuid) const {
  const auto made = core::uuid_moment(uuid);
  return made && now_ - *made < grace && *made - now_ < grace;
}

bool CleanerRound::is_still(const database::Job& job) {
  const auto now = jobs_.find(job.processing_id);
  return now && now->revision == job.revision;
}

void CleanerRound::clean_uploads() {
  for (const std::string& name : storage_.children(std::string(storage::uploads)))
    if (!name.ends_with('/') && core::is_uuid(id_of(name))) attempt(name, [&] { clean_upload(name); });
}

void CleanerRound::clean_upload(const std::string& name) {
  const std::string id(id_of(name));
  const std::string key = std::string(storage::uploads) + name;
  const auto job = jobs_.find(id);
  if (is_young(id) || is_young(last_uuid(name))) return;
  if (job && is_over(*job, "KEEP_UPLOADS_DAYS")) {
    report_.uploads += storage_.remove(key) ? 1 : 0;
    jobs_.note_stored(id, {.source = 0});
  } else if (!job || (job->ended() && !names(*job, key) && is_still(*job))) {
    report_.orphans += storage_.remove(key) ? 1 : 0;
  }
}

void CleanerRound::clean_workspaces() {
  for (std::string name : storage_.children(std::string(storage::workspaces))) {
    if (!name.ends_with('/')) continue;
    name.pop_back();
    if (core::is_uuid(name)) attempt(name, [&] { clean_workspace(name); });
  }
}

void CleanerRound::clean_workspace(const std::string& processing_id) {
  const std::string prefix = storage::workspace_prefix(processing_id);
  const WorkspaceLock lock(storage_.local_folder(prefix));
  const auto job = jobs_.find(processing_id);
  if (!lock.is_free() || is_young(processing_id)) return;
  if (job && !is_over(*job, "KEEP_WORKSPACES_DAYS")) return;
  storage_.remove_all(prefix);
  if (job) jobs_.note_stored(processing_id, {.workspace = 0});
  ++(job ? report_.workspaces : report_.orphans);
}

void CleanerRound::clean_results() {
  const std::string results(storage::results);
  for (const std::string& kind : storage_.children(results)) {
    if (!kind.ends_with('/')) continue;
    for (std::string id : storage_.children(results + kind)) {
      if (!id.ends_with('/')) continue;
      id.pop_back();
      const std::string of_kind = results + kind.substr(0, kind.size() - 1);
      if (core::is_uuid(id)) attempt(id, [&] { clean_results_of(of_kind, id); });
    }
  }
}

void CleanerRound::clean_results_of(const std::string& of_kind, const std::string& processing_id) {
  const auto job = jobs_.find(processing_id);
  if (is_young(processing_id)) return;
  const auto before = cutoff("KEEP_RESULTS_DAYS");
  const std::string prefix = storage::results_prefix(of_kind, processing_id);
  if (!job) {
    storage_.remove_all(prefix);
    ++report_.orphans;
  } else if (before && is_over(*job, "KEEP_RESULTS_DAYS")) {
    // The rows first: from then on nobody is told of the files.
    if (!database::expire_results(database_, processing_id, *before)) return;
    storage_.remove_all(prefix);
    ++report_.results;
  } else if (job->ended()) {
    clean_strays(*job, of_kind);
  }
}

/// What was published once and was replaced since, or was not published any more.
void CleanerRound::clean_strays(const database::Job& job, const std::string& of_kind) {
  const Pipeline* pipeline = find_pipeline(pipelines_, job.kind);
  if (pipeline == nullptr || pipeline->results_prefix() != of_kind) return;
  const std::vector<std::string> published = pipeline->files(database_, job.processing_id);
  const std::string prefix = storage::results_prefix(of_kind, job.processing_id);
  for (const std::string& name : storage_.children(prefix))
    if (!std::ranges::contains(published, name) && !name.ends_with('/') && is_still(job))
      report_.orphans += storage_.remove(prefix + name) ? 1 : 0;
}

}  // namespace reelwright::jobs
