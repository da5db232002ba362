#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/context.h"

namespace reelwright::speech {

/// Works off what `produce` yields (on the calling thread, until it yields nothing) on `context.threads`
/// threads; the results come back in the order of production, whatever thread made them. `make_worker(stop)`
/// is called on each thread at its first item and gives a callable `Result(const Item&, const
/// std::stop_token&)`, so costly state is made only where it is used. `done(item)` is called for each
/// finished item, by one thread at a time. At most two items a thread wait. The first exception (of produce,
/// a worker, or `context.check()`) stops everything, asks the workers' token to stop, and leaves from here
/// when all threads have ended.
template <class Item, class Result>
std::vector<Result> parallel_map(
    const std::function<std::optional<Item>()>& produce,
    const std::function<std::function<Result(const Item&, const std::stop_token&)>(const std::stop_token&)>&
        make_worker,
    const std::function<void(const Item&)>& done, const core::Context& context) {
  struct Numbered {
    std::size_t number;
    Item item;
  };
  const std::size_t threads = std::max(1U, context.threads);
  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Numbered> waiting;
  std::vector<Result> results;
  std::exception_ptr failure;
  std::size_t open = 0;  // produced but not finished
  bool ended = false;
  std::stop_source stopping;

  const auto fail = [&] {
    const std::scoped_lock lock(mutex);
    if (!failure) failure = std::current_exception();
    stopping.request_stop();
    changed.notify_all();
  };
  const auto take = [&]() -> std::optional<Numbered> {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !waiting.empty() || ended || stopping.stop_requested(); });
    if (waiting.empty() || stopping.stop_requested()) return std::nullopt;
    Numbered next = std::move(waiting.front());
    waiting.pop_front();
    return next;
  };
  const auto run = [&] {
    try {
      std::function<Result(const Item&, const std::stop_token&)> worker;
      while (auto next = take()) {
        if (!worker) worker = make_worker(stopping.get_token());
        Result result = worker(next->item, stopping.get_token());
        const std::scoped_lock lock(mutex);
        if (results.size() <= next->number) results.resize(next->number + 1);
        results[next->number] = std::move(result);
        --open;
        done(next->item);
        changed.notify_all();
      }
    } catch (...) {
      fail();
    }
  };

  std::vector<std::jthread> pool;
  // Waits, looking at the caller's stop token several times a second.
  const auto wait_until = [&](const auto& condition) {
    std::unique_lock lock(mutex);
    while (!condition() && !failure) {
      changed.wait_for(lock, std::chrono::milliseconds(50));
      lock.unlock();
      context.check();
      lock.lock();
    }
    return !failure;
  };
  try {
    for (std::size_t number = 0;; ++number) {
      context.check();
      std::optional<Item> item = produce();
      if (!item || !wait_until([&] { return waiting.size() < 2 * threads; })) break;
      if (pool.size() < threads) pool.emplace_back(run);
      const std::scoped_lock lock(mutex);
      waiting.push_back({number, std::move(*item)});
      ++open;
      changed.notify_all();
    }
    wait_until([&] { return open == 0; });
  } catch (...) {
    fail();
  }
  {
    const std::scoped_lock lock(mutex);
    ended = true;
    changed.notify_all();
  }
  pool.clear();  // joins
  if (failure) std::rethrow_exception(failure);
  return results;
}

}  // namespace reelwright::speech
