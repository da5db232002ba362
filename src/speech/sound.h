#pragma once

#include <filesystem>
#include <optional>

#include "core/context.h"
#include "core/time.h"
#include "speech/chunker.h"

namespace reelwright::speech {

/// How long a file with sound is; nothing where it has none. Throws what `media::probe` throws.
std::optional<core::Time> sound_duration(const std::filesystem::path& file);

/// The sound of `file`, mixed to one channel, as a chunker reads it. Every read throws `cancelled` after a
/// stop.
Chunker::Source open_sound(const std::filesystem::path& file, const core::Context& context);

/// The sound of `file` from `span.start` to `span.end`, 16 kHz mono; silence where the file has none. A
/// minute at most.
std::vector<std::int16_t> read_sound(const std::filesystem::path& file, core::Span span);

}  // namespace reelwright::speech
