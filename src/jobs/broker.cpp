#include "jobs/broker.h"

#include <sys/eventfd.h>

#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "jobs/child.h"

namespace reelwright::jobs {

namespace {

using core::Error;

constexpr std::size_t most_waiting = 16;

CallAnswer refusal(std::int64_t id, const Error& error) {
  return {.id = id,
          .code = std::string(core::name(error.code())),
          .message = core::valid_utf8(error.what()),
          .details = core::valid_utf8(error.details())};
}

}  // namespace

Broker::Broker(ChildListener& listener)
    : listener_(listener), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Broker::~Broker() = default;

void Broker::take(CallAsked call) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= most_waiting)
    throw Error(core::ErrorCode::invalid_input, "The job asks for more calls than can be made.");
  waiting_.push_back(std::move(call));
  if (!thread_.joinable()) thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  more_.notify_one();
}

std::string Broker::answers() {
  const std::lock_guard lock(mutex_);
  eventfd_t count = 0;
  ::eventfd_read(bell_.get(), &count);
  return std::exchange(answers_, {});
}

void Broker::serve(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (more_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    const CallAsked call = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    std::string frame = frame_of(call, stop);
    lock.lock();
    answers_ += frame;
    ::eventfd_write(bell_.get(), 1);
  }
}

std::string Broker::frame_of(const CallAsked& call, const std::stop_token& stop) const {
  try {
    return to_frame(ToChild(CallAnswer{.id = call.id, .answer = listener_.on_call(call.request, stop)}));
  } catch (const Error& error) {
    return to_frame(ToChild(refusal(call.id, error)));
  } catch (const std::exception& error) {
    return to_frame(ToChild(refusal(
        call.id, Error(core::ErrorCode::internal, "A paid service could not be called.", error.what()))));
  }
}

}  // namespace reelwright::jobs
