#pragma once

#include <string>
#include <vector>

#include "captions/formats.h"
#include "captions/placement.h"
#include "captions/style.h"

namespace reelwright::captions {

/// What a clip's captions are made from; all times count from the clip's start.
struct Request {
  transcript::Transcript transcript;  ///< `transcript::cut` to the clip
  core::Time duration{};
  int width = 1080;  ///< of the output
  int height = 1920;
  std::string style = "bold";
  std::vector<FacesOnScreen> faces;  ///< on the output picture, rising times
  std::vector<core::Time> cuts;      ///< where shots begin, rising
};

/// The files beside a clip, as text; `ass` is also what `Burner` burns in.
struct Files {
  std::vector<Page> pages;
  std::string json;      ///< WhisperX's shape
  std::string remotion;  ///< `.captions.json`
  std::string srt;
  std::string vtt;
  std::string ass;
  std::string txt;
};

/// Lays the words out once and writes every format from it. Deterministic. Throws `invalid_input` on an
/// unknown style.
Files make_captions(const Request& request);

/// The pages of a subtitle file for a whole recording: two lines of 42 columns, for players that choose the
/// type.
std::vector<Page> subtitle_pages(const transcript::Transcript& transcript);

}  // namespace reelwright::captions
