#include "sample_talk/film.h"

#include <cstdint>
#include <vector>

#include "media/av.h"
#include "media/clip_writer.h"
#include "media/picture_pool.h"
#include "sample_talk/narrator.h"

namespace reelwright::sample_talk {

namespace {

using media::ClipWriter;

/// BGR to BT.709 in limited range, which is what the writer takes.
media::SwsPtr make_to_yuv(cv::Size size) {
  media::SwsPtr context(sws_getContext(size.width, size.height, AV_PIX_FMT_BGR24, size.width, size.height,
                                       AV_PIX_FMT_YUV420P, SWS_BILINEAR | SWS_ACCURATE_RND, nullptr, nullptr,
                                       nullptr));
  if (!context) throw std::bad_alloc();
  const int* const bt709 = sws_getCoefficients(SWS_CS_ITU709);
  sws_setColorspaceDetails(context.get(), bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
  return context;
}

media::SwrPtr make_to_stereo() {
  const AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  const AVChannelLayout stereo = AV_CHANNEL_LAYOUT_STEREO;
  SwrContext* made = nullptr;
  media::av_check(swr_alloc_set_opts2(&made, &stereo, AV_SAMPLE_FMT_FLT, ClipWriter::sample_rate, &mono,
                                      AV_SAMPLE_FMT_FLT, speech_rate, 0, nullptr),
                  "set up the sound");
  media::SwrPtr context(made);
  media::av_check(swr_init(context.get()), "set up the sound");
  return context;
}

}  // namespace

struct Film::State {
  State(const std::filesystem::path& file, cv::Size size)
      : writer(file, {.width = size.width, .height = size.height, .rate = {frames_per_second, 1}}),
        pool(size.width, size.height),
        to_yuv(make_to_yuv(size)),
        to_stereo(make_to_stereo()) {}

  /// Null `sound`: what the resampler still holds.
  void write_sound(const float* sound, int count) {
    stereo.resize(static_cast<std::size_t>(swr_get_out_samples(to_stereo.get(), count)) *
                  ClipWriter::channels);
    auto* const out = reinterpret_cast<std::uint8_t*>(stereo.data());
    const auto* const in = reinterpret_cast<const std::uint8_t*>(sound);
    const int room = static_cast<int>(stereo.size()) / ClipWriter::channels;
    const int made = media::av_check(
        swr_convert(to_stereo.get(), &out, room, sound == nullptr ? nullptr : &in, count), "convert sound");
    writer.write_sound(std::span(stereo).first(static_cast<std::size_t>(made) * ClipWriter::channels));
  }

  ClipWriter writer;
  media::PicturePool pool;
  media::SwsPtr to_yuv;
  media::SwrPtr to_stereo;
  std::vector<float> stereo{};
};

Film::Film(const std::filesystem::path& file, cv::Size size) : state_(std::make_unique<State>(file, size)) {}

Film::~Film() = default;

void Film::write(const cv::Mat& picture, std::span<const float> sound) {
  media::PicturePtr yuv = state_->pool.get();
  const int stride = static_cast<int>(picture.step);
  sws_scale(state_->to_yuv.get(), &picture.data, &stride, 0, picture.rows, yuv->data, yuv->linesize);
  state_->writer.write_picture(std::move(yuv));
  state_->write_sound(sound.data(), static_cast<int>(sound.size()));
}

void Film::close() {
  state_->write_sound(nullptr, 0);
  state_->writer.close();
}

}  // namespace reelwright::sample_talk
