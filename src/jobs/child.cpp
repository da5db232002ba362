#include "jobs/child.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>
#include <optional>

#include "jobs/frame.h"
#include "jobs/lines.h"
#include "jobs/process_watch.h"

namespace reelwright::jobs {

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto look_at_memory = 100ms;
constexpr auto look_at_disk = 2s;

/// Wakes a `poll` when a stop is asked for.
class StopBell {
 public:
  explicit StopBell(const std::stop_token& stop)
      : bell_(::eventfd(0, EFD_CLOEXEC)), callback_(stop, [this] { ::eventfd_write(bell_.get(), 1); }) {}
  int get() const { return bell_.get(); }

 private:
  core::Descriptor bell_;
  std::stop_callback<std::function<void()>> callback_;
};

class Watch {
 public:
  Watch(const Program& program, const Launch& launch, const ChildLimits& limits, ChildListener& listener,
        const std::stop_token& stop)
      : limits_(limits),
        listener_(listener),
        stop_(stop),
        workspace_(launch.workspace),
        to_send_(to_frame(ToChild(launch))),
        process_(program, launch.workspace),
        lines_([&](std::string_view line) { listener_.on_line(line); }),
        bell_(stop) {}

  ChildEnd run();

 private:
  void wait();
  void look();
  void pass_stop_on();
  void send();
  bool receive();
  void take(FromChild report);
  bool print();
  void end_it(Broken why);
  void end_within(std::chrono::milliseconds time);
  ChildEnd verdict(int status) const;

  const ChildLimits& limits_;
  ChildListener& listener_;
  std::stop_token stop_;
  std::filesystem::path workspace_;
  std::string to_send_;
  Process process_;
  FrameReader reader_;
  Lines lines_;
  StopBell bell_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point disk_seen_ = start_;
  std::optional<Clock::time_point> last_moment_;  ///< when it is killed, come what may
  bool stopped_ = false;
  bool deaf_ = false;  ///< nothing more is read from its socket
  bool mute_ = false;  ///< it prints nothing more
  bool ended_ = false;
  Broken broken_ = Broken::nothing;
  std::optional<Failed> failed_;
  bool done_ = false;
  std::string stage_;
  std::int64_t peak_mib_ = 0;
};

void Watch::end_it(Broken why) {
  if (broken_ == Broken::nothing) broken_ = why;
  process_.kill_group();
}

void Watch::pass_stop_on() {
  stopped_ = true;
  to_send_ += to_frame(ToChild(Stop{}));
  end_within(limits_.stop_grace);
}

void Watch::send() {
  const ssize_t sent =
      ::send(process_.socket(), to_send_.data(), to_send_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) to_send_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN && errno != EINTR) to_send_.clear();  // it does not listen any more
}

void Watch::take(FromChild report) {
  if (done_ || failed_) return;
  if (auto* failed = std::get_if<Failed>(&report)) {
    failed_ = std::move(*failed);
  } else if (std::holds_alternative<Done>(report)) {
    done_ = true;
  } else {
    if (const auto* progress = std::get_if<ProgressMade>(&report)) stage_ = progress->stage;
    listener_.on_report(std::move(report));
    return;
  }
  end_within(limits_.end_grace);
}

void Watch::end_within(std::chrono::milliseconds time) {
  const auto last = Clock::now() + time;
  last_moment_ = last_moment_ ? std::min(*last_moment_, last) : last;
}

/// False where there is nothing more to be had just now.
bool Watch::receive() {
  std::array<char, 1 << 16> block{};
  const ssize_t got = deaf_ ? 0 : ::recv(process_.socket(), block.data(), block.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (got <= 0) {
    if (!deaf_) end_within(limits_.end_grace);
    deaf_ = true;
    return false;
  }
  try {
    reader_.add({block.data(), static_cast<std::size_t>(got)});
    while (const auto frame = reader_.next()) take(read_report(*frame));
  } catch (const core::Error& error) {
    listener_.on_line(std::string("nonsense from the job: ") + error.details());
    deaf_ = true;
    end_it(Broken::nonsense);
  }
  return !deaf_;
}

/// The same for what it prints.
bool Watch::print() {
  std::array<char, 1 << 14> block{};
  const ssize_t got = mute_ ? 0 : ::read(process_.output(), block.data(), block.size());
  if (got < 0) return false;
  mute_ = got == 0;
  lines_.add({block.data(), static_cast<std::size_t>(got)});
  return !mute_;
}

void Watch::look() {
  const auto now = Clock::now();
  peak_mib_ = std::max(peak_mib_, peak_memory_mib(process_.id()));
  if (peak_mib_ > limits_.memory_mib) end_it(Broken::memory);
  if (now - start_ > limits_.time) end_it(Broken::time);
  if (last_moment_ && now >= *last_moment_) process_.kill_group();
  if (now - disk_seen_ < look_at_disk) return;
  disk_seen_ = now;
  if (disk_use_mib(workspace_) > limits_.disk_mib) end_it(Broken::disk);
}

void Watch::wait() {
  const auto answer = static_cast<short>(to_send_.empty() ? POLLIN : POLLIN | POLLOUT);
  std::array<pollfd, 4> events{{{process_.ended(), POLLIN, 0},
                                {deaf_ ? -1 : process_.socket(), answer, 0},
                                {mute_ ? -1 : process_.output(), POLLIN, 0},
                                {stopped_ ? -1 : bell_.get(), POLLIN, 0}}};
  auto longest = look_at_memory;
  if (last_moment_)
    longest = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*last_moment_ - Clock::now()), 0ms,
                         look_at_memory);
  ::poll(events.data(), events.size(), static_cast<int>(longest.count()));
  if (events[1].revents & POLLOUT) send();
  if (events[1].revents & (POLLIN | POLLHUP | POLLERR)) receive();
  if (events[2].revents != 0) print();
  if (events[3].revents & POLLIN) pass_stop_on();
  ended_ = events[0].revents != 0;
}

ChildEnd Watch::verdict(int status) const {
  using enum ChildEnd::How;
  ChildEnd end;
  if (done_)
    end.how = done;
  else if (stopped_ || stop_.stop_requested())
    end.how = stopped;
  else if (broken_ != Broken::nothing)
    end.why = limit_broken(broken_, limits_);
  else
    end.why = failed_ ? *failed_ : ended_silently(status, limits_);
  if (end.why.stage.empty()) end.why.stage = stage_;
  return end;
}

ChildEnd Watch::run() {
  while (!ended_) {
    wait();
    look();
  }
  double cpu_seconds = 0, peak_mib = 0;
  const int status = process_.reap(cpu_seconds, peak_mib);
  while (receive()) continue;  // its last words
  while (print()) continue;
  lines_.end();
  ChildEnd end = verdict(status);
  end.usage = {.seconds = std::chrono::duration<double>(Clock::now() - start_).count(),
               .cpu_seconds = cpu_seconds,
               .peak_mib = std::max(peak_mib, static_cast<double>(peak_mib_))};
  return end;
}

}  // namespace

ChildEnd run_child(const Program& program, const Launch& launch, const ChildLimits& limits,
                   ChildListener& listener, const std::stop_token& stop) {
  return Watch(program, launch, limits, listener, stop).run();
}

}  // namespace reelwright::jobs
