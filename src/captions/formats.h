#pragma once

#include <string>
#include <vector>

#include "captions/page.h"
#include "captions/style.h"
#include "transcript/transcript.h"

namespace reelwright::captions {

/// SubRip: one cue a page, its lines as they stand.
std::string to_srt(const std::vector<Page>& pages);

/// WebVTT (W3C, 2019): one cue a page, a time before each word but the first, the speaker as its voice.
std::string to_vtt(const std::vector<Page>& pages);

/// ASS with the style's look and motion, for a picture of this size. `pages` were laid out for the same style
/// and size and placed. Throws `unavailable` where libass, which measures the boxes, cannot start.
std::string to_ass(const std::vector<Page>& pages, const Style& style, int width, int height,
                   const std::string& language);

/// Remotion's `Caption` list: `[{"text","startMs","endMs","timestampMs","confidence"}]`; `timestampMs` is the
/// word's middle; every word but the first carries the space before it.
std::string to_remotion_json(const transcript::Transcript& transcript);

/// The text alone, a paragraph a segment; a change of speaker begins with the name.
std::string to_txt(const transcript::Transcript& transcript);

}  // namespace reelwright::captions
