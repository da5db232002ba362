#include "speech/diarizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "inference/file_digest.h"
#include "speech/local_voices.h"
#include "speech/parallel_map.h"
#include "speech/sound.h"
#include "speech/speaker_clusters.h"

namespace reelwright::speech {

namespace {

// Raised when the code around the models changes what they find.
constexpr int version = 1;
constexpr std::size_t windows_over_each_moment = 4;
constexpr double listening = 0.98;  ///< share of the time; the rest is joining

const DiarizerOptions& whole(const DiarizerOptions& options) {
  for (const auto& [file, missing, other] :
       {std::tuple(&options.segmentation, "SPEAKER_SEGMENTATION_MODEL", "SPEAKER_EMBEDDING_MODEL"),
        std::tuple(&options.embedding, "SPEAKER_EMBEDDING_MODEL", "SPEAKER_SEGMENTATION_MODEL")})
    if (file->empty())
      throw core::Error(
          core::ErrorCode::invalid_input,
          fmt::format("{} names a model and {} none; speakers are told apart by two models, so name both.",
                      other, missing));
  return options;
}

struct HeardWindow {
  core::Span span{};
  std::vector<LocalVoice> voices{};
};

/// Numbers from 0 in order of first turns.
void number_by_appearance(std::vector<Turn>& turns) {
  std::map<std::size_t, std::size_t> numbers;
  for (Turn& turn : turns) turn.speaker = numbers.emplace(turn.speaker, numbers.size()).first->second;
}

}  // namespace

Diarizer::Diarizer(const DiarizerOptions& options)
    : name_(fmt::format("{} + {}", core::printable(whole(options).segmentation.filename().string(), 100),
                        core::printable(options.embedding.filename().string(), 100))),
      speakers_(options.speakers),
      distance_(options.distance),
      segmentation_(std::make_unique<SpeakerSegmentation>(
          options.segmentation, inference::OnnxOptions{.provider = options.provider})),
      embedding_(std::make_unique<SpeakerEmbedding>(options.embedding,
                                                    inference::OnnxOptions{.provider = options.provider})) {}

Diarizer::~Diarizer() = default;

std::vector<Turn> Diarizer::turns(const std::filesystem::path& audio, const core::Context& context) const {
  const core::Context hearing = context.part(0, listening);
  const std::optional<core::Time> duration = sound_duration(audio);
  if (!duration) return {};
  const std::size_t length = segmentation_->window();
  SoundWindows windows(open_sound(audio, hearing), length, length / windows_over_each_moment);
  const auto make = [this](const std::stop_token&) {
    return [this](const SoundWindow& window, const std::stop_token& stop) {
      return HeardWindow{window.span, local_voices(window, *segmentation_, *embedding_, stop)};
    };
  };
  double share = 0;
  const auto done = [&](const SoundWindow& window) {
    const double whole = std::max(core::to_seconds(*duration), 1e-3);
    share = std::max(share, std::min(1.0, core::to_seconds(window.span.end) / whole));
    hearing.report(share);
  };
  auto heard = parallel_map<SoundWindow, HeardWindow>([&] { return windows.next(); }, make, done, hearing);
  std::vector<core::Span> spans;
  std::vector<LocalVoice> voices;
  for (HeardWindow& window : heard) {
    spans.push_back(window.span);
    std::ranges::move(window.voices, std::back_inserter(voices));
  }
  const std::vector<std::size_t> speakers = find_speakers(voices, speakers_, distance_, context);
  std::vector<Turn> all;
  for (std::size_t i = 0; i < voices.size(); ++i)
    for (const core::Span& span : voices[i].spans) all.push_back({span, speakers[i]});
  std::vector<Turn> turns = agree(all, spans);
  number_by_appearance(turns);
  context.report(1);
  return turns;
}

std::string diarizer_key(const DiarizerOptions& options) {
  whole(options);
  return fmt::format("speakers {} {} {} {} {} {}", version, inference::file_digest(options.segmentation, {}),
                     inference::file_digest(options.embedding, {}), options.speakers, options.distance,
                     options.provider);
}

}  // namespace reelwright::speech
