#include "jobs/webhooks.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "core/config.h"
#include "core/error.h"
#include "core/log.h"

namespace reelwright::jobs {

namespace {

constexpr int threads = 4;
constexpr auto longest_wait = std::chrono::seconds(1);

}  // namespace

struct Webhooks::State {
  explicit State(WebhookSender of) : sender(std::move(of)) {
    for (int i = 0; i < threads; ++i)
      workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
  }

  ~State() {
    for (std::jthread& worker : workers) worker.request_stop();  // all at once, then wait for each
  }

  void work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const unsigned seen = calls();
      if (!send(stop)) wait(seen, stop);
    }
  }

  bool send(const std::stop_token& stop) noexcept try {
    return sender.send_next(core::now(), stop);
  } catch (const std::exception& error) {  // of the database: it is tried again in a second
    core::log::error("webhooks.stalled", {{"reason", std::string_view(error.what())}});
    return false;
  }

  unsigned calls() {
    const std::scoped_lock lock(mutex);
    return woken;
  }

  void wait(unsigned seen, const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    changed.wait_for(lock, stop, longest_wait, [&] { return woken != seen; });
  }

  WebhookSender sender;
  std::mutex mutex;
  std::condition_variable_any changed;
  unsigned woken = 0;  ///< how often
  std::vector<std::jthread> workers{};
};

Webhooks::Webhooks(database::Database& database, const core::Config& config, WebhookSender::Document document)
    : state_(std::make_unique<State>(
          WebhookSender(database, net::HttpClient({.allow_private = config.flag("ALLOW_PRIVATE_URLS")}),
                        std::move(document)))) {}

Webhooks::~Webhooks() = default;

void Webhooks::wake() {
  {
    const std::scoped_lock lock(state_->mutex);
    ++state_->woken;
  }
  state_->changed.notify_all();
}

}  // namespace reelwright::jobs
