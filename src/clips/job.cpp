#include "clips/job.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <ranges>

#include "clips/corrected_words.h"
#include "clips/index.h"
#include "clips/job_stages.h"
#include "clips/kept_embedder.h"
#include "clips/lineup.h"
#include "clips/own_spans.h"
#include "clips/ranking.h"
#include "clips/request.h"
#include "core/files.h"
#include "net/tally.h"
#include "speech/speaker_labels.h"
#include "stage/stage_runner.h"

namespace reelwright::clips {

namespace {

// Guessed seconds of work a second of material, for the progress bar; only their ratios matter.
constexpr double sound_cost = 0.004;
constexpr double words_cost = 0.11;
constexpr double turns_cost = 0.1;
constexpr double envelope_cost = 0.001;
constexpr double selection_cost = 0.0005;
constexpr double ranking_cost = 0.01;
constexpr double framing_cost = 0.06;
constexpr double render_cost = 0.2;
constexpr double preview_cost = 0.04;

constexpr std::uintmax_t largest_script = 50'000'000;

double clip_cost(core::Time duration, const Options& options) {
  return core::to_seconds(duration) * (framing_cost + render_cost + (options.previews ? preview_cost : 0));
}

/// Whether any clip is chosen by the program.
bool chooses(const Options& options) { return options.spans.empty() || options.keep_chosen; }

/// Before it is known which clips there will be.
double whole_cost(const media::SourceFacts& facts, const Options& options) {
  const core::Time clip = std::min((options.min_duration + options.max_duration) / 2, facts.duration);
  double cost = core::to_seconds(facts.duration) * (sound_cost + words_cost + envelope_cost + selection_cost);
  if (options.diarizer.wanted()) cost += core::to_seconds(facts.duration) * turns_cost;
  if (chooses(options)) cost += options.num_clips * clip_cost(clip, options);
  for (const OwnSpan& own : options.spans) cost += clip_cost(own.span.duration(), options);
  return cost;
}

class Job {
 public:
  Job(Source source, const Options& options, stage::Workspace& workspace, Observer& observer,
      const core::Context& context, net::Transport* transport)
      : source_(std::move(source)),
        options_(options),
        workspace_(workspace),
        observer_(observer),
        runner_(observer, context, whole_cost(source_.facts, options)),
        tally_(transport ? std::make_unique<net::Tally>(*transport) : nullptr),
        detectors_(vision::choose_detectors(options.detectors, context.threads)),
        transcriber_(speech::make_transcriber(
            options.transcript ? speech::TranscriberOptions{} : options.transcriber, tally_.get())),
        diarizer_(options.diarizer.wanted() ? std::make_unique<speech::Diarizer>(options.diarizer) : nullptr),
        model_(language::make_language_model(options.language_model, tally_.get())),
        embedder_(language::make_embedder(options.topics.embedder, context.threads, tally_.get())),
        topics_{.method = options.topics.method} {
    if (embedder_) topics_.embedder = &kept_.emplace(*embedder_, workspace);
  }

  void run(Results& results);

 private:
  using Context = core::Context;

  void listen();
  void tell_speakers();
  void ask_model();
  std::vector<Entry> line_up_clips();
  std::vector<Plan> plan();
  FinishedClip make(const Plan& plan);
  void warn(const std::vector<core::Warning>& warnings);

