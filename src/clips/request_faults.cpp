#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "clips/request.h"
#include "clips/request_limits.h"
#include "core/code_points.h"
#include "core/error.h"
#include "core/settings.h"
#include "transcript/words.h"

namespace reelwright::clips {

namespace {

/// A BCP 47 tag by its outer form: `en`, `zh-Hant-TW`.
bool is_language_tag(std::string_view text) {
  constexpr std::size_t longest = 35;
  if (text.size() > longest || text.empty() || std::isalpha(static_cast<unsigned char>(text[0])) == 0)
    return false;
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '-' ? part == 0 : std::isalnum(static_cast<unsigned char>(c)) == 0) return false;
    part = c == '-' ? 0 : part + 1;
    if (part > 8) return false;
  }
  return part > 0;
}

bool is_printable_text(std::string_view text) {
  return !core::any_code_point(text, [](std::int32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); });
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// Collects what is wrong.
class Checker {
 public:
  void fault(const std::string& field, std::string message) {
    faults_.push_back({field, std::move(message)});
  }

  /// False where it is not within the bounds.
  bool number(const std::string& field, double value, double least, double most) {
    if (value >= least && value <= most) return true;  // what is no number is neither
    fault(field, fmt::format("must be a number from {:g} to {:.16g}", least, most));
    return false;
  }

  bool time(const std::string& field, double value) { return number(field, value, 0, latest_time); }

  void setting(const std::string& field, std::string_view name, const std::string& value) {
    const core::Setting* setting = core::find_setting(name);
    if (setting == nullptr || !core::allows(*setting, value))
      fault(field, fmt::format("must be {}", setting == nullptr ? "absent" : core::allowed(*setting)));
  }

  void title(const std::string& field, const std::optional<std::string>& title) {
    if (!title) return;
    if (title->find_first_not_of(' ') == std::string::npos || !is_printable_text(*title) ||
        characters(*title) > most_title_characters)
      fault(field,
            fmt::format("must be text of 1 to {} characters without line breaks", most_title_characters));
  }

  /// Of what is a span: both its times.
  void span(const std::string& field, std::optional<double> start, std::optional<double> end) {
    const bool sane = (!start || time(field + ".start", *start)) & (!end || time(field + ".end", *end));
    if (!sane || !start || !end) return;
    const core::Setting* shortest = core::find_setting("MIN_DURATION");
    const core::Setting* longest = core::find_setting("MAX_DURATION");
    if (shortest != nullptr && *end - *start < shortest->minimum)
      fault(field + ".end", fmt::format("must be at least {:g} s after start", shortest->minimum));
    if (longest != nullptr && *end - *start > longest->maximum)
      fault(field + ".end", fmt::format("must be at most {:g} s after start", longest->maximum));
  }

  std::vector<FieldFault> take() { return std::move(faults_); }

 private:
  std::vector<FieldFault> faults_;
};

void check_words(Checker& checker, const std::string& field, const RequestEdit& edit,
                 const std::vector<RequestWord>& words) {
  double before = edit.words_from.value_or(0);
  const double last = edit.words_to.value_or(latest_time);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const RequestWord& word = words[i];
    const std::string at = fmt::format("{}[{}]", field, i);
    if (word.word.size() > most_word_bytes || !is_printable_text(word.word) ||
        transcript::split_words(word.word).empty())
      checker.fault(at + ".word", fmt::format("must be text of 1 to {} bytes", most_word_bytes));
    if (!checker.number(at + ".start", word.start, before, last)) return;  // one tells of all that follow
    if (!checker.number(at + ".end", word.end, word.start, last)) return;
    before = word.start;
  }
}

void check_crop(Checker& checker, const std::string& field, const std::vector<RequestCrop>& keyframes) {
  double before = -1;
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    const RequestCrop& keyframe = keyframes[i];
    const std::string at = fmt::format("{}[{}]", field, i);
    if (!checker.time(at + ".time", keyframe.time)) return;
    if (keyframe.time <= before) {
      checker.fault(at + ".time", "must be later than that of the keyframe before it");
      return;
    }
    before = keyframe.time;
    checker.number(at + ".x", keyframe.x, 0, largest_picture);
    checker.number(at + ".y", keyframe.y, 0, largest_picture);
    if (keyframe.width) checker.number(at + ".width", *keyframe.width, narrowest_window, largest_picture);
  }
}

