#pragma once

#include <string_view>
#include <vector>

#include "vision/detector.h"

namespace reelwright::vision {

/// What a detector's class is a kind of, by its English name: people (also `face` or `player`), animals,
/// vehicles; `thing` where the name is not known.
Subject subject_of_class(std::string_view class_name);

/// Reads what the camera may follow, the most wanted first, as the setting SUBJECTS has it: words of
/// `person`, `animal`, `vehicle`, `any` with commas between. A person's face goes before the rest of it.
/// Throws `invalid_input` for another word, one that comes twice, or none at all.
std::vector<Subject> read_subjects(std::string_view text);

}  // namespace reelwright::vision
