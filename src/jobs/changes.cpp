#include "jobs/changes.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/error.h"
#include "core/log.h"
#include "database/changes.h"

namespace reelwright::jobs {

namespace {

constexpr std::chrono::milliseconds look_every{200};
constexpr int at_a_time = 200;
constexpr const char* of_all = "";  // no job has an empty identity

/// One who listens. Recursive: a listener may end its own subscription.
struct Entry {
  explicit Entry(Changes::Listener call) : listener(std::move(call)) {}

  std::recursive_mutex mutex;
  bool wanted = true;
  Changes::Listener listener;
};

}  // namespace

struct Changes::State {
  explicit State(database::Database& database) : feed(database), seen(feed.latest()) {}

  void watch(const std::stop_token& stop);
  void look();
  void tell(const database::Change& change);
  std::vector<std::shared_ptr<Entry>> listeners_of(const std::string& processing_id);
  static std::shared_ptr<void> add(const std::shared_ptr<State>& state, const std::string& of,
                                   Listener listener);
  void remove(const std::string& of, const std::shared_ptr<Entry>& entry);

  database::ChangeFeed feed;  // of the thread alone, once that runs
  std::int64_t seen;          // the same
  bool behind = true;         // what was seen to have moved was not read yet

  std::mutex mutex;
  std::condition_variable_any wake;
  bool notified = false;
  std::unordered_multimap<std::string, std::shared_ptr<Entry>> entries;

  std::jthread thread;  // last: it ends first
};

void Changes::State::watch(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, look_every, [&] { return notified; });
      notified = false;
    }
    try {
      look();
    } catch (const core::Error& error) {  // the next look finds what this one missed
      core::log::warning("changes.unseen", {{"error", error.what()}, {"details", error.details()}});
    }
  }
}

void Changes::State::look() {
  behind = feed.moved() || behind;
  while (behind) {
    const std::vector<database::Change> changes = feed.since(seen, at_a_time);
    for (const database::Change& change : changes) {
      tell(change);
      seen = change.revision;
    }
    behind = changes.size() == at_a_time;
  }
}

std::vector<std::shared_ptr<Entry>> Changes::State::listeners_of(const std::string& processing_id) {
  std::vector<std::shared_ptr<Entry>> found;
  const std::lock_guard lock(mutex);
  for (const std::string& of : {std::string(of_all), processing_id}) {
    const auto [first, last] = entries.equal_range(of);
    for (auto entry = first; entry != last; ++entry) found.push_back(entry->second);
  }
  return found;
}

/// Without holding the lock of all: listeners may subscribe and unsubscribe.
void Changes::State::tell(const database::Change& change) {
  for (const auto& entry : listeners_of(change.processing_id)) {
    const std::lock_guard lock(entry->mutex);
    if (entry->wanted) entry->listener(change);
  }
}

std::shared_ptr<void> Changes::State::add(const std::shared_ptr<State>& state, const std::string& of,
                                          Listener listener) {
  auto entry = std::make_shared<Entry>(std::move(listener));
  {
    const std::lock_guard lock(state->mutex);
    state->entries.emplace(of, entry);
  }
  // The token owns nothing but its end.
  return {nullptr, [state, of, entry](void*) { state->remove(of, entry); }};
}

void Changes::State::remove(const std::string& of, const std::shared_ptr<Entry>& entry) {
  {
    const std::lock_guard lock(mutex);
    const auto [first, last] = entries.equal_range(of);
    for (auto one = first; one != last; ++one) {
      if (one->second != entry) continue;
      entries.erase(one);
      break;
    }
  }
  const std::lock_guard lock(entry->mutex);  // waits while it is being told
  entry->wanted = false;
}

Changes::Changes(database::Database& database) : state_(std::make_shared<State>(database)) {
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->watch(stop); });
}

Changes::~Changes() {
  // Subscriptions may outlive the hub by mistake; the thread must not outlive what it looks at.
  state_->thread.request_stop();
  state_->thread.join();
}

void Changes::notify() {
  const std::lock_guard lock(state_->mutex);
  state_->notified = true;
  state_->wake.notify_all();
}

Changes::Subscription Changes::subscribe(const std::string& processing_id, Listener listener) {
  return Subscription(State::add(state_, processing_id, std::move(listener)));
}

Changes::Subscription Changes::subscribe(Listener listener) {
  return Subscription(State::add(state_, of_all, std::move(listener)));
}

}  // namespace reelwright::jobs
