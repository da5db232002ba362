#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Frames on a stream socket: four bytes of length, the most significant first, then so many bytes.
namespace reelwright::jobs {

inline constexpr std::size_t longest_frame = std::size_t{4} << 20;

/// `payload` with its length before it. Throws `too_large`.
std::string framed(std::string_view payload);

/// Puts frames together from bytes that come in pieces of any size. Holds at most one frame and what was
/// given since.
class FrameReader {
 public:
  void add(std::string_view bytes) { held_.append(bytes); }

  /// The next whole frame, if it is there. Throws `invalid_input` where what comes is no frame: empty or
  /// longer than `longest_frame`.
  std::optional<std::string> next();

  /// Whether a frame has begun and is not whole.
  bool in_the_middle() const { return !held_.empty(); }

 private:
  std::string held_;
};

/// Waits until all of `bytes` is on its way. Throws `unavailable` where the other side is gone.
void send_all(int socket, std::string_view bytes);

/// Waits for the next frame; nothing where the other side closed between two. Throws `invalid_input` where it
/// closed within one or sent none, `unavailable` where the socket failed.
std::optional<std::string> receive_frame(int socket, FrameReader& reader);

}  // namespace reelwright::jobs
