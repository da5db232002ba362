#include "jobs/worker.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "core/error.h"
#include "core/ids.h"
#include "core/log.h"
#include "jobs/attempt.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;

/// Names this worker in the rows of its jobs, for people to read.
std::string make_owner() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '?';
  return fmt::format("{}:{}:{}", host.data(), ::getpid(), core::make_uuid().substr(0, 8));
}

}  // namespace

Worker::Worker(Workshop workshop, WorkerOptions options)
    : workshop_(std::move(workshop)),
      options_(std::move(options)),
      owner_(make_owner()),
      leases_(workshop_.database, options_.lease) {}

Worker::~Worker() {
  std::stop_source at_once;
  at_once.request_stop();
  stop(at_once.get_token());
}

void Worker::start() {
  log::info("worker.started", {{"owner", owner_}, {"concurrency", options_.concurrency}});
  open_slots_ = static_cast<std::size_t>(options_.concurrency);
  for (int i = 0; i < options_.concurrency; ++i)
    slots_.emplace_back([this](const std::stop_token& stop) { serve(stop); });
}

/// One slot: one job after the other.
void Worker::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      if (!take_one()) workshop_.queue.wait(options_.look_every, stop);
    } catch (const core::Error& error) {
      log::warning("worker.no_queue", {{"error", error.what()}, {"details", error.details()}});
      std::unique_lock lock(mutex_);
      slot_free_.wait_for(lock, stop, options_.look_every, [] { return false; });
    }
  }
  const std::lock_guard lock(mutex_);
  --open_slots_;
  slot_free_.notify_all();
}

bool Worker::take_one() {
  const auto asked = Lease::Clock::now();
  const core::Moment now = core::now();
  const auto claim = workshop_.queue.take(owner_, now, now + options_.lease.length);
  if (!claim) return false;
  workshop_.changes.notify();
  ++running_;
  Attempt(workshop_, options_, leases_, *claim, asked).run(leave_.get_token());
  --running_;
  return true;
}

bool Worker::wait_for_slots(std::chrono::milliseconds longest, const std::stop_token& at_once) {
  std::unique_lock lock(mutex_);
  return slot_free_.wait_for(lock, at_once, longest, [this] { return open_slots_ == 0; });
}

void Worker::stop(const std::stop_token& at_once) {
  if (slots_.empty()) return;
  for (std::jthread& slot : slots_) slot.request_stop();
  if (!wait_for_slots(options_.grace, at_once)) {
    if (running() > 0) log::info("worker.hands_back", {{"jobs", running()}});
    leave_.request_stop();
  }
  slots_.clear();  // waits for their threads
  log::info("worker.stopped", {{"owner", owner_}});
}

}  // namespace reelwright::jobs
