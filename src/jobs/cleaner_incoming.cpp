#include <sys/stat.h>

#include "core/config.h"
#include "core/ids.h"
#include "database/idempotency.h"
#include "database/uploads.h"
#include "database/webhooks.h"
#include "jobs/cleaner_round.h"
#include "storage/keys.h"

// What a round takes of uploads that did not become a job, and of rows that only served a while.

namespace reelwright::jobs {

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;

constexpr auto untouched = 1h;
constexpr auto deliveries_are_kept = std::chrono::days(30);

}  // namespace

/// Nobody writes to it: whoever does has written within an hour.
bool CleanerRound::is_untouched(const fs::path& file) const {
  struct stat facts{};
  if (::lstat(file.c_str(), &facts) != 0) return true;
  return core::Moment(std::chrono::seconds(facts.st_mtim.tv_sec)) < now_ - untouched;
}

void CleanerRound::clean_incoming() {
  const fs::path folder = storage::incoming_folder(config_.path("STORAGE_PATH"));
  std::error_code ignored;  // a folder that nobody made has nothing in it
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    attempt(entry.path().filename().string(), [&] { clean_incoming_file(entry.path()); });
}

void CleanerRound::clean_incoming_file(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string id = name.substr(0, name.find('.'));
  const std::string_view kind = std::string_view(name).substr(id.size());
  if (!core::is_uuid(id) || is_young(id)) return;
  if (kind == ".part") return clean_resumable(id, file);
  // A download goes on in the job's next attempt, however long that takes to come.
  const auto job = kind.starts_with(".fetch") ? jobs_.find(id) : std::nullopt;
  if ((job && !job->ended()) || !is_untouched(file)) return;
  report_.unfinished += fs::remove(file) ? 1 : 0;
}

void CleanerRound::clean_resumable(const std::string& id, const fs::path& file) {
  database::UploadTable uploads(database_);
  const auto upload = uploads.find(id);
  const bool wanted = upload && upload->processing_id.empty() && upload->expires_at >= now_;
  if (wanted || !is_untouched(file)) return;
  report_.unfinished += fs::remove(file) ? 1 : 0;
}

void CleanerRound::clean_rows() {
  const fs::path folder = storage::incoming_folder(config_.path("STORAGE_PATH"));
  database::UploadTable uploads(database_);
  for (const database::Upload& upload : uploads.expired(now_, 10'000))
    if (!fs::exists(folder / (upload.id + ".part"))) report_.rows += uploads.remove(upload.id) ? 1 : 0;
  report_.rows += database::IdempotencyTable(database_).clean(now_);
  report_.rows += database::WebhookTable(database_).clean(now_ - deliveries_are_kept);
}

}  // namespace reelwright::jobs
