#include "media/sound_encoder.h"

#include <algorithm>
#include <utility>

extern "C" {
#include <libavutil/opt.h>
}

namespace reelwright::media {

SoundEncoder::SoundEncoder(int sample_rate, int channels, int bit_rate) : channels_(channels) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
  if (!codec)
    throw core::Error(core::ErrorCode::unavailable, "This FFmpeg has no AAC encoder; install the full one.");
  context_.reset(avcodec_alloc_context3(codec));
  if (!context_) throw std::bad_alloc();
  context_->sample_rate = sample_rate;
  context_->sample_fmt = AV_SAMPLE_FMT_FLTP;
  context_->bit_rate = bit_rate;
  // Half the time of the default search, and at this rate nothing is lost to noise substitution.
  av_opt_set(context_->priv_data, "aac_coder", "fast", 0);
  context_->time_base = {1, sample_rate};
  context_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  av_channel_layout_default(&context_->ch_layout, channels);
  av_check(avcodec_open2(context_.get(), codec, nullptr), "open the AAC encoder");
}

void SoundEncoder::send(std::span<const float> samples) {
  waiting_.insert(waiting_.end(), samples.begin(), samples.end());
  const auto frame = static_cast<std::size_t>(context_->frame_size) * channels_;
  while (waiting_.size() >= frame) encode(context_->frame_size);
}

void SoundEncoder::finish() {
  if (!waiting_.empty()) encode(static_cast<int>(waiting_.size()) / channels_);
  av_check(avcodec_send_frame(context_.get(), nullptr), "encode the sound");
}

void SoundEncoder::encode(int count) {
  FramePtr frame = new_frame();
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = context_->sample_rate;
  frame->nb_samples = count;
  av_check(av_channel_layout_copy(&frame->ch_layout, &context_->ch_layout), "encode the sound");
  av_check(av_frame_get_buffer(frame.get(), 0), "encode the sound");
  for (int channel = 0; channel < channels_; ++channel) {
    auto* plane = reinterpret_cast<float*>(frame->extended_data[channel]);
    for (int i = 0; i < count; ++i) plane[i] = waiting_[static_cast<std::size_t>(i) * channels_ + channel];
  }
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count) * channels_);
  frame->pts = samples_;
  samples_ += count;
  av_check(avcodec_send_frame(context_.get(), frame.get()), "encode the sound");
  PacketPtr packet = new_packet();
  while (avcodec_receive_packet(context_.get(), packet.get()) >= 0)
    ready_.push_back(std::exchange(packet, new_packet()));
}

bool SoundEncoder::receive(AVPacket& packet) {
  if (!ready_.empty()) {
    av_packet_move_ref(&packet, ready_.front().get());
    ready_.pop_front();
    return true;
  }
  return avcodec_receive_packet(context_.get(), &packet) >= 0;
}

}  // namespace reelwright::media
