#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "clips/job.h"
#include "clips/render.h"
#include "clips/selection.h"
#include "media/envelope.h"
#include "media/probe.h"
#include "transcript/transcript.h"
#include "vision/framing.h"

/// The stages of a clip job. Each is a function from artifacts to an artifact, kept in the workspace under a
/// key of all that it depends on; the second value tells whether it stood there already.
namespace reelwright::clips {

/// The source and what every stage after `probe` knows of it.
struct Source {
  std::filesystem::path file;
  std::string identity;  ///< `core::file_identity`
  media::SourceFacts facts;
  media::VideoFacts video;      ///< those of `facts`: a clip has a picture
  std::filesystem::path wav{};  ///< 16 kHz mono; empty where there is no sound
};

struct Words {
  transcript::Transcript transcript;
  std::vector<core::Warning> warnings;
  std::string engine;
};

struct Rendered {
  std::filesystem::path video;
  RenderResult result;
};

std::pair<std::filesystem::path, bool> extract_sound(const Source& source, stage::Workspace& workspace,
                                                     const core::Context& context);

std::pair<Words, bool> find_words(const Source& source, const Options& options, stage::Workspace& workspace,
                                  const core::Context& context);

std::pair<media::Envelope, bool> measure_sound(const Source& source, stage::Workspace& workspace,
                                               const core::Context& context);

std::pair<Selection, bool> select(const Source& source, const Words& words, const media::Envelope& sound,
                                  const Options& options, stage::Workspace& workspace,
                                  const core::Context& context);

std::pair<vision::Framing, bool> frame(const Source& source, const ChosenClip& clip, const Options& options,
                                       stage::Workspace& workspace, const core::Context& context);

/// `ass` is burned in unless it is empty.
std::pair<Rendered, bool> render(const Source& source, const ChosenClip& clip, const vision::Framing& framing,
                                 const Options& options, Size size, const std::string& ass,
                                 stage::Workspace& workspace, const core::Context& context);

std::pair<std::filesystem::path, bool> make_poster(const Source& source, const ChosenClip& clip,
                                                   const vision::Framing& framing, const Options& options,
                                                   Size size, stage::Workspace& workspace,
                                                   const core::Context& context);

}  // namespace reelwright::clips
