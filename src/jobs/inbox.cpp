#include "jobs/inbox.h"

namespace reelwright::jobs {

namespace {

constexpr std::size_t most_waiting = 10'000;

bool is_progress(const Inbox::Event& event) {
  const auto* report = std::get_if<FromChild>(&event);
  return report != nullptr && std::holds_alternative<ProgressMade>(*report);
}

}  // namespace

void Inbox::put(FromChild report) {
  const std::lock_guard lock(mutex_);
  if (events_.size() >= most_waiting)
    throw core::Error(core::ErrorCode::too_large, "The job tells more than can be written down.");
  if (!events_.empty() && std::holds_alternative<ProgressMade>(report) && is_progress(events_.back()))
    events_.pop_back();
  events_.emplace_back(std::move(report));
  more_.notify_one();
}

void Inbox::end(ChildEnd how) {
  const std::lock_guard lock(mutex_);
  events_.emplace_back(std::move(how));
  more_.notify_one();
}

std::optional<Inbox::Event> Inbox::take(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  more_.wait_for(lock, longest, [this] { return !events_.empty() || woken_; });
  woken_ = false;
  if (events_.empty()) return {};
  Event event = std::move(events_.front());
  events_.pop_front();
  return event;
}

void Inbox::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  more_.notify_one();
}

}  // namespace reelwright::jobs