void check_edit(Checker& checker, const std::string& field, const RequestEdit& edit) {
  if (edit.clip_number < 1 || edit.clip_number > most_clip_numbers)
    checker.fault(field + ".clip_number",
                  fmt::format("must be a whole number from 1 to {}", most_clip_numbers));
  checker.span(field, edit.start, edit.end);
  checker.title(field + ".title", edit.title);
  if (edit.caption_style) checker.setting(field + ".caption_style", "CAPTION_STYLE", *edit.caption_style);
  if (edit.aspect_ratio) checker.setting(field + ".aspect_ratio", "ASPECT_RATIO", *edit.aspect_ratio);
  const bool stretch = (!edit.words_from || checker.time(field + ".words_from", *edit.words_from)) &&
                       (!edit.words_to || checker.number(field + ".words_to", *edit.words_to,
                                                         edit.words_from.value_or(0), latest_time));
  if (edit.words && stretch) check_words(checker, field + ".words", edit, *edit.words);
  if (edit.crop) check_crop(checker, field + ".crop", *edit.crop);
}

/// Counted before anything is looked at.
bool too_much(Checker& checker, const Request& request) {
  std::size_t words = 0;
  std::size_t keyframes = 0;
  const auto edits = request.edits.value_or(std::vector<RequestEdit>{});
  for (const RequestEdit& edit : edits) {
    if (edit.words) words += edit.words->size();
    if (edit.crop) keyframes += edit.crop->size();
  }
  const auto limit = [&](const std::string& field, std::size_t count, std::size_t most,
                         std::string_view what) {
    if (count > most) checker.fault(field, fmt::format("must hold at most {} {}", most, what));
    return count > most;
  };
  return limit("spans", request.spans ? request.spans->size() : 0, most_spans, "spans") |
         limit("edits", edits.size(), most_clip_numbers, "edits") |
         limit("edits", words, most_words, "words") |
         limit("edits", keyframes, most_crop_keyframes, "crop keyframes");
}

void check_settings(Checker& checker, const Request& request, const Options& defaults) {
  if (request.num_clips_requested)
    checker.setting("num_clips_requested", "NUM_CLIPS", fmt::to_string(*request.num_clips_requested));
  if (request.aspect_ratio) checker.setting("aspect_ratio", "ASPECT_RATIO", *request.aspect_ratio);
  if (request.min_duration)
    checker.setting("min_duration", "MIN_DURATION", fmt::to_string(*request.min_duration));
  if (request.max_duration)
    checker.setting("max_duration", "MAX_DURATION", fmt::to_string(*request.max_duration));
  const double shortest = request.min_duration.value_or(core::to_seconds(defaults.min_duration));
  const double longest = request.max_duration.value_or(core::to_seconds(defaults.max_duration));
  if (shortest > longest)
    checker.fault(request.min_duration ? "min_duration" : "max_duration",
                  fmt::format("makes no sense: the shortest clip, {:g} s, is longer than the longest, {:g} s",
                              shortest, longest));
  if (request.language && !is_language_tag(*request.language))
    checker.fault("language", "must be a language tag (BCP 47) such as en or pt-BR");
  if (request.caption_style) checker.setting("caption_style", "CAPTION_STYLE", *request.caption_style);
}

}  // namespace

std::vector<FieldFault> faults_of(const Request& request, const Options& defaults) {
  Checker checker;
  check_settings(checker, request, defaults);
  if (too_much(checker, request)) return checker.take();
  if (request.spans) {
    for (std::size_t i = 0; i < request.spans->size(); ++i) {
      const RequestSpan& span = (*request.spans)[i];
      const std::string field = fmt::format("spans[{}]", i);
      checker.span(field, span.start, span.end);
      checker.title(field + ".title", span.title);
    }
  }
  std::set<int> numbers;
  if (request.edits) {
    for (std::size_t i = 0; i < request.edits->size(); ++i) {
      const RequestEdit& edit = (*request.edits)[i];
      const std::string field = fmt::format("edits[{}]", i);
      check_edit(checker, field, edit);
      if (!numbers.insert(edit.clip_number).second)
        checker.fault(field + ".clip_number", "must not be that of an edit before it");
    }
  }
  return checker.take();
}

}  // namespace reelwright::clips
