#pragma once

#include <string_view>

namespace reelwright::language {

/// The JSON object in what a model wrote: the text itself, or what is between its fences (```json), after its
/// thoughts (`</think>`) or among its words. A part of `text`; empty where there is none that is whole.
std::string_view json_in_text(std::string_view text);

}  // namespace reelwright::language
