#include "media/picture_decoder.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace reelwright::media {

namespace {

constexpr int most_threads = 16;

/// How far before the wanted time the second attempt starts where the first came out too late (streams
/// without an index, open groups of pictures); each further one goes twice as far.
constexpr core::Time first_step_back{std::chrono::seconds(1)};
constexpr int most_steps_back = 8;

/// Pictures that no other refers to are not decoded this long before the wanted time.
constexpr core::Time safe_to_skip{std::chrono::milliseconds(500)};

const AVStream& require_video(const Input& input) {
  if (!input.video())
    throw core::Error(
        core::ErrorCode::unsupported_media,
        fmt::format("{} holds no picture that can be decoded; give a video.", input.file().string()));
  return *input.video();
}

}  // namespace

PictureDecoder::PictureDecoder(const std::filesystem::path& file, const Options& options)
    : input_(file, options.stop),
      stream_(require_video(input_).index),
      from_(options.from),
      spacing_(options.spacing) {
  input_.select(stream_);
  decoder_ = open_decoder(track(), std::min(options.threads, most_threads));
  decoding_times_only_ = std::string_view(input_.format().iformat->name) == "avi";
  if (options.skip_deblocking) decoder_->skip_loop_filter = AVDISCARD_ALL;
  start();
}

void PictureDecoder::start() {
  core::Time back{};
  FramePtr shown;
  for (int tries = 0;; ++tries) {
    const bool from_beginning = back >= from_ || tries > most_steps_back;
    restart(from_beginning, from_ - back);
    shown = decode();
    if (from_beginning || (shown && time_of(*shown) <= from_)) break;
    back = back == core::Time::zero() ? first_step_back : back * 2;
  }
  while (shown) {
    FramePtr following = decode();
    if (following && time_of(*following) <= from_) {
      shown = std::move(following);
      continue;
    }
    ahead_.push_back(std::move(shown));
    if (following) ahead_.push_back(std::move(following));
  }
}

void PictureDecoder::restart(bool from_beginning, core::Time time) {
  if (last_pts_ != INT64_MIN || flushing_) avcodec_flush_buffers(decoder_.get());
  if (from_beginning) {
    if (packet_->pos > 0 || flushing_ || last_pts_ != INT64_MIN) input_.rewind();
  } else {
    input_.seek(time);
  }
  wait_for_key_ = !from_beginning;
  flushing_ = false;
  last_pts_ = INT64_MIN;
}

FramePtr PictureDecoder::next() {
  if (ahead_.empty()) return decode();
  FramePtr picture = std::move(ahead_.front());
  ahead_.pop_front();
  return picture;
}

FramePtr PictureDecoder::decode() {
  while (FramePtr picture = receive_frame(*decoder_, [this] { return feed(); })) {
    picture->pts = presentation(*picture);
    if (picture->pts <= last_pts_) continue;
    if (too_far_apart(picture->pts)) spacing_ = core::Time::zero();
    last_pts_ = picture->pts;
    return picture;
  }
  return nullptr;
}

/// When `picture` is shown, in the track's time base.
std::int64_t PictureDecoder::presentation(const AVFrame& picture) const {
  const std::int64_t usual = std::max<std::int64_t>(1, picture.duration);
  // AVI knows only decoding times. A picture leaves the decoder with the packet that follows it by the
  // decoder's delay.
  if (decoding_times_only_) {
    if (picture.pkt_dts != AV_NOPTS_VALUE) return picture.pkt_dts - decoder_->has_b_frames * usual;
  } else if (picture.best_effort_timestamp != AV_NOPTS_VALUE) {
    return picture.best_effort_timestamp;
  }
  return last_pts_ == INT64_MIN ? 0 : last_pts_ + usual;
}

/// Whether what was left out before a picture of the wanted span is missed.
bool PictureDecoder::too_far_apart(std::int64_t pts) const {
  if (last_pts_ == INT64_MIN) return false;
  const core::Time before = input_.time_of(last_pts_, track().time_base);
  return before >= from_ && input_.time_of(pts, track().time_base) - before > spacing_;
}

/// Gives the decoder one packet, or the end; false where it has had the end.
bool PictureDecoder::feed() {
  if (flushing_) return false;
  while (input_.read(*packet_)) {
    if (wait_for_key_ && (packet_->flags & AV_PKT_FLAG_KEY) == 0) continue;
    wait_for_key_ = false;
    const std::int64_t stamp = packet_->pts != AV_NOPTS_VALUE ? packet_->pts : packet_->dts;
    const bool early =
        stamp != AV_NOPTS_VALUE && input_.time_of(stamp, track().time_base) + safe_to_skip < from_;
    decoder_->skip_frame = early || spacing_ > core::Time::zero() ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    send_packet(*decoder_, packet_.get());
    return true;
  }
  flushing_ = true;
  send_packet(*decoder_, nullptr);
  return true;
}

}  // namespace reelwright::media
