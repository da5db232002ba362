#pragma once

#include <memory>
#include <vector>

#include "media/video_reader.h"

namespace reelwright::media {

/// A window in shown source pixels, sub-pixel.
struct Window {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  bool operator==(const Window&) const = default;
};

/// A small picture for analysis: rows packed without padding; `channels` is 1 (luma) or 3 (BGR).
struct Picture {
  int width = 0;
  int height = 0;
  int channels = 1;
  std::vector<unsigned char> pixels;  ///< height * width * channels
};

/// Scales whole frames down for analysis; the size is fixed at the first use, square pixels come out.
class AnalysisScaler {
 public:
  /// `channels` 1 or 3. The picture comes out `width` wide; the height follows from the frame's shape (even).
  AnalysisScaler(int width, int channels);
  ~AnalysisScaler();
  AnalysisScaler(AnalysisScaler&&) noexcept;
  AnalysisScaler& operator=(AnalysisScaler&&) noexcept;

  /// Scales `frame` into `into`, reusing its memory.
  void scale(const Frame& frame, Picture& into);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media
