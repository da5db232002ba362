#pragma once

#include <string>

namespace reelwright::clips {

/// `title` as a part of a file name: lower-case ASCII letters and digits parted by hyphens, at most 40 bytes,
/// `clip` where nothing is left. Other scripts are transliterated (ICU).
std::string slug(const std::string& title);

}  // namespace reelwright::clips
