#include "database/hot_reads.h"

#include <mutex>
#include <vector>

#include "database/session.h"
#include "database/sqlite.h"
#include "database/values.h"

namespace reelwright::database {

namespace {

constexpr const char* key_query =
    "SELECT id, user_id, scopes, expires_at, revoked_at IS NOT NULL, last_used_at FROM api_keys WHERE hash = "
    "?1";

constexpr const char* job_query =
    R"(SELECT user_id, kind, status, attempt, cancel_requested, progress_percentage, stage, seconds_left,
         warnings, created_at, started_at, completed_at, original_filename, num_clips_requested, aspect_ratio,
         batch_id, results, revision FROM jobs WHERE processing_id = ?1)";

constexpr const char* errors_query =
    "SELECT code, message, stage, retryable FROM job_errors WHERE processing_id = ?1 ORDER BY id";

/// A connection with the statements that it keeps.
struct Reader {
  explicit Reader(const std::string& path) : connection(path) {}

  SqliteConnection connection;
  SqliteStatement key = connection.prepare(key_query);
  SqliteStatement job = connection.prepare(job_query);
  SqliteStatement errors = connection.prepare(errors_query);
};

JobFacts job_facts(const SqliteStatement& row) {
  JobFacts job;
  job.user_id = row.text(0);
  job.kind = row.text(1);
  job.status = status_in(row.text(2));
  job.attempt = static_cast<int>(row.integer(3));
  job.cancel_requested = row.integer(4) != 0;
  job.progress_percentage = static_cast<int>(row.integer(5));
  job.stage = row.text(6);
  if (!row.is_null(7)) job.seconds_left = row.number(7);
  job.warnings = row.text(8);
  job.created_at = row.moment(9);
  job.started_at = row.optional_moment(10);
  job.completed_at = row.optional_moment(11);
  job.original_filename = row.text(12);
  if (!row.is_null(13)) job.num_clips_requested = static_cast<int>(row.integer(13));
  job.aspect_ratio = row.optional_text(14);
  job.batch_id = row.optional_text(15);
  job.results = static_cast<int>(row.integer(16));
  job.revision = row.integer(17);
  return job;
}

/// Not before the end of its first attempt, nor where that one ended well: most jobs are spared the look.
bool may_have_errors(const JobFacts& job) {
  const bool fine = job.status == JobStatus::processing || job.status == JobStatus::completed;
  return job.attempt > 1 || (job.attempt == 1 && !fine);
}

std::vector<JobError> read_errors(SqliteStatement& read, std::string_view processing_id) {
  std::vector<JobError> errors;
  const Rewind rewind(read);
  read.bind(1, processing_id);
  while (read.step()) errors.push_back({read.text(0), read.text(1), read.text(2), read.integer(3) != 0});
  return errors;
}

}  // namespace

/// Readers that nobody uses just now: as many as ever read at once.
struct HotReads::State {
  explicit State(std::string file) : path(std::move(file)) {}

  std::unique_ptr<Reader> take() {
    {
      const std::scoped_lock lock(mutex);
      if (!idle.empty()) {
        auto reader = std::move(idle.back());
        idle.pop_back();
        return reader;
      }
    }
    return std::make_unique<Reader>(path);
  }

  void give_back(std::unique_ptr<Reader> reader) {
    const std::scoped_lock lock(mutex);
    idle.push_back(std::move(reader));
  }

  std::string path;
  std::mutex mutex;
  std::vector<std::unique_ptr<Reader>> idle;
};

HotReads::HotReads(Database& database) : state_(std::make_unique<State>(database.state().path)) {}
HotReads::~HotReads() = default;

std::optional<KeyFacts> HotReads::key(std::string_view hash) {
  auto reader = state_->take();
  std::optional<KeyFacts> key;
  {
    SqliteStatement& read = reader->key;
    const Rewind rewind(read);
    read.bind(1, hash);
    if (read.step())
      key = {.id = read.text(0),
             .user_id = read.text(1),
             .scopes = scopes_from(read.text(2)),
             .expires_at = read.optional_moment(3),
             .revoked = read.integer(4) != 0,
             .last_used_at = read.optional_moment(5)};
  }
  state_->give_back(std::move(reader));
  return key;
}

std::optional<JobFacts> HotReads::job(std::string_view processing_id) {
  auto reader = state_->take();
  std::optional<JobFacts> job;
  {
    SqliteStatement& read = reader->job;
    const Rewind rewind(read);
    read.bind(1, processing_id);
    if (read.step()) job = job_facts(read);
  }
  if (job) {
    job->processing_id = processing_id;
    if (may_have_errors(*job)) job->errors = read_errors(reader->errors, processing_id);
  }
  state_->give_back(std::move(reader));
  return job;
}

}  // namespace reelwright::database
