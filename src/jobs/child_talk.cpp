#include "jobs/child_talk.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace reelwright::jobs {

ChildTalk::ChildTalk(const Process& process, ChildListener& listener, Broker& broker, const ToChild& first)
    : socket_(process.socket()),
      output_(process.output()),
      listener_(listener),
      broker_(broker),
      to_send_(to_frame(first)),
      lines_([this](std::string_view line) { listener_.on_line(line); }) {}

pollfd ChildTalk::socket_events() const {
  return {deaf_ ? -1 : socket_, static_cast<short>(to_send_.empty() ? POLLIN : POLLIN | POLLOUT), 0};
}

pollfd ChildTalk::output_events() const { return {mute_ ? -1 : output_, POLLIN, 0}; }

void ChildTalk::handle(short socket, short output) {
  if (socket & POLLOUT) send();
  if (socket & (POLLIN | POLLHUP | POLLERR)) receive();
  if (output != 0) print();
}

void ChildTalk::take_rest() {
  while (receive()) continue;
  while (print()) continue;
  lines_.end();
}

void ChildTalk::send() {
  const ssize_t sent = ::send(socket_, to_send_.data(), to_send_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent > 0) to_send_.erase(0, static_cast<std::size_t>(sent));
  if (sent < 0 && errno != EAGAIN && errno != EINTR) to_send_.clear();  // it does not listen any more
}

void ChildTalk::take(FromChild report) {
  if (done_ || failed_) return;
  if (auto* failed = std::get_if<Failed>(&report)) {
    failed_ = std::move(*failed);
  } else if (std::holds_alternative<Done>(report)) {
    done_ = true;
  } else if (auto* call = std::get_if<CallAsked>(&report)) {
    broker_.take(std::move(*call));
  } else {
    if (const auto* progress = std::get_if<ProgressMade>(&report)) stage_ = progress->stage;
    listener_.on_report(std::move(report));
  }
}

/// False where there is nothing more to be had just now.
bool ChildTalk::receive() {
  if (deaf_) return false;
  std::array<char, 1 << 16> block{};
  const ssize_t got = ::recv(socket_, block.data(), block.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  deaf_ = got <= 0;
  if (deaf_) return false;
  try {
    reader_.add({block.data(), static_cast<std::size_t>(got)});
    while (const auto frame = reader_.next()) take(read_report(*frame));
  } catch (const core::Error& error) {
    listener_.on_line("nonsense from the job: " + error.details());
    deaf_ = nonsense_ = true;
  }
  return !deaf_;
}

/// The same for what it prints.
bool ChildTalk::print() {
  if (mute_) return false;
  std::array<char, 1 << 14> block{};
  const ssize_t got = ::read(output_, block.data(), block.size());
  if (got < 0) return false;
  mute_ = got == 0;
  lines_.add({block.data(), static_cast<std::size_t>(got)});
  return !mute_;
}

}  // namespace reelwright::jobs