  Source source_;
  const Options& options_;
  stage::Workspace& workspace_;
  Observer& observer_;
  stage::StageRunner runner_;
  std::unique_ptr<net::Tally> tally_;  ///< null: nothing can be called
  // Chosen at once: what is wrong with a model is said before any work.
  vision::DetectorChoice detectors_;
  std::unique_ptr<speech::Transcriber> transcriber_;
  std::unique_ptr<speech::Diarizer> diarizer_;        ///< may be null
  std::unique_ptr<language::LanguageModel> model_;    ///< may be null
  std::unique_ptr<language::TextEmbedder> embedder_;  ///< may be null
  std::optional<KeptEmbedder> kept_;
  language::TopicTools topics_;
  Words words_;
  media::Envelope sound_;
  Selection selection_;
  Index index_;
};

void Job::warn(const std::vector<core::Warning>& warnings) {
  for (const core::Warning& warning : warnings) {
    if (std::ranges::contains(index_.warnings, warning.code, &core::Warning::code)) continue;
    index_.warnings.push_back(warning);
    observer_.on_warning(warning);
  }
}

/// Ends with the choice of clips.
void Job::listen() {
  const double duration = core::to_seconds(source_.facts.duration);
  if (source_.facts.has_sound())
    source_.wav = runner_.run("sound", duration * sound_cost,
                              [&](const Context& c) { return extract_sound(source_, workspace_, c); });
  words_ = runner_.run("transcript", duration * words_cost, [&](const Context& c) {
    return find_words(source_, options_, *transcriber_, workspace_, c);
  });
  warn(words_.warnings);
  tell_speakers();
  sound_ = runner_.run("envelope", duration * envelope_cost,
                       [&](const Context& c) { return measure_sound(source_, workspace_, c); });
  selection_ = runner_.run("selection", duration * selection_cost, [&](const Context& c) {
    return select(source_, words_, sound_, options_, workspace_, c, topics_);
  });
}

/// Who says each word, where models tell it and the user did not.
void Job::tell_speakers() {
  if (!diarizer_ || speech::all_speakers_named(words_.transcript)) return;
  const auto turns =
      runner_.run("speakers", core::to_seconds(source_.facts.duration) * turns_cost,
                  [&](const Context& c) { return find_turns(source_, options_, *diarizer_, workspace_, c); });
  speech::label_speakers(words_.transcript, turns);
  index_.engines.speakers = diarizer_->name();
}

/// The choice is made anew with what the model says, where there is a choice and something is said.
void Job::ask_model() {
  if (!model_ || !chooses(options_) || words_.transcript.empty() || selection_.alternatives.empty()) return;
  selection_ =
      runner_.run("ranking", core::to_seconds(source_.facts.duration) * ranking_cost, [&](const Context& c) {
        return rank(source_, words_, sound_, selection_, options_, *model_, workspace_, c, topics_);
      });
  index_.engines.language_model = model_->name();
}

/// The clips to be made, spans of the user's own told of too.
std::vector<Entry> Job::line_up_clips() {
  Lineup lineup = line_up(selection_.clips, options_, source_.facts.duration);
  if (chooses(options_)) warn(selection_.warnings);
  warn(lineup.warnings);
  std::vector<core::Span> spans;
  for (const Entry& entry : lineup.entries)
    if (entry.has_own_span) spans.push_back(entry.clip.span);
  if (spans.empty()) return std::move(lineup.entries);
  const auto described =
      runner_.run("spans", core::to_seconds(source_.facts.duration) * selection_cost, [&](const Context& c) {
        return describe(source_, words_, sound_, spans, options_, workspace_, c, topics_);
      });
  auto next = described.begin();
  for (Entry& entry : lineup.entries) {
    if (!entry.has_own_span) continue;
    ChosenClip clip = *next++;
    clip.number = entry.clip.number;
    if (entry.title_stands) clip.title = entry.clip.title;
    entry.clip = std::move(clip);
  }
  return std::move(lineup.entries);
}

std::vector<Plan> Job::plan() {
  std::vector<Plan> plans;
  for (Entry& entry : line_up_clips()) {
    const Edit edit = entry.edit ? *entry.edit : Edit{};
    Plan plan{.clip = std::move(entry.clip),
              .aspect_ratio = edit.aspect_ratio.value_or(options_.aspect_ratio),
              .caption_style = edit.caption_style.value_or(options_.caption_style),
              .size = {},
              .words = edit.words,
              .words_span = edit.words_span,
              .crop = edit.crop,
              .detectors = detectors_};
    plan.size = output_size(plan.aspect_ratio, source_.video);
    if (plan.words) plan.clip.text_preview = said_in(corrected(words_.transcript, plan), plan.clip.span);
    plans.push_back(std::move(plan));
  }
  if (plans.empty())
    throw core::Error(core::ErrorCode::invalid_input,
                      options_.transcript
                          ? "There is nothing to cut a clip from; give the transcript of this very recording."
                          : "There is nothing to cut a clip from in this recording; give a longer one.");
  return plans;
}

FinishedClip Job::make(const Plan& plan) {
  const double seconds = core::to_seconds(plan.clip.span.duration());
  const std::string of = " " + std::to_string(plan.clip.number);
  const std::size_t stages_before = runner_.stages().size();
  const vision::Framing framing = runner_.run("framing" + of, seconds * framing_cost, [&](const Context& c) {
    return frame(source_, plan, workspace_, c);
  });
  warn(framing.warnings);
  const CaptionFiles captions = runner_.run("captions" + of, 0, [&](const Context& c) {
    return caption(source_, plan, words_.transcript, framing, workspace_, c);
  });
  const std::string burned =
      plan.caption_style == "none" ? "" : core::read_file(captions.ass, largest_script);
  const Rendered rendered = runner_.run("render" + of, seconds * render_cost, [&](const Context& c) {
    return render(source_, plan, framing,
                  {.encoder = options_.encoder, .ass = burned, .preview = options_.previews}, workspace_, c);
  });
  warn(rendered.result.warnings);
  const auto poster = runner_.run(
      "poster" + of, 0, [&](const Context& c) { return make_poster(source_, plan, framing, workspace_, c); });
  const auto path = write_path(source_, plan, framing, workspace_);
  index_.engines.transcript = words_.engine;
  index_.engines.framing = framing.report.engine;
  index_.engines.encoder = rendered.result.encoder;
  if (embedder_) index_.engines.embedder = embedder_->name();
  const IndexFiles names = file_names(plan.clip, options_.previews);
  FinishedClip finished{
      .facts = index_clip(plan, framing, rendered.result, media::output_frame_rate(source_.video).value()),
      .files = {{rendered.video, names.video},
                {captions.json, names.captions},
                {captions.remotion, names.remotion_captions},
                {captions.srt, names.srt},
                {captions.vtt, names.vtt},
                {captions.ass, names.ass},
                {poster, names.poster},
                {path.first, names.crop}}};
  if (names.preview) finished.files.push_back({rendered.preview, *names.preview});
  finished.facts.files.preview = names.preview;
  finished.reused =
      std::ranges::all_of(runner_.stages() | std::views::drop(stages_before), &stage::StageRun::reused);
  return finished;
}

void Job::run(Results& results) {
  listen();
  ask_model();
  const std::vector<Plan> plans = plan();
  double to_come = 0;
  for (const Plan& plan : plans) to_come += clip_cost(plan.clip.span.duration(), options_);
  runner_.expect(to_come);
  for (const Plan& plan : plans) {
    const FinishedClip clip = make(plan);
    results.on_clip(clip);
    observer_.on_clip(plan.clip.number, plan.clip.title, plan.clip.span);
    index_.clips.push_back(clip.facts);
  }
  index_.source = source_json(source_.file.string(), source_.facts);
  index_.stages = runner_.stages();
  if (options_.asks_servers() && tally_) index_.costs = tally_->charges();
  results.on_done(index_);
  workspace_.sweep();
}

}  // namespace

void make_clips(const SourceFile& source, const Options& options, Results& results,
                stage::Workspace& workspace, Observer& observer, const core::Context& context,
                net::Transport* transport) {
  media::SourceFacts facts = media::probe(source.file);
  if (!facts.video)
    throw core::Error(core::ErrorCode::unsupported_media,
                      source.file.string() + " has no picture; clips are cut from videos.");
  require_none(misfits_of(options, facts));
  results.on_source(facts);
  const media::VideoFacts video = *facts.video;
  Job({source.file, source.identity, std::move(facts), video}, options, workspace, observer, context,
      transport)
      .run(results);
}

}  // namespace reelwright::clips
