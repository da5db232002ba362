#include "clips/preview.h"

#include <algorithm>
#include <vector>

#include "media/audio_reader.h"
#include "media/clip_writer.h"
#include "media/picture_pool.h"
#include "media/probe.h"
#include "media/window_scaler.h"

namespace reelwright::clips {

namespace {

constexpr int widest = 360;
constexpr int most_video_bits = 250'000;
constexpr int sound_bits = 48'000;

using media::ClipWriter;

int even(double side) { return std::max(2, static_cast<int>(side / 2) * 2); }

Size small_size(Size clip) {
  const int width = std::min(widest, clip.width);
  return {even(width), even(static_cast<double>(clip.height) * width / clip.width)};
}

/// The sound beside the pictures.
class Sound {
 public:
  Sound(const std::filesystem::path& clip, core::Time duration, const std::stop_token& stop)
      : reader_(clip, {.sample_rate = ClipWriter::sample_rate,
                       .channels = ClipWriter::channels,
                       .to = duration,
                       .stop = stop}) {}

  /// Writes on until `time`, as far as the sound goes.
  void write_until(core::Time time, PreviewWriter& writer) {
    while (written_ < time) {
      const std::size_t got = reader_.read(samples_);
      if (got == 0) return;
      writer.write_sound({samples_.data(), got});
      written_ +=
          core::from_seconds(static_cast<double>(got) / ClipWriter::channels / ClipWriter::sample_rate);
    }
  }

 private:
  media::AudioReader reader_;
  std::vector<float> samples_ = std::vector<float>(std::size_t{4096} * ClipWriter::channels);
  core::Time written_{};
};

}  // namespace

struct PreviewWriter::State {
  Size clip;
  Size size;
  media::PicturePool pool;
  media::WindowScaler scaler;
  ClipWriter writer;

  State(const std::filesystem::path& file, Size of, media::FrameRate rate, int threads)
      : clip(of),
        size(small_size(of)),
        pool(size.width, size.height),
        writer(file, {.width = size.width,
                      .height = size.height,
                      .rate = rate,
                      .threads = threads,
                      .most_video_bits = most_video_bits,
                      .sound_bits = sound_bits}) {}
};

PreviewWriter::PreviewWriter(const std::filesystem::path& file, Size size, media::FrameRate rate, int threads)
    : state_(std::make_unique<State>(file, size, rate, threads)) {}
PreviewWriter::~PreviewWriter() = default;

void PreviewWriter::write_picture(const AVFrame& picture) {
  State& state = *state_;
  const media::Window whole{0, 0, static_cast<double>(state.clip.width),
                            static_cast<double>(state.clip.height)};
  media::PicturePtr small = state.pool.get();
  state.scaler.scale(picture, state.clip.width, state.clip.height, whole, *small,
                     {0, 0, state.size.width, state.size.height});
  state.writer.write_picture(std::move(small));
}

void PreviewWriter::write_sound(std::span<const float> samples) { state_->writer.write_sound(samples); }

void PreviewWriter::close() { state_->writer.close(); }

void render_preview(const std::filesystem::path& clip, const std::filesystem::path& out,
                    const core::Context& context) {
  const media::SourceFacts facts = media::probe(clip);
  if (!facts.video || !facts.has_sound())
    throw core::Error(core::ErrorCode::unsupported_media,
                      clip.string() + " is no finished clip: it lacks its picture or its sound.");
  const Size size{facts.video->width, facts.video->height};
  const media::FrameRate rate = media::output_frame_rate(*facts.video);
  media::VideoReader reader(clip, {.threads = static_cast<int>(context.threads), .stop = context.stop});
  Sound sound(clip, facts.duration, context.stop);
  PreviewWriter writer(out, size, rate, static_cast<int>(context.threads));
  std::int64_t pictures = 0;
  while (const auto frame = reader.next()) {
    context.check();
    writer.write_picture(*frame->picture);
    sound.write_until(rate.time_of(++pictures), writer);
    context.report(core::to_seconds(frame->time) / core::to_seconds(facts.duration));
  }
  sound.write_until(facts.duration, writer);
  writer.close();
  context.report(1);
}

}  // namespace reelwright::clips
