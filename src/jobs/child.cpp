#include "jobs/child.h"

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "jobs/broker.h"
#include "jobs/child_talk.h"
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
        workspace_(launch.workspace),
        process_(program, launch.workspace),
        broker_(listener),
        talk_(process_, listener, broker_, launch),
        bell_(stop) {}

  ChildEnd run();

 private:
  bool wait();
  void look();
  void pass_stop_on();
  void end_it(Broken why);
  void end_within(std::chrono::milliseconds time);
  ChildEnd verdict(int status) const;

  const ChildLimits& limits_;
  const std::filesystem::path workspace_;
  Process process_;
  Broker broker_;
  ChildTalk talk_;
  StopBell bell_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point disk_seen_ = start_;
  std::optional<Clock::time_point> last_moment_;  ///< when it is killed, come what may
  bool stopped_ = false;
  Broken broken_ = Broken::nothing;
  std::int64_t peak_mib_ = 0;
};

void Watch::end_it(Broken why) {
  if (broken_ == Broken::nothing) broken_ = why;
  process_.kill_group();
}

void Watch::end_within(std::chrono::milliseconds time) {
  const auto last = Clock::now() + time;
  last_moment_ = last_moment_ ? std::min(*last_moment_, last) : last;
}

void Watch::pass_stop_on() {
  stopped_ = true;
  talk_.say(Stop{});
  end_within(limits_.stop_grace);
}

/// False once the process has ended.
bool Watch::wait() {
  std::array<pollfd, 5> events{{{process_.ended(), POLLIN, 0},
                                {stopped_ ? -1 : bell_.get(), POLLIN, 0},
                                talk_.socket_events(),
                                talk_.output_events(),
                                {broker_.bell(), POLLIN, 0}}};
  auto longest = look_at_memory;
  if (last_moment_)
    longest = std::clamp(std::chrono::ceil<std::chrono::milliseconds>(*last_moment_ - Clock::now()), 0ms,
                         look_at_memory);
  ::poll(events.data(), events.size(), static_cast<int>(longest.count()));
  const bool was_over = talk_.over();
  talk_.handle(events[2].revents, events[3].revents);
  if (talk_.over() && !was_over) end_within(limits_.end_grace);
  if (talk_.nonsense()) end_it(Broken::nonsense);
  if (events[1].revents & POLLIN) pass_stop_on();
  if (events[4].revents & POLLIN) talk_.say_frames(broker_.answers());
  return events[0].revents == 0;
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

ChildEnd Watch::verdict(int status) const {
  using enum ChildEnd::How;
  ChildEnd end;
  if (talk_.done())
    end.how = done;
  else if (stopped_)
    end.how = stopped;
  else if (broken_ != Broken::nothing)
    end.why = limit_broken(broken_, limits_);
  else if (talk_.nonsense())  // its last words
    end.why = limit_broken(Broken::nonsense, limits_);
  else
    end.why = talk_.failed() ? *talk_.failed() : ended_silently(status, limits_);
  if (end.why.stage.empty()) end.why.stage = talk_.stage();
  return end;
}

ChildEnd Watch::run() {
  while (wait()) look();
  double cpu_seconds = 0, peak_mib = 0;
  const int status = process_.reap(cpu_seconds, peak_mib);
  talk_.take_rest();
  ChildEnd end = verdict(status);
  end.usage = {.seconds = std::chrono::duration<double>(Clock::now() - start_).count(),
               .cpu_seconds = cpu_seconds,
               .peak_mib = std::max(peak_mib, static_cast<double>(peak_mib_))};
  return end;
}

}  // namespace

net::ApiAnswer ChildListener::on_call(const net::ApiRequest&, const std::stop_token&) {
  throw core::Error(core::ErrorCode::invalid_input, "No paid service is set for jobs.");
}

ChildEnd run_child(const Program& program, const Launch& launch, const ChildLimits& limits,
                   ChildListener& listener, const std::stop_token& stop) {
  return Watch(program, launch, limits, listener, stop).run();
}

}  // namespace reelwright::jobs
