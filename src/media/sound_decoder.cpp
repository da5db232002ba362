#include "media/sound_decoder.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace reelwright::media {

namespace {

/// Codecs need a few packets before they are exact (AAC overlap, Opus 80 ms, the bit reservoir of MP3).
constexpr core::Time preroll{std::chrono::milliseconds(300)};

/// Ogg says times only at the ends of pages, about a second apart; those in between are guesses until then.
constexpr core::Time ogg_preroll{std::chrono::seconds(3)};

/// Where the first sound found comes out too late, the next attempt starts this much earlier, then twice as
/// much.
constexpr core::Time second_step_back{std::chrono::seconds(2)};
constexpr int most_steps_back = 8;

}  // namespace

SoundDecoder::SoundDecoder(const std::filesystem::path& file, core::Time from, std::optional<int> stream,
                           std::stop_token stop)
    : input_(file, std::move(stop)), from_(from) {
  const AVStream* track = input_.audio(stream);
  if (!track)
    throw core::Error(core::ErrorCode::unsupported_media,
                      fmt::format("{} holds no sound that can be decoded.", file.string()));
  stream_ = track->index;
  input_.select(stream_);
  decoder_ = open_decoder(*track, 1);
  start();
}

void SoundDecoder::start() {
  const core::Time enough = std::string_view(input_.format().iformat->name) == "ogg" ? ogg_preroll : preroll;
  core::Time back = enough;
  for (int tries = 0; from_ > core::Time::zero(); ++tries) {
    const bool from_beginning = back >= from_ || tries > most_steps_back;
    if (tries > 0) avcodec_flush_buffers(decoder_.get());
    flushing_ = false;
    if (!from_beginning) {
      input_.seek(from_ - back);
    } else if (tries > 0) {
      input_.rewind();
    }
    first_ = decode();
    if (from_beginning || (first_ && time_of(*first_).value_or(core::Time::max()) <= from_)) return;
    back = std::max(second_step_back, back * 2);
  }
}

FramePtr SoundDecoder::next() { return first_ ? std::move(first_) : decode(); }

FramePtr SoundDecoder::decode() {
  while (FramePtr frame = receive_frame(*decoder_, [this] { return feed(); })) {
    if (frame->nb_samples <= 0 || frame->sample_rate <= 0) continue;
    if (frame->pts == AV_NOPTS_VALUE) frame->pts = frame->best_effort_timestamp;
    return frame;
  }
  return nullptr;
}

/// Gives the decoder one packet, or the end; false where it has had the end.
bool SoundDecoder::feed() {
  if (flushing_) return false;
  flushing_ = !input_.read(*packet_);
  if (flushing_) av_packet_unref(packet_.get());
  send_packet(*decoder_, flushing_ ? nullptr : packet_.get());
  return true;
}

std::optional<core::Time> SoundDecoder::time_of(const AVFrame& frame) const {
  if (frame.pts == AV_NOPTS_VALUE) return std::nullopt;
  return input_.time_of(frame.pts, input_.format().streams[stream_]->time_base);
}

}  // namespace reelwright::media
