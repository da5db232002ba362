#pragma once

#include <deque>

namespace reelwright::vision {

/// How the window's middle moves along one axis, over the frames of each scene apart.
class Motion {
 public:
  /// `width`: of the picture, by which jerks are measured.
  explicit Motion(int width) : width_(width) {}

  /// The next frame, so many seconds after the last; `fresh`: it begins a scene.
  void add(double middle, double seconds, bool fresh);

  double turns_a_second() const { return seconds_ > 0 ? turns_ / seconds_ : 0; }

  /// Mean |third derivative|, picture widths a second cubed.
  double jerk() const { return jerk_count_ > 0 ? jerks_ / jerk_count_ : 0; }

 private:
  void note_turn(double moved);

  int width_;
  std::deque<double> middles_;
  int direction_ = 0;
  double turns_ = 0, jerks_ = 0, seconds_ = 0;
  int jerk_count_ = 0;
};

}  // namespace reelwright::vision
