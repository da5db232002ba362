#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "clips/options.h"
#include "clips/plan.h"
#include "clips/render.h"
#include "clips/selection.h"
#include "core/context.h"
#include "core/error.h"
#include "media/envelope.h"
#include "media/probe.h"
#include "speech/transcriber.h"
#include "stage/workspace.h"
#include "transcript/transcript.h"
#include "vision/framing.h"

/// The stages of a clip job. Each is a function from artifacts to an artifact, kept in the workspace under a
/// key of all that it depends on; the second value tells whether it stood there already.
namespace reelwright::clips {

/// The source and what every stage after `probe` knows of it.
struct Source {
  std::filesystem::path file;
  std::string identity;  ///< of its content: artifacts are found by it
  media::SourceFacts facts;
  media::VideoFacts video;      ///< those of `facts`: a clip has a picture
  std::filesystem::path wav{};  ///< 16 kHz mono; empty where there is no sound
};

struct Words {
  transcript::Transcript transcript;
  std::vector<core::Warning> warnings;
  std::string engine;
};

/// The files of a clip's captions.
struct CaptionFiles {
  std::filesystem::path json, remotion, srt, vtt, ass;
};

struct Rendered {
  std::filesystem::path video;
  RenderResult result;
  std::filesystem::path preview{};  ///< a small copy, where one was asked for
};

std::pair<std::filesystem::path, bool> extract_sound(const Source& source, stage::Workspace& workspace,
                                                     const core::Context& context);

/// By `transcriber`, unless the options bring a transcript.
std::pair<Words, bool> find_words(const Source& source, const Options& options,
                                  speech::Transcriber& transcriber, stage::Workspace& workspace,
                                  const core::Context& context);

std::pair<media::Envelope, bool> measure_sound(const Source& source, stage::Workspace& workspace,
                                               const core::Context& context);

/// Of all that decides about topics beside the words; empty where nothing does.
std::string topics_key(const language::TopicTools& topics);

/// What is asked of the choice, in the language that was given or found.
SelectionRequest selection_request(const Source& source, const Words& words, const Options& options,
                                   const language::TopicTools& topics = {});

std::pair<Selection, bool> select(const Source& source, const Words& words, const media::Envelope& sound,
                                  const Options& options, stage::Workspace& workspace,
                                  const core::Context& context, const language::TopicTools& topics = {});

/// Tells of the user's own spans what `select` tells of those that were chosen.
std::pair<std::vector<ChosenClip>, bool> describe(const Source& source, const Words& words,
                                                  const media::Envelope& sound,
                                                  const std::vector<core::Span>& spans,
                                                  const Options& options, stage::Workspace& workspace,
                                                  const core::Context& context,
                                                  const language::TopicTools& topics = {});

std::pair<vision::Framing, bool> frame(const Source& source, const Plan& plan, stage::Workspace& workspace,
                                       const core::Context& context);

/// `transcript` is that of the whole source.
std::pair<CaptionFiles, bool> caption(const Source& source, const Plan& plan,
                                      const transcript::Transcript& transcript,
                                      const vision::Framing& framing, stage::Workspace& workspace,
                                      const core::Context& context);

/// How a clip is rendered, beside what is shown.
struct RenderOptions {
  std::string encoder = "libx264";
  std::string ass{};     ///< burned in unless it is empty
  bool preview = false;  ///< makes a small copy too
};

std::pair<Rendered, bool> render(const Source& source, const Plan& plan, const vision::Framing& framing,
                                 const RenderOptions& options, stage::Workspace& workspace,
                                 const core::Context& context);

std::pair<std::filesystem::path, bool> make_poster(const Source& source, const Plan& plan,
                                                   const vision::Framing& framing,
                                                   stage::Workspace& workspace, const core::Context& context);

/// The camera's path as an editor reads it.
std::pair<std::filesystem::path, bool> write_path(const Source& source, const Plan& plan,
                                                  const vision::Framing& framing,
                                                  stage::Workspace& workspace);

}  // namespace reelwright::clips
