#include "server/background.h"

#include <utility>

#include "core/log.h"

namespace reelwright::server {

namespace {

constexpr std::size_t most_waiting = 1000;

}  // namespace

Background::Background() : thread_([this](const std::stop_token& stop) { loop(stop); }) {}

Background::~Background() {
  thread_.request_stop();
  thread_.join();
}

void Background::run(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= most_waiting) return;
  waiting_.push_back(std::move(work));
  more_.notify_one();
}

void Background::loop(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (more_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    const auto work = std::exchange(waiting_.front(), {});
    waiting_.pop_front();
    lock.unlock();
    try {
      work();
    } catch (const std::exception& error) {
      core::log::warning("background.failed", {{"error", error.what()}});
    }
    lock.lock();
  }
}

}  // namespace reelwright::server
