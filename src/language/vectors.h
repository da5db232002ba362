#pragma once

#include <span>

namespace reelwright::language {

/// The scalar product of two vectors of one width.
double dot(std::span<const float> a, std::span<const float> b);

/// The cosine of the angle between two vectors of one width; 0 where one of them is of zeros.
double cosine(std::span<const float> a, std::span<const float> b);

}  // namespace reelwright::language
