#include "media/av.h"

#include <array>
#include <mutex>
#include <new>

extern "C" {
#include <libavutil/log.h>
}

namespace reelwright::media {

void Frame::Release::operator()(AVFrame* frame) const { av_frame_free(&frame); }

std::string av_words(int error) {
  std::array<char, AV_ERROR_MAX_STRING_SIZE> words{};
  av_strerror(error, words.data(), words.size());
  return words.data();
}

int av_check(int result, const char* doing) {
  if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (result < 0)
    throw core::Error(core::ErrorCode::internal, fmt::format("Could not {}: {}.", doing, av_words(result)));
  return result;
}

FramePtr new_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

PacketPtr new_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

void quiet_ffmpeg() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_level(AV_LOG_QUIET); });
}

}  // namespace reelwright::media
