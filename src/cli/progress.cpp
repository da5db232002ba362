#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <iostream>

#include "cli/interrupt.h"

namespace reelwright::cli {

namespace {

constexpr std::chrono::seconds silent_for{2};

bool is_terminal() {
  static const bool terminal = ::isatty(STDERR_FILENO) == 1;
  return terminal;
}

std::string clock(double seconds) {
  const auto whole = std::lround(seconds);
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                       : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (on_screen_) std::cerr << "\r\033[K" << std::flush;
  on_screen_ = false;
}

void Progress::show(const std::string& doing, double fraction) {
  const auto now = now_();
  const std::chrono::duration<double> elapsed = now - start_;
  const auto pause = is_terminal() ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10000);
  if (done_before_ < 0) done_before_ = elapsed < silent_for ? fraction : 0;
  if (elapsed < silent_for || now - shown_ < pause) return;
  shown_ = now;
  const double done = fraction - done_before_;
  const std::string left =
      done > 0.01 ? fmt::format("  {} left", clock(elapsed.count() * (1 - fraction) / done)) : "";
  const std::string line = fmt::format("{:3.0f} %  {}{}", fraction * 100, doing, left);
  if (is_terminal()) {
    std::cerr << "\r\033[K" << line << std::flush;
    on_screen_ = true;
  } else {
    std::cerr << line << '\n';
  }
}

core::Context shown_context(Progress& progress, const std::string& doing) {
  return {.stop = stop_on_interrupt(),
          .progress = [&progress, doing](double fraction) { progress.show(doing, fraction); }};
}

}  // namespace reelwright::cli
