#pragma once

// Inside `media/` only: an H.264 encoder, in software or on a device.

#include <string>

#include "media/av.h"
#include "media/frame_rate.h"

namespace reelwright::media {

/// Encodes 8-bit 4:2:0 BT.709 pictures to H.264 High. Not thread-safe.
class VideoEncoder {
 public:
  struct Options {
    int width = 0;  ///< even
    int height = 0;
    FrameRate rate;
    std::string name = "libx264";  ///< FFmpeg's name of an H.264 encoder
    int threads = 0;               ///< 0: as many as there are cores
    bool enlarged = false;      ///< the pictures were made much larger: nothing in them is finer than a pixel
    int most_bits = 0;          ///< a second; 0: as many as the quality takes. Else the quality gives way
    bool global_header = true;  ///< as mp4 needs it
  };

  /// Throws `unavailable` where that encoder is not in this build or the machine lacks its device.
  explicit VideoEncoder(const Options& options);

  AVCodecContext& context() { return *context_; }

  /// Takes over a picture; its pts counts frames. Null: the end.
  void send(FramePtr picture);

  /// The next packet; false where more input is needed or the end was reached.
  bool receive(AVPacket& packet);

 private:
  void choose_format(const AVCodec& codec);
  void open_device(const AVCodec& codec);
  FramePtr converted(FramePtr picture);

  std::string name_;
  CodecPtr context_;
  SwsPtr to_nv12_;
  bool nv12_ = false;
  bool device_ = false;
};

/// Whether `name` is an encoder of H.264 that this FFmpeg was built with; its device may still be missing.
bool is_h264_encoder(const std::string& name);

}  // namespace reelwright::media
