#include "clips/job.h"

#include <algorithm>

#include "captions/captions.h"
#include "clips/faces_on_screen.h"
#include "clips/index.h"
#include "clips/job_stages.h"
#include "clips/output_folder.h"
#include "clips/stage_runner.h"
#include "core/digest.h"
#include "transcript/transcript.h"
#include "vision/crop_path_json.h"

namespace reelwright::clips {

namespace {

// Guessed seconds of work a second of material, for the progress bar; only their ratios matter.
constexpr double sound_cost = 0.004;
constexpr double words_cost = 0.11;
constexpr double envelope_cost = 0.001;
constexpr double selection_cost = 0.0005;
constexpr double framing_cost = 0.06;
constexpr double render_cost = 0.2;

double clip_cost(core::Time duration) { return core::to_seconds(duration) * (framing_cost + render_cost); }

double whole_cost(const media::SourceFacts& facts, const Options& options) {
  const core::Time clip = std::min((options.min_duration + options.max_duration) / 2, facts.duration);
  return core::to_seconds(facts.duration) * (sound_cost + words_cost + envelope_cost + selection_cost) +
         options.num_clips * clip_cost(clip);
}

class Job {
 public:
  Job(Source source, const Options& options, stage::Workspace& workspace, Observer& observer,
      const core::Context& context)
      : source_(std::move(source)),
        options_(options),
        workspace_(workspace),
        observer_(observer),
        size_(output_size(options.aspect_ratio, source_.video)),
        runner_(observer, context, whole_cost(source_.facts, options)) {}

  void run(OutputFolder& output);

 private:
  using Context = core::Context;

  Selection choose();
  void make(const ChosenClip& clip, OutputFolder& output);
  captions::Files captions_of(const ChosenClip& clip, const vision::Framing& framing) const;
  void warn(const std::vector<core::Warning>& warnings);

  Source source_;
  const Options& options_;
  stage::Workspace& workspace_;
  Observer& observer_;
  Size size_;
  StageRunner runner_;
  Words words_;
  Index index_;
};

void Job::warn(const std::vector<core::Warning>& warnings) {
  for (const core::Warning& warning : warnings) {
    if (std::ranges::contains(index_.warnings, warning.code, &core::Warning::code)) continue;
    index_.warnings.push_back(warning);
    observer_.on_warning(warning);
  }
}

Selection Job::choose() {
  const double duration = core::to_seconds(source_.facts.duration);
  if (source_.facts.has_sound())
    source_.wav = runner_.run("sound", duration * sound_cost,
                              [&](const Context& c) { return extract_sound(source_, workspace_, c); });
  words_ = runner_.run("transcript", duration * words_cost,
                       [&](const Context& c) { return find_words(source_, options_, workspace_, c); });
  warn(words_.warnings);
  const media::Envelope sound = runner_.run("envelope", duration * envelope_cost, [&](const Context& c) {
    return measure_sound(source_, workspace_, c);
  });
  Selection selection = runner_.run("selection", duration * selection_cost, [&](const Context& c) {
    return select(source_, words_, sound, options_, workspace_, c);
  });
  warn(selection.warnings);
  if (selection.clips.empty())
    throw core::Error(core::ErrorCode::invalid_input,
                      options_.transcript
                          ? "There is nothing to cut a clip from; give the transcript of this very recording."
                          : "There is nothing to cut a clip from in this recording; give a longer one.");
  return selection;
}

captions::Files Job::captions_of(const ChosenClip& clip, const vision::Framing& framing) const {
  captions::Request request{.transcript = transcript::cut(words_.transcript, clip.span),
                            .duration = clip.span.duration(),
                            .width = size_.width,
                            .height = size_.height,
                            .style = options_.caption_style == "none" ? "bold" : options_.caption_style,
                            .faces = faces_on_screen(framing, clip.span.start, size_),
                            .cuts = {}};
  for (const vision::Shot& shot : framing.shots) request.cuts.push_back(shot.span.start - clip.span.start);
  return captions::make_captions(request);
}

void Job::make(const ChosenClip& clip, OutputFolder& output) {
  const double seconds = core::to_seconds(clip.span.duration());
  const std::string of = " " + std::to_string(clip.number);
  const vision::Framing framing = runner_.run("framing" + of, seconds * framing_cost, [&](const Context& c) {
    return frame(source_, clip, options_, workspace_, c);
  });
  warn(framing.warnings);
  const captions::Files captions = captions_of(clip, framing);
  const std::string burned = options_.caption_style == "none" ? "" : captions.ass;
  const Rendered rendered = runner_.run("render" + of, seconds * render_cost, [&](const Context& c) {
    return render(source_, clip, framing, options_, size_, burned, workspace_, c);
  });
  warn(rendered.result.warnings);
  const auto poster = runner_.run("poster" + of, 0, [&](const Context& c) {
    return make_poster(source_, clip, framing, options_, size_, workspace_, c);
  });
  const IndexFiles names = file_names(clip);
  output.add(rendered.video, names.video);
  output.add(poster, names.poster);
  output.write(names.captions, captions.json);
  output.write(names.remotion_captions, captions.remotion);
  output.write(names.srt, captions.srt);
  output.write(names.vtt, captions.vtt);
  output.write(names.ass, captions.ass);
  output.write(names.crop, vision::to_json(framing.path));
  index_.clips.push_back(
      index_clip(clip, framing, rendered.result, size_, media::output_frame_rate(source_.video).value()));
  index_.engines = {words_.engine, framing.report.engine, rendered.result.encoder};
  observer_.on_clip(clip.number, clip.title, clip.span);
}

void Job::run(OutputFolder& output) {
  const Selection selection = choose();
  double to_come = 0;
  for (const ChosenClip& clip : selection.clips) to_come += clip_cost(clip.span.duration());
  runner_.expect(to_come);
  for (const ChosenClip& clip : selection.clips) make(clip, output);
  index_.source = source_json(source_.file.string(), source_.facts);
  index_.stages = runner_.stages();
  output.write("clips.json", to_text(index_));
  output.publish();
}

}  // namespace

void make_clips(const std::filesystem::path& source, const Options& options, const std::filesystem::path& out,
                bool overwrite, stage::Workspace& workspace, Observer& observer,
                const core::Context& context) {
  media::SourceFacts facts = media::probe(source);
  if (!facts.video)
    throw core::Error(core::ErrorCode::unsupported_media,
                      source.string() + " has no picture; clips are cut from videos.");
  const media::VideoFacts video = *facts.video;
  OutputFolder output(out, overwrite);
  Job({source, core::file_identity(source), std::move(facts), video}, options, workspace, observer, context)
      .run(output);
}

}  // namespace reelwright::clips
