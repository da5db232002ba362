#include "media/upscaler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace reelwright::media {

namespace {

constexpr int taps = 4;
constexpr int weight_bits = 14;
/// Of the sums of an enlarged row; six bits below the point stay for the second pass, which drops the rest.
constexpr int row_shift = 8;
constexpr int blend_shift = 2 * weight_bits - row_shift;
constexpr int block_pixels = 8;
constexpr int store_pixels = 32;

double cubic_at(const Cubic& cubic, double x) {
  const auto [b, c] = cubic;
  x = std::abs(x);
  if (x < 1) return ((12 - 9 * b - 6 * c) * x * x * x + (-18 + 12 * b + 6 * c) * x * x + (6 - 2 * b)) / 6;
  if (x < 2)
    return ((-b - 6 * c) * x * x * x + (6 * b + 30 * c) * x * x + (-12 * b - 48 * c) * x + (8 * b + 24 * c)) /
           6;
  return 0;
}

struct Taps {
  int first = 0;
  std::array<std::int16_t, taps> weights{};
};

/// The weights around `position`, whole numbers that sum to one exactly; those beyond the edges go to the
/// edge pixels.
Taps taps_at(const Cubic& cubic, double position, int size) {
  const int left = static_cast<int>(std::floor(position)) - 1;
  Taps made{.first = std::clamp(left, 0, size - taps)};
  std::array<double, taps> exact{};
  for (int i = 0; i < taps; ++i) {
    const int pixel = std::clamp(left + i, 0, size - 1);
    exact[static_cast<std::size_t>(std::clamp(pixel - made.first, 0, taps - 1))] +=
        cubic_at(cubic, position - (left + i));
  }
  int rest = 1 << weight_bits;
  for (std::size_t i = 0; i < taps; ++i) {
    made.weights[i] = static_cast<std::int16_t>(std::lround(exact[i] * (1 << weight_bits)));
    rest -= made.weights[i];
  }
  std::int16_t& greatest = *std::ranges::max_element(made.weights);
  greatest = static_cast<std::int16_t>(greatest + rest);
  return made;
}

int round_up(int value, int multiple) { return (value + multiple - 1) / multiple * multiple; }

}  // namespace

void Upscaler::set(const Axis& across, const Axis& down) {
  if (across_ != across) set_across(across);
  if (down_ != down) set_down(down);
}

void Upscaler::set_across(const Axis& axis) {
  across_ = axis;
  const int length = round_up(axis.target, store_pixels);
  blocks_.assign(static_cast<std::size_t>(length / block_pixels), {});
  row_length_ = static_cast<std::size_t>(length);
  rows_.assign(row_length_ * taps, 0);
  for (int block = 0; block < length / block_pixels; ++block) {
    std::array<Taps, block_pixels> each;
    for (int i = 0; i < block_pixels; ++i) {
      const int pixel = std::min(block * block_pixels + i, axis.target - 1);
      each[static_cast<std::size_t>(i)] = taps_at(cubic_, axis.origin + pixel * axis.step, axis.source);
    }
    Block& made = blocks_[static_cast<std::size_t>(block)];
    made.base = std::min(each[0].first, axis.source - smallest);
    for (int i = 0; i < block_pixels; ++i)
      for (int tap = 0; tap < taps; ++tap) {
        // Unpacked to 16 bits, pixels 0 1 4 5 come first and 2 3 6 7 second (each half of a register on its
        // own).
        const int half = i % 4 / 2;
        const int place = half * 16 + i / 4 * 8 + i % 2 * 4 + tap;
        made.weights[place] = each[static_cast<std::size_t>(i)].weights[static_cast<std::size_t>(tap)];
        made.spread[i * taps + tap] =
            static_cast<std::uint8_t>(each[static_cast<std::size_t>(i)].first - made.base + tap);
      }
  }
}

void Upscaler::set_down(const Axis& axis) {
  down_ = axis;
  first_row_.resize(static_cast<std::size_t>(axis.target));
  row_weights_.resize(static_cast<std::size_t>(axis.target) * taps);
  for (int y = 0; y < axis.target; ++y) {
    const Taps made = taps_at(cubic_, axis.origin + y * axis.step, axis.source);
    first_row_[static_cast<std::size_t>(y)] = made.first;
    std::ranges::copy(made.weights, row_weights_.begin() + static_cast<std::ptrdiff_t>(y) * taps);
  }
}

