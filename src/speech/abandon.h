#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "core/error.h"

namespace reelwright::speech {

/// Runs `task` on a thread of its own and gives its result, or throws what it throws. On a stop it throws
/// `cancelled` at once and leaves the thread behind: for libraries that can be stopped only between long
/// steps. So the task must own (or share) all that it touches, and should end soon after the stop by itself.
/// What is left behind ends with the process at the latest, which is then best ended by `_exit`.
template <class Result>
Result run_or_abandon(std::function<Result()> task, const std::stop_token& stop) {
  struct State {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_ptr<Result> result;
    std::exception_ptr failure;
    bool done = false;
  };
  const auto state = std::make_shared<State>();
  std::thread([state, task = std::move(task)]() mutable {
    std::unique_ptr<Result> result;
    std::exception_ptr failure;
    try {
      result = std::make_unique<Result>(task());
    } catch (...) {
      failure = std::current_exception();
    }
    task = {};  // before anybody may end the process because all is done
    const std::scoped_lock lock(state->mutex);
    state->result = std::move(result);
    state->failure = failure;
    state->done = true;
    state->changed.notify_all();
  }).detach();
  std::unique_lock lock(state->mutex);
  if (!state->changed.wait(lock, stop, [&] { return state->done; }))
    throw core::Error(core::ErrorCode::cancelled, "Stopped while listening to speech.");
  if (state->failure) std::rethrow_exception(state->failure);
  return std::move(*state->result);
}

}  // namespace reelwright::speech
