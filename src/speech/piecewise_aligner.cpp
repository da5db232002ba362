#include "speech/piecewise_aligner.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "speech/alignment_plan.h"
#include "speech/parallel_map.h"
#include "speech/plain_text.h"
#include "speech/segments.h"
#include "speech/sound.h"
#include "speech/word_matching.h"
#include "speech/word_times.h"

namespace reelwright::speech {

namespace {

constexpr core::Time longest_cue = std::chrono::seconds(60);  // longer ones say too little about their words
constexpr double recognition_share = 0.7;                     // of the work

template <class Word>
std::vector<std::string> texts_of(const std::vector<Word>& words) {
  std::vector<std::string> texts(words.size());
  std::ranges::transform(words, texts.begin(), &Word::text);
  return texts;
}

// One alignment of one text with one file.
class Alignment {
 public:
  Alignment(const AlignmentEngine& engine, const std::filesystem::path& audio, const transcript::Draft& draft,
            core::Time duration)
      : engine_(engine),
        audio_(audio),
        written_(written_words(draft)),
        duration_(duration),
        spoken_(engine.spoken(texts_of(written_), draft.language)),
        found_(spoken_.size()) {}

  void by_cues(const core::Context& context) {
    std::vector<core::Span> cues(spoken_.size());
    std::ranges::transform(spoken_, cues.begin(), [&](const SpokenWord& word) {
      return written_[word.token].cue.value_or(core::Span{});
    });
    run(plan_by_cues(cues, duration_), context);
  }

  void by_recognition(const core::Context& context) {
    const auto anchors =
        anchor(engine_.recognise(open_sound(audio_, context), duration_, context.part(0, recognition_share)));
    std::ranges::fill(found_, std::nullopt);
    // Where aligning by force fails, what was recognised still stands.
    for (const Anchor& anchor : anchors) {
      found_[anchor.word] = AlignedWord{{anchor.start, anchor.end}, 0.5, transcript::Timing::recognised};
    }
    run(plan_between_anchors(spoken_, anchors, duration_), context.part(recognition_share, 1));
  }

  // Spoken words that were found, of all.
  std::size_t found() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(found_, [](const auto& word) { return word.has_value(); }));
  }
  std::size_t spoken() const { return spoken_.size(); }
  bool has_cues() const {
    return std::ranges::all_of(
        written_, [](const WrittenWord& w) { return w.cue && w.cue->duration() <= longest_cue; });
  }
  std::vector<transcript::Word> words() const { return give_times(written_, spoken_, found_, duration_); }
  const std::vector<WrittenWord>& written() const { return written_; }

 private:
  std::vector<Anchor> anchor(const std::vector<transcript::Word>& heard) const {
    std::vector<std::string> heard_text = texts_of(heard);
    for (std::string& text : heard_text) text = lower(text);  // "I" is "i" in the dictionary
    const std::vector<std::string> text = texts_of(spoken_);
    const auto matches = match_words(heard_text, text);
    std::vector<Anchor> anchors(matches.size());
    std::ranges::transform(matches, anchors.begin(), [&](const WordMatch& match) {
      return Anchor{match.text, heard[match.heard].start, heard[match.heard].end};
    });
    return without_lonely(anchors);
  }

  void run(const std::vector<Piece>& pieces, const core::Context& context) {
    std::size_t next = 0;
    std::size_t done = 0;
    const auto produce = [&] { return next < pieces.size() ? std::optional(pieces[next++]) : std::nullopt; };
    const auto make_worker = [&](const std::stop_token& making) {
      return [this, find = engine_.finder(making)](const Piece& piece, const std::stop_token& stop) {
        return find(read_sound(audio_, piece.span), piece.span.start,
                    std::span(spoken_).subspan(piece.first, piece.end - piece.first), stop);
      };
    };
    const auto finished = [&](const Piece&) {
      context.report(static_cast<double>(++done) / static_cast<double>(pieces.size()));
    };
    const auto results = parallel_map<Piece, FoundWords>(produce, make_worker, finished, context);
    for (std::size_t i = 0; i < pieces.size(); ++i) keep(pieces[i], results[i]);
  }

  void keep(const Piece& piece, const FoundWords& found) {
    const bool any = std::ranges::any_of(found, [](const auto& word) { return word.has_value(); });
    if (any) std::ranges::copy(found, found_.begin() + static_cast<std::ptrdiff_t>(piece.first));
  }

  const AlignmentEngine& engine_;
  const std::filesystem::path& audio_;
  std::vector<WrittenWord> written_;
  core::Time duration_;
  std::vector<SpokenWord> spoken_;
  FoundWords found_;
};

// The draft's segments; one that came without times is parted at its pauses.
std::vector<transcript::Segment> segments_of(const transcript::Draft& draft,
                                             const std::vector<transcript::Word>& words) {
  std::vector<transcript::Segment> segments;
  auto at = words.begin();
  for (const auto& part : draft.segments) {
    const auto end = at + static_cast<std::ptrdiff_t>(part.words.size());
    std::vector<transcript::Word> own(at, end);
    at = end;
    if (own.empty()) continue;
    std::vector<transcript::Segment> made;
    if (part.span) {
      const core::Time last = std::ranges::max(own, {}, &transcript::Word::end).end;
      made.push_back({own.front().start, last, {}, std::move(own)});
    } else {
      made = split_at_pauses(std::move(own));
    }
    for (auto& segment : made) {
      segment.speaker = part.speaker;
      segments.push_back(std::move(segment));
    }
  }
  return segments;
}

void warn_of_unspoken(const std::vector<transcript::Word>& words, std::vector<core::Warning>& warnings) {
  const auto lost = std::ranges::count(words, transcript::Timing::interpolated, &transcript::Word::timing);
  if (lost == 0) return;
  const auto first = std::ranges::find(words, transcript::Timing::interpolated, &transcript::Word::timing);
  const bool most = 2 * static_cast<std::size_t>(lost) > words.size();
  warnings.push_back(
      {"text_not_spoken",
       fmt::format("{} of {} words were not found in the sound (the first: \"{}\"); {}", lost, words.size(),
                   first->text.substr(0, 60),
                   most ? "is this the text of another recording?" : "their times are guesses.")});
}

}  // namespace

transcript::Transcript PiecewiseAligner::align(const std::filesystem::path& audio,
                                               const transcript::Draft& text, const core::Context& context,
                                               std::vector<core::Warning>& warnings) {
  if (std::ranges::all_of(text.segments, [](const auto& segment) { return segment.words.empty(); })) {
    throw core::Error(core::ErrorCode::invalid_input,
                      "The text has no words; give a file with the words that are said.");
  }
  const std::size_t warned = warnings.size();
  const auto duration = sound_duration(audio);
  Alignment alignment(*engine_, audio, text, duration.value_or(core::Time::zero()));
  if (!duration) {
    warnings.push_back({"no_speech", "The file has no sound to align the text with."});
  } else if (auto misfit = engine_->misfit(text.language)) {
    warnings.push_back(*std::move(misfit));
  } else {
    const double cue_share = alignment.has_cues() ? 0.4 : 0;
    if (alignment.has_cues()) alignment.by_cues(context.part(0, cue_share));
    // Cues that belong to another cut of the recording are no help.
    if (2 * alignment.found() < alignment.spoken()) alignment.by_recognition(context.part(cue_share, 1));
  }
  transcript::Transcript result;
  result.language = text.language;
  const auto words = alignment.words();
  if (warnings.size() == warned) warn_of_unspoken(words, warnings);
  result.segments = segments_of(text, words);
  context.report(1);
  return result;
}

}  // namespace reelwright::speech