void Upscaler::run(const std::uint8_t* source, std::ptrdiff_t source_stride, std::uint8_t* target,
                   std::ptrdiff_t target_stride) {
  int enlarged = 0;  // the next source row to enlarge
  const auto row = [&](int index) {
    return rows_.data() + static_cast<std::size_t>(index % taps) * row_length_;
  };
  for (int y = 0; y < down_.target; ++y) {
    const int first = first_row_[static_cast<std::size_t>(y)];
    for (enlarged = std::max(enlarged, first); enlarged < first + taps; ++enlarged)
      enlarge_row(source + enlarged * source_stride, row(enlarged));
    const std::int16_t* const four[] = {row(first), row(first + 1), row(first + 2), row(first + 3)};
    blend_rows(four, row_weights_.data() + static_cast<std::ptrdiff_t>(y) * taps, target + y * target_stride);
  }
}

#if defined(__x86_64__)

bool Upscaler::is_supported() { return __builtin_cpu_supports("avx2") != 0; }

__attribute__((target("avx2"))) void Upscaler::enlarge_row(const std::uint8_t* source,
                                                           std::int16_t* row) const {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i half = _mm256_set1_epi32(1 << (row_shift - 1));
  for (const Block& block : blocks_) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(source + block.base));
    const __m256i spread =
        _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes),
                            _mm256_load_si256(reinterpret_cast<const __m256i*>(block.spread)));
    const auto* weights = reinterpret_cast<const __m256i*>(block.weights);
    const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi8(spread, zero), _mm256_load_si256(weights));
    const __m256i high =
        _mm256_madd_epi16(_mm256_unpackhi_epi8(spread, zero), _mm256_load_si256(weights + 1));
    const __m256i sums = _mm256_srai_epi32(_mm256_add_epi32(_mm256_hadd_epi32(low, high), half), row_shift);
    const __m128i packed = _mm_packs_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(row), packed);
    row += block_pixels;
  }
}

namespace {

/// Two 16-bit weights side by side, as `madd` takes them.
int paired(std::int16_t first, std::int16_t second) {
  const auto low = static_cast<std::uint32_t>(static_cast<std::uint16_t>(first));
  const auto high = static_cast<std::uint32_t>(static_cast<std::uint16_t>(second));
  return static_cast<int>(low | high << 16);
}

/// Sixteen pixels of four rows, blended and still 16 bits wide.
__attribute__((target("avx2"), always_inline)) inline __m256i blend_sixteen(const std::int16_t* const rows[4],
                                                                            int x, __m256i upper,
                                                                            __m256i lower) {
  const __m256i half = _mm256_set1_epi32(1 << (blend_shift - 1));
  const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[0] + x));
  const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[1] + x));
  const __m256i c = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[2] + x));
  const __m256i d = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(rows[3] + x));
  const __m256i low = _mm256_add_epi32(_mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), upper),
                                       _mm256_madd_epi16(_mm256_unpacklo_epi16(c, d), lower));
  const __m256i high = _mm256_add_epi32(_mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), upper),
                                        _mm256_madd_epi16(_mm256_unpackhi_epi16(c, d), lower));
  return _mm256_packs_epi32(_mm256_srai_epi32(_mm256_add_epi32(low, half), blend_shift),
                            _mm256_srai_epi32(_mm256_add_epi32(high, half), blend_shift));
}

}  // namespace

__attribute__((target("avx2"))) void Upscaler::blend_rows(const std::int16_t* const rows[4],
                                                          const std::int16_t* weights,
                                                          std::uint8_t* target) const {
  const __m256i upper = _mm256_set1_epi32(paired(weights[0], weights[1]));
  const __m256i lower = _mm256_set1_epi32(paired(weights[2], weights[3]));
  for (int x = 0; x < across_.target; x += store_pixels) {
    const __m256i left = blend_sixteen(rows, x, upper, lower);
    const __m256i right = blend_sixteen(rows, x + store_pixels / 2, upper, lower);
    const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(left, right), 0xD8);
    if (x + store_pixels <= across_.target) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(target + x), bytes);
    } else {
      alignas(32) std::array<std::uint8_t, store_pixels> rest;
      _mm256_store_si256(reinterpret_cast<__m256i*>(rest.data()), bytes);
      std::memcpy(target + x, rest.data(), static_cast<std::size_t>(across_.target - x));
    }
  }
}

#else

// Never called: `is_supported` says no, and libzimg does the work.
bool Upscaler::is_supported() { return false; }
void Upscaler::enlarge_row(const std::uint8_t*, std::int16_t*) const {}
void Upscaler::blend_rows(const std::int16_t* const[4], const std::int16_t*, std::uint8_t*) const {}

#endif

}  // namespace reelwright::media
