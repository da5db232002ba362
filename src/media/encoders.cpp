#include "media/encoders.h"

#include <algorithm>
#include <string_view>

#include "core/error.h"
#include "media/video_encoder.h"

namespace reelwright::media {

namespace {

// A picture that no device finds too small.
constexpr int trial_width = 320;
constexpr int trial_height = 240;

bool opens(const char* name) {
  try {
    const VideoEncoder encoder(
        {.width = trial_width, .height = trial_height, .rate = {25, 1}, .name = name, .threads = 1});
    return true;
  } catch (const core::Error&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> usable_video_encoders() {
  std::vector<std::string> names;
  void* position = nullptr;
  while (const AVCodec* codec = av_codec_iterate(&position)) {
    if (codec->id == AV_CODEC_ID_H264 && av_codec_is_encoder(codec) != 0 && opens(codec->name))
      names.emplace_back(codec->name);
  }
  std::ranges::stable_partition(names, [](std::string_view name) { return name == "libx264"; });
  return names;
}

bool has_sound_encoder() { return avcodec_find_encoder(AV_CODEC_ID_AAC) != nullptr; }

bool has_picture_encoder() { return avcodec_find_encoder(AV_CODEC_ID_MJPEG) != nullptr; }

}  // namespace reelwright::media
