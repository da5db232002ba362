#pragma once

#include <functional>
#include <memory>
#include <string>

namespace reelwright::database {
class Database;
struct Change;
}  // namespace reelwright::database

namespace reelwright::jobs {

/// Tells who listens which jobs have changed, whichever process changed them. One thread looks at the
/// database: at once after `notify`, else within 200 ms. Thread-safe; outlives its subscriptions.
class Changes {
 public:
  /// Called from the hub's thread, one at a time and in the order of revisions: to be quick and not to throw.
  /// Several changes of a job in a row may come as one, the last.
  using Listener = std::function<void(const database::Change&)>;

  /// Ends when it is destroyed: when the destructor returns, the listener does not run, unless it is the
  /// listener itself that destroys it, and will not be called.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&&) = default;
    Subscription& operator=(Subscription&&) = default;

   private:
    friend class Changes;
    explicit Subscription(std::shared_ptr<void> end) : end_(std::move(end)) {}
    std::shared_ptr<void> end_;
  };

  /// Throws what the database throws.
  explicit Changes(database::Database& database);
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  /// This process has just written something: look now.
  void notify();

  /// Changes of one job that come after this call.
  [[nodiscard]] Subscription subscribe(const std::string& processing_id, Listener listener);

  /// Changes of all jobs that come after this call.
  [[nodiscard]] Subscription subscribe(Listener listener);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace reelwright::jobs
