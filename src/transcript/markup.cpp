#include "transcript/markup.h"

#include <array>
#include <cctype>
#include <utility>

#include "transcript/clock.h"

namespace reelwright::transcript {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> entities{{
    {"&amp;", "&"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&quot;", "\""},
    {"&apos;", "'"},
    {"&#39;", "'"},
    {"&nbsp;", " "},
    {"&lrm;", "\u200E"},
    {"&rlm;", "\u200F"},
}};

constexpr std::size_t longest_tag = 500;

bool begins_tag(std::string_view rest) {
  return rest.size() > 1 && (std::isalnum(static_cast<unsigned char>(rest[1])) != 0 || rest[1] == '/');
}

std::string_view tag_name(std::string_view tag) { return tag.substr(0, tag.find_first_of(" .\t")); }

// `<v.loud Mary Ann>` names Mary Ann.
std::string voice_of(std::string_view tag) {
  const std::size_t space = tag.find_first_of(" \t");
  return space == std::string_view::npos ? "" : std::string(tag.substr(space + 1));
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  PlainCue read() {
    while (!rest_.empty()) {
      if (!take_tag() && !take_override() && !take_entity()) take_plain();
    }
    return std::move(cue_);
  }

 private:
  bool take_tag() {
    if (rest_.front() != '<' || !begins_tag(rest_)) return false;
    const std::size_t close = rest_.substr(0, longest_tag).find('>');
    if (close == std::string_view::npos) return false;
    const std::string_view tag = rest_.substr(1, close - 1);
    if (const auto time = parse_clock(tag)) {
      cue_.pieces.push_back({time, {}});
    } else if (tag_name(tag) == "v" && cue_.speaker.empty()) {
      cue_.speaker = voice_of(tag);
    } else if (tag_name(tag) == "rt" || tag_name(tag) == "/rt") {
      in_ruby_reading_ = tag.front() != '/';
    }
    rest_.remove_prefix(close + 1);
    return true;
  }

  bool take_override() {
    if (!rest_.starts_with("{\\")) return false;
    const std::size_t close = rest_.substr(0, longest_tag).find('}');
    if (close == std::string_view::npos) return false;
    rest_.remove_prefix(close + 1);
    return true;
  }

  bool take_entity() {
    if (rest_.front() != '&') return false;
    for (const auto& [entity, meaning] : entities) {
      if (!rest_.starts_with(entity)) continue;
      add(meaning);
      rest_.remove_prefix(entity.size());
      return true;
    }
    return false;
  }

  void take_plain() {
    const std::size_t stop = rest_.find_first_of("<{&", 1);
    const std::string_view plain = rest_.substr(0, stop);
    add(plain);
    rest_.remove_prefix(plain.size());
  }

  void add(std::string_view text) {
    if (!in_ruby_reading_) cue_.pieces.back().text += text;
  }

  std::string_view rest_;
  PlainCue cue_{.speaker = {}, .pieces = std::vector<MarkupPiece>(1)};
  bool in_ruby_reading_ = false;
};

}  // namespace

PlainCue read_markup(std::string_view text) { return Reader(text).read(); }

}  // namespace reelwright::transcript
