#pragma once

#include <memory>

#include "media/scaler.h"

struct AVFrame;

namespace reelwright::media {

/// Where in a finished picture a panel lies, in pixels; all even.
struct Panel {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  bool operator==(const Panel&) const = default;
};

/// How the pixels in between are found.
enum class Resampling {
  sharp,   ///< Catmull-Rom cubic
  smooth,  ///< cubic B-spline: rounds everything off, for what was blurred anyway
};

/// Cuts a sub-pixel window out of a picture and scales it into a panel in one step (libzimg), converting to
/// BT.709 limited range on the way. What it needs to know of a window is kept while the window stands still.
/// Not thread-safe.
class WindowScaler {
 public:
  explicit WindowScaler(Resampling resampling = Resampling::sharp);
  ~WindowScaler();
  WindowScaler(WindowScaler&&) noexcept;
  WindowScaler& operator=(WindowScaler&&) noexcept;

  /// `window` in pixels of the source as shown, which is `shown_width` x `shown_height`; a part outside of
  /// the picture is moved inside. `into` is 8-bit 4:2:0 and holds `panel`.
  void scale(const AVFrame& source, int shown_width, int shown_height, const Window& window, AVFrame& into,
             const Panel& panel);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::media
