#pragma once

// Inside `media/` only: the enlarging of 8-bit planes that most clips spend their scaling in.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reelwright::media {

/// The two free numbers of a cubic filter (Mitchell & Netravali 1988).
struct Cubic {
  double b = 0;
  double c = 0.5;
};

/// Enlarges a window of one 8-bit plane with a four-tap cubic filter. Setting a window costs microseconds
/// (libzimg's graph about a millisecond), so it may move with every frame. Not thread-safe.
class Upscaler {
 public:
  /// True where this processor has what `run` needs (AVX2).
  static bool is_supported();

  /// The smallest source plane, in pixels a side.
  static constexpr int smallest = 16;

  /// One axis: target pixel i shows the source at `origin + i * step` (in source pixels, centres at whole
  /// numbers). 0 < step <= 1.
  struct Axis {
    int source = 0;
    int target = 0;
    double origin = 0;
    double step = 1;

    bool operator==(const Axis&) const = default;
  };

  explicit Upscaler(Cubic cubic) : cubic_(cubic) {}

  /// Chooses the window; nothing is done where it is the present one.
  void set(const Axis& across, const Axis& down);

  /// `source` and `target` are the planes' first pixels, strides in bytes. Writes exactly the target's
  /// pixels.
  void run(const std::uint8_t* source, std::ptrdiff_t source_stride, std::uint8_t* target,
           std::ptrdiff_t target_stride);

 private:
  /// What eight target pixels of a row need: 16 source bytes from `base`, how to spread them, and their
  /// weights.
  struct alignas(32) Block {
    std::int16_t weights[32];
    std::uint8_t spread[32];
    int base = 0;
  };

  void set_across(const Axis& axis);
  void set_down(const Axis& axis);
  void enlarge_row(const std::uint8_t* source, std::int16_t* row) const;
  void blend_rows(const std::int16_t* const rows[4], const std::int16_t* weights, std::uint8_t* target) const;

  Cubic cubic_;
  Axis across_;
  Axis down_;
  std::vector<Block> blocks_;
  std::vector<int> first_row_;             ///< of the four source rows behind each target row
  std::vector<std::int16_t> row_weights_;  ///< four a target row
  std::vector<std::int16_t> rows_;         ///< four enlarged source rows, in turn
  std::size_t row_length_ = 0;
};

}  // namespace reelwright::media
