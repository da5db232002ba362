#include "media/video_reader.h"

#include <utility>

#include "media/geometry.h"
#include "media/picture_decoder.h"
#include "media/picture_filter.h"

namespace reelwright::media {

struct VideoReader::State {
  Options options;
  PictureDecoder decoder;
  Geometry geometry;
  PictureFilter filter;
  FramePtr following;  ///< read ahead, to know where the one before it ends
  bool drained = false;

  State(const std::filesystem::path& file, const Options& wanted)
      : options(wanted),
        decoder(file, {wanted.from, wanted.threads, wanted.for_analysis, wanted.spacing, wanted.stop}),
        geometry(geometry_of(decoder.input().format(), decoder.track())),
        filter(geometry, decoder.track().codecpar->width, decoder.track().codecpar->height,
               decoder.track().time_base) {
    following = filtered();
  }

  FramePtr filtered() {
    for (;;) {
      if (FramePtr picture = filter.receive()) return picture;
      if (drained) return nullptr;
      FramePtr stored = decoder.next();
      drained = stored == nullptr;
      filter.send(std::move(stored));
    }
  }

  core::Time length_of(const AVFrame& last) const {
    const AVStream& track = decoder.track();
    if (last.duration > 0) return core::Time{av_rescale_q(last.duration, track.time_base, microseconds)};
    const AVRational rate = track.avg_frame_rate.num > 0 ? track.avg_frame_rate : AVRational{25, 1};
    return core::Time{av_rescale(AV_TIME_BASE, rate.den, rate.num)};
  }
};

VideoReader::VideoReader(const std::filesystem::path& file, const Options& options)
    : state_(std::make_unique<State>(file, options)) {}
VideoReader::~VideoReader() = default;
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;

std::optional<Frame> VideoReader::next() {
  State& state = *state_;
  if (!state.following) return std::nullopt;
  Frame frame{.picture = std::move(state.following)};
  frame.time = state.decoder.time_of(*frame.picture);
  frame.key = (frame.picture->flags & AV_FRAME_FLAG_KEY) != 0;
  if (state.options.to && frame.time >= *state.options.to) return std::nullopt;
  state.following = state.filtered();
  frame.duration = state.following ? state.decoder.time_of(*state.following) - frame.time
                                   : state.length_of(*frame.picture);
  return frame;
}

double VideoReader::pixel_aspect() const { return state_->geometry.aspect; }
int VideoReader::width() const { return state_->geometry.width; }
int VideoReader::height() const { return state_->geometry.height; }

}  // namespace reelwright::media
