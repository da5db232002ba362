#include "jobs/publisher.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "database/jobs.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

/// A child's files are not to be followed elsewhere, nor waited for.
void require_plain(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::symlink_status(file, error).type() == std::filesystem::file_type::regular) return;
  throw core::Error(core::ErrorCode::invalid_input, "A result of the job is not there.", file.string());
}

}  // namespace

Publisher::Publisher(database::Database& database, storage::Storage& storage, const Pipeline& pipeline,
                     database::Claim claim, std::filesystem::path workspace)
    : database_(database),
      storage_(storage),
      pipeline_(pipeline),
      claim_(std::move(claim)),
      workspace_(std::move(workspace)) {}

std::string Publisher::prefix() const {
  return storage::results_prefix(pipeline_.results_prefix(), claim_.processing_id);
}

bool Publisher::publish(const Result& result, core::Moment now) {
  Result placed = result;
  for (ResultFile& file : placed.files) {
    file.file = workspace_ / file.file.filename();
    require_plain(file.file);
  }
  for (const ResultFile& file : placed.files) storage_.put(prefix() + file.name, file.file);
  if (!pipeline_.publish(database_, claim_, placed, now)) return false;
  if (!std::ranges::contains(numbers_, result.number)) numbers_.push_back(result.number);
  return true;
}

bool Publisher::finish(core::Moment now) {
  if (!pipeline_.retain(database_, claim_, numbers_, now)) return false;
  remove_orphans();
  return true;
}

void Publisher::remove_orphans() {
  std::set<std::string> kept;
  for (const std::string& name : pipeline_.files(database_, claim_.processing_id))
    kept.insert(prefix() + name);
  std::vector<std::string> orphans;
  storage_.list(prefix(), [&](const storage::Object& object) {
    if (!kept.contains(object.key)) orphans.push_back(object.key);
  });
  for (const std::string& key : orphans) storage_.remove(key);
}

void Publisher::note_room() {
  const auto used = [&](const std::string& keys) {
    return static_cast<std::int64_t>(storage_.used_bytes(keys));
  };
  database::JobTable(database_).note_stored(
      claim_.processing_id, {.source = {},
                             .workspace = used(storage::workspace_prefix(claim_.processing_id)),
                             .results = used(prefix())});
}

}  // namespace reelwright::jobs
