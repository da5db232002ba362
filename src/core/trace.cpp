#include "core/trace.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <mutex>
#include <stacktrace>

namespace reelwright::core {

namespace {

constexpr std::size_t most_frames = 40;
constexpr std::size_t most_throws = 64;

/// The latest exceptions, by the address of their objects.
class Throws {
 public:
  void note(const void* object, std::stacktrace frames) {
    const std::lock_guard lock(mutex_);
    ring_[next_++ % most_throws] = {object, std::move(frames)};
  }

  std::stacktrace find(const void* object) {
    const std::lock_guard lock(mutex_);
    for (std::size_t age = 1; age <= most_throws; ++age) {
      const Throw& known = ring_[(next_ - age) % most_throws];  // the newest first: addresses come again
      if (known.object == object) return known.frames;
    }
    return {};
  }

 private:
  struct Throw {
    const void* object = nullptr;
    std::stacktrace frames{};
  };

  std::mutex mutex_;
  std::array<Throw, most_throws> ring_;
  std::size_t next_ = 0;
};

/// Never destroyed: static objects may throw while the program ends.
Throws& throws() {
  static Throws& all = *new Throws;
  return all;
}

}  // namespace

std::string trace_of(const std::exception& error) {
  const std::stacktrace frames = throws().find(dynamic_cast<const void*>(&error));
  std::string text;
  for (const std::stacktrace_entry& frame : frames)
    text += fmt::format("{}{}", text.empty() ? "thrown by" : " <-", std::to_string(frame));
  return text;
}

std::string with_trace(std::string details, const std::exception& error) {
  const std::string trace = trace_of(error);
  if (!details.empty() && !trace.empty()) details += "; ";
  return details + trace;
}

/// What `__cxa_throw` does beside throwing.
void note_throw(const void* object) noexcept {
  constexpr std::size_t own_frames = 2;
  throws().note(object, std::stacktrace::current(own_frames, most_frames));
}

}  // namespace reelwright::core

/// Stands in for the C++ library's, which it calls: nothing else sees the exceptions that other libraries
/// throw.
extern "C" void abi::__cxa_throw(void* object, std::type_info* type, void (*destroy)(void*)) {
  static const auto next = reinterpret_cast<decltype(&abi::__cxa_throw)>(::dlsym(RTLD_NEXT, "__cxa_throw"));
  reelwright::core::note_throw(object);
  next(object, type, destroy);
  __builtin_unreachable();
}
