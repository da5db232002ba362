#pragma once

#include <cstddef>

/// How much may be asked for at once, beside the ranges of the settings.
namespace reelwright::clips {

constexpr double latest_time = 7 * 24 * 3600;  ///< seconds: the longest recording that can be allowed
constexpr int most_clip_numbers = 40;          ///< chosen clips and the user's own
constexpr std::size_t most_spans = 20;
constexpr std::size_t most_title_characters = 200;
constexpr std::size_t most_word_bytes = 200;
constexpr std::size_t most_words = 20'000;          ///< corrected, in all edits together
constexpr std::size_t most_crop_keyframes = 2'000;  ///< in all edits together
constexpr double narrowest_window = 16;             ///< pixels
constexpr double largest_picture = 8192;            ///< pixels a side

}  // namespace reelwright::clips
