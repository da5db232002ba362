#include "media/resampler.h"

#include <algorithm>

extern "C" {
#include <libavutil/opt.h>
#include <libavutil/samplefmt.h>
}

namespace reelwright::media {

Resampler::~Resampler() { av_channel_layout_uninit(&layout_); }

bool Resampler::fits(const AVFrame& frame) const {
  return context_ && frame.format == format_ && frame.sample_rate == source_rate_ &&
         frame.ch_layout.nb_channels == layout_.nb_channels &&
         (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC ||
          av_channel_layout_compare(&frame.ch_layout, &layout_) == 0);
}

void Resampler::accept(const AVFrame& frame) {
  format_ = static_cast<AVSampleFormat>(frame.format);
  source_rate_ = frame.sample_rate;
  av_channel_layout_uninit(&layout_);
  if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&layout_, frame.ch_layout.nb_channels);
  } else {
    av_check(av_channel_layout_copy(&layout_, &frame.ch_layout), "read the sound's channels");
  }
  AVChannelLayout target{};
  av_channel_layout_default(&target, channels_);
  SwrContext* raw = nullptr;
  const int made = swr_alloc_set_opts2(&raw, &target, AV_SAMPLE_FMT_FLT, sample_rate_, &layout_, format_,
                                       source_rate_, 0, nullptr);
  context_.reset(raw);
  av_check(made, "set up the resampler");
  // Mixing down never gets louder than full scale, whatever the sample format.
  av_opt_set_double(raw, "rematrix_maxval", 1.0, 0);
  av_check(swr_init(raw), "set up the resampler");
}

void Resampler::convert(const AVFrame& frame, std::int64_t skip, std::vector<float>& into) {
  const int planes = planar() ? layout_.nb_channels : 1;
  const std::int64_t stride =
      std::int64_t{av_get_bytes_per_sample(format_)} * (planar() ? 1 : layout_.nb_channels);
  std::vector<const std::uint8_t*> data;
  data.reserve(static_cast<std::size_t>(planes));
  for (int i = 0; i < planes; ++i) data.push_back(frame.extended_data[i] + skip * stride);
  run(data.data(), frame.nb_samples - skip, into);
}

void Resampler::silence(std::int64_t samples, std::vector<float>& into) {
  const int interleaved = planar() ? 1 : layout_.nb_channels;
  const auto values = static_cast<std::size_t>(std::min(samples, silence_piece)) * interleaved;
  // 8-bit sound rests at 128, all else at zero.
  const std::uint8_t rest = av_get_packed_sample_fmt(format_) == AV_SAMPLE_FMT_U8 ? 0x80 : 0;
  const std::vector<std::uint8_t> plane(values * av_get_bytes_per_sample(format_), rest);
  const std::vector<const std::uint8_t*> data(planar() ? layout_.nb_channels : 1, plane.data());
  run(data.data(), std::min(samples, silence_piece), into);
}

void Resampler::flush(std::vector<float>& into) {
  if (context_) run(nullptr, 0, into);
}

void Resampler::run(const std::uint8_t* const* data, std::int64_t samples, std::vector<float>& into) {
  const int most = swr_get_out_samples(context_.get(), static_cast<int>(samples));
  av_check(most, "resample the sound");
  if (most == 0) return;
  const std::size_t before = into.size();
  into.resize(before + static_cast<std::size_t>(most) * channels_);
  auto* target = reinterpret_cast<std::uint8_t*>(into.data() + before);
  const int made = swr_convert(context_.get(), &target, most, data, static_cast<int>(samples));
  into.resize(before + static_cast<std::size_t>(std::max(made, 0)) * channels_);
  av_check(made, "resample the sound");
}

}  // namespace reelwright::media
