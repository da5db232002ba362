#include "captions/captions.h"

#include "transcript/formats.h"

namespace reelwright::captions {

Files make_captions(const Request& request) {
  const Style& style = caption_style(request.style);
  const std::string& language = request.transcript.language;
  LayoutOptions options = layout_options(style, request.width, request.height);
  options.end = request.duration;
  TypeRuler ruler(style, request.width, request.height, language);
  Files files;
  files.pages =
      lay_out(request.transcript, options, [&](std::string_view text) { return ruler.width(text); });
  place_captions(files.pages, style, request.width, request.height, request.faces, request.cuts);
  files.json = transcript::to_whisperx_json(request.transcript);
  files.remotion = to_remotion_json(request.transcript);
  files.srt = to_srt(files.pages);
  files.vtt = to_vtt(files.pages);
  files.ass = to_ass(files.pages, style, request.width, request.height, language);
  files.txt = to_txt(request.transcript);
  return files;
}

std::vector<Page> subtitle_pages(const transcript::Transcript& transcript) {
  return lay_out(transcript, subtitle_layout(), columns);
}

}  // namespace reelwright::captions
