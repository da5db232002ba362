#pragma once

#include <cstddef>
#include <vector>

#include "core/time.h"

namespace reelwright::speech {

/// While a speaker speaks. Turns of several speakers may overlap.
struct Turn {
  core::Span span{};
  std::size_t speaker = 0;  ///< from 0

  bool operator==(const Turn&) const = default;
};

/// What windows that overlap heard, made one. At each moment as many speakers speak as the windows over it
/// heard voices on average, those whom most of them heard (Bredin 2023); of equals those who spoke just
/// before. `heard` and `windows` come in any order; the turns come by their starts, those of one speaker
/// neither overlap nor touch. Takes n log n steps.
std::vector<Turn> agree(const std::vector<Turn>& heard, const std::vector<core::Span>& windows);

}  // namespace reelwright::speech
