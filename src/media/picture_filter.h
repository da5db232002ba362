#pragma once

// Inside `media/` only: makes every decoded picture upright, progressive and 8-bit 4:2:0.

#include <string>
#include <vector>

#include "media/av.h"
#include "media/geometry.h"

namespace reelwright::media {

/// A chain of libavfilter that is built for the first picture and anew whenever the pictures change (size,
/// format, colours, interlacing). A picture that needs nothing passes through untouched.
class PictureFilter {
 public:
  /// Pictures of another stored size than `width` x `height` (a stream that changes midway) are fitted into
  /// it.
  PictureFilter(const Geometry& geometry, int width, int height, AVRational time_base);

  /// Takes over `frame` (its pts in the stream's time base); null means the end. Results come out of
  /// `receive`.
  void send(FramePtr frame);

  /// The next finished picture, its pts in `time_base`, or null where more input is needed.
  FramePtr receive();

  /// Forgets pictures under way, for after a seek.
  void reset();

 private:
  std::string chain_for(const AVFrame& frame) const;
  void configure(const AVFrame& frame, const std::string& chain);
  void drain();
  FramePtr finish(FramePtr frame, AVRational from) const;

  Geometry geometry_;
  int width_;
  int height_;
  AVRational time_base_;
  std::string shape_;  ///< what the present graph was built for
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;
  AVFilterContext* sink_ = nullptr;
  std::vector<FramePtr> ready_;  ///< drained from a graph that was replaced, or passed through
};

}  // namespace reelwright::media
