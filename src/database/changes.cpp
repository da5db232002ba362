#include "database/changes.h"

#include "database/queue_queries.h"
#include "database/session.h"
#include "database/sqlite.h"

namespace reelwright::database {

struct ChangeFeed::State {
  explicit State(const std::string& path) : connection(path) {}

  SqliteConnection connection;
  SqliteStatement version = connection.prepare("PRAGMA data_version");
  SqliteStatement latest = connection.prepare("SELECT revision FROM changes");
  SqliteStatement since = connection.prepare(changes_query);
  std::int64_t last_version = -1;
};

ChangeFeed::ChangeFeed(Database& database) : state_(std::make_unique<State>(database.state().path)) {}
ChangeFeed::~ChangeFeed() = default;

bool ChangeFeed::moved() {
  const Rewind rewind(state_->version);
  state_->version.step();
  const std::int64_t version = state_->version.integer(0);
  return std::exchange(state_->last_version, version) != version;
}

std::int64_t ChangeFeed::latest() {
  const Rewind rewind(state_->latest);
  return state_->latest.step() ? state_->latest.integer(0) : 0;
}

std::vector<Change> ChangeFeed::since(std::int64_t revision, int limit) {
  std::vector<Change> changes;
  SqliteStatement& read = state_->since;
  const Rewind rewind(read);
  read.bind(1, revision);
  read.bind(2, static_cast<std::int64_t>(limit));
  while (read.step())
    changes.push_back(
        {.processing_id = read.text(0), .revision = read.integer(1), .removed = read.integer(2) != 0});
  return changes;
}

}  // namespace reelwright::database
