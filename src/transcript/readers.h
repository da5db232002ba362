#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "transcript/transcript.h"

/// The readers behind `read_draft`, one file a format. Each is given whole, valid UTF-8 text without a byte
/// order mark, keeps segments as they stand (unsorted, perhaps empty) and throws `invalid_input` naming the
/// place.
namespace reelwright::transcript {

bool looks_like_json(std::string_view text);
Draft read_whisperx_json(std::string_view text);

bool looks_like_webvtt(std::string_view text);
Draft read_webvtt(std::string_view text);

bool looks_like_subrip(std::string_view text);
Draft read_subrip(std::string_view text);

Draft read_plain_text(std::string_view text);

/// The lines without their ends (LF, CRLF or CR).
std::vector<std::string_view> split_lines(std::string_view text);
bool is_blank(std::string_view line);

/// One cue of SRT or WebVTT: what stands on screen from `span.start` to `span.end`.
struct Cue {
  core::Span span;
  std::vector<std::string_view> lines;
};

/// A segment a cue. Lines that only repeat the cue before (rolling captions) are left out; word times inside
/// a cue become the words' spans.
Draft from_cues(const std::vector<Cue>& cues);

/// The times of a cue line; throws `invalid_input` naming `line_number` (from 0) where they are broken.
core::Span require_cue_times(std::string_view line, std::size_t line_number);

}  // namespace reelwright::transcript
