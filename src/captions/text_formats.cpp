#include <fmt/format.h>

#include <algorithm>

#include "captions/formats.h"
#include "transcript/clock.h"

namespace reelwright::captions {

namespace {

using transcript::format_clock;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string vtt_escape(const std::string& text) {
  return replaced(replaced(replaced(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

core::Time to_ms(core::Time time) { return std::chrono::round<std::chrono::milliseconds>(time); }

// A time inside a cue has to lie after the one before it and before the cue's end.
class VttCue {
 public:
  explicit VttCue(const Page& page) : page_(page), last_(to_ms(page.span.start)) {}

  std::string text() {
    std::string out = page_.speaker.empty() ? "" : fmt::format("<v {}>", vtt_escape(page_.speaker));
    bool first = true;
    for (std::size_t l = 0; l < page_.lines.size(); ++l) {
      if (l > 0) out += '\n';
      for (std::size_t w = 0; w < page_.lines[l].words.size(); ++w) {
        const PageWord& word = page_.lines[l].words[w];
        if (w > 0 && word.space_before) out += ' ';
        if (!first) out += timestamp(word.start);
        out += vtt_escape(word.text);
        first = false;
      }
    }
    return out;
  }

 private:
  std::string timestamp(core::Time start) {
    const core::Time time = to_ms(start);
    if (time <= last_ || time >= to_ms(page_.span.end)) return {};
    last_ = time;
    return fmt::format("<{}>", format_clock(time, '.'));
  }

  const Page& page_;
  core::Time last_;
};

}  // namespace

std::string to_srt(const std::vector<Page>& pages) {
  std::string out;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    out += fmt::format("{}\n{} --> {}\n", i + 1, format_clock(pages[i].span.start, ','),
                       format_clock(pages[i].span.end, ','));
    for (const Line& line : pages[i].lines) out += replaced(line.text(), "-->", "->") + "\n";
    out += '\n';
  }
  return out;
}

std::string to_vtt(const std::vector<Page>& pages) {
  std::string out = "WEBVTT\n\n";
  for (const Page& page : pages) {
    out += fmt::format("{} --> {}\n{}\n\n", format_clock(page.span.start, '.'),
                       format_clock(page.span.end, '.'), VttCue(page).text());
  }
  return out;
}

std::string to_txt(const transcript::Transcript& transcript) {
  std::string out;
  std::string speaker;
  for (const transcript::Segment& segment : transcript.segments) {
    if (!segment.speaker.empty() && segment.speaker != speaker) out += segment.speaker + ": ";
    speaker = segment.speaker;
    out += segment.text() + "\n";
  }
  return out;
}

}  // namespace reelwright::captions
