#pragma once

#include <string_view>

namespace reelwright::speech {

/// What computes a ggml model.
enum class GgmlDevice { cpu, gpu };

/// As a setting names it: `cpu`.
std::string_view name(GgmlDevice device);

/// Must go before any model: sends what whisper.cpp says to the log and loads ggml's backends, once a
/// process. Throws `unavailable` where `device` is one that ggml does not find here.
void prepare_ggml(GgmlDevice device);

}  // namespace reelwright::speech
