#include "jobs/frame.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/error.h"

namespace reelwright::jobs {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::size_t header = 4;

std::size_t length_of(std::string_view bytes) {
  std::size_t length = 0;
  for (const char byte : bytes.substr(0, header)) length = length << 8 | static_cast<unsigned char>(byte);
  return length;
}

[[noreturn]] void throw_gone(int error) {
  throw Error(ErrorCode::unavailable, "The other process is gone.", std::strerror(error));
}

}  // namespace

std::string framed(std::string_view payload) {
  if (payload.size() > longest_frame)
    throw Error(ErrorCode::too_large,
                fmt::format("A message between worker and job has {} bytes, the limit is {}.", payload.size(),
                            longest_frame));
  std::string frame;
  frame.reserve(header + payload.size());
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(payload.size() >> shift & 0xFF);
  return frame.append(payload);
}

std::optional<std::string> FrameReader::next() {
  if (held_.size() < header) return {};
  const std::size_t length = length_of(held_);
  if (length == 0 || length > longest_frame)
    throw Error(ErrorCode::invalid_input, "What came over the socket is no message.",
                fmt::format("a frame of {} bytes", length));
  if (held_.size() < header + length) return {};
  std::string payload = held_.substr(header, length);
  held_.erase(0, header + length);
  return payload;
}

void send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) throw_gone(errno);
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::optional<std::string> receive_frame(int socket, FrameReader& reader) {
  for (;;) {
    if (auto frame = reader.next()) return frame;
    std::array<char, 1 << 14> block{};
    const ssize_t got = ::recv(socket, block.data(), block.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_gone(errno);
    if (got == 0 && reader.in_the_middle())
      throw Error(ErrorCode::invalid_input, "The other process ended in the middle of a message.");
    if (got == 0) return {};
    reader.add({block.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace reelwright::jobs
