#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/context.h"
#include "core/error.h"
#include "core/time.h"
#include "language/topics.h"
#include "media/envelope.h"
#include "transcript/transcript.h"

namespace reelwright::clips {

struct SelectionRequest {
  int count = 5;  ///< at most so many clips, at least 1
  core::Time min_duration = std::chrono::seconds(15);
  core::Time max_duration = std::chrono::seconds(60);
  core::Time source_duration{};
  std::string language = "en";  ///< BCP 47
  language::TopicTools topics{};
};

/// One thing that speaks for a clip. The clip's score is the sum of value times weight; the weights sum to 1.
struct Signal {
  std::string name;
  double value;  ///< 0 to 1
  double weight;
};

/// What a language model says of a clip beside its title; texts are clean, and may be empty.
struct Opinion {
  std::string hook;    ///< one line to be shown over the first seconds
  std::string reason;  ///< one sentence on its score
  std::vector<std::string> hashtags;
};

struct ChosenClip {
  int number;  ///< from 1; the best clip first
  core::Span span;
  std::string title;
  std::string description;
  std::string text_preview;
  std::vector<std::string> keywords;
  double score;  ///< 0 to 1
  std::vector<Signal> reasons;
  std::optional<Opinion> opinion{};  ///< where a language model was asked
};

/// A span that could have been chosen.
struct Alternative {
  core::Span span;
  double score;  ///< 0 to 1
  std::string title;
  std::string text_preview;
  std::vector<Signal> reasons;
  bool chosen;
  std::size_t first_topic = 0;  ///< that it begins in; topics are numbered along the talk
  std::size_t last_topic = 0;   ///< that it ends in
};

struct Selection {
  std::vector<ChosenClip> clips;          ///< by score, falling; they never overlap
  std::vector<Alternative> alternatives;  ///< the best by score, falling, the chosen among them
  std::vector<core::Warning> warnings;
};

/// Chooses clips from what is said. `sound` may be empty; then the signals that need it are neutral.
///
/// Candidates are runs of whole sentences whose span, with the pause around them as breathing room, is within
/// the durations asked for. Of all sets of at most `count` candidates that do not overlap, the one with the
/// largest sum of (score - 0.4), less 0.08 wherever a clip goes on with the topic that the one before it
/// ended on, is found exactly (weighted interval scheduling; ties go to the earlier clip). Same input, same
/// result.
///
/// Warnings: `fewer_clips` (the talk holds fewer good clips than asked for), `short_source` (the source is
/// shorter than `min_duration`: the whole of it is the one clip), `no_whole_sentence` (no run of whole
/// sentences fits the durations, so sentences were cut between words). A transcript without words gives no
/// clips: use `choose_by_activity`. Throws `invalid_input` on an impossible request, `cancelled`.
Selection choose_clips(const transcript::Transcript& transcript, const media::Envelope& sound,
                       const SelectionRequest& request, const core::Context& context = {});

/// Chooses clips where nothing is said: the liveliest spans by sound and by `picture_activity` (one value a
/// second, of any unit; more is livelier; may be empty). Optimal and deterministic as `choose_clips`; always
/// warns `no_speech`.
Selection choose_by_activity(const media::Envelope& sound, const std::vector<float>& picture_activity,
                             const SelectionRequest& request, const core::Context& context = {});

}  // namespace reelwright::clips
