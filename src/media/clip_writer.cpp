#include "media/clip_writer.h"

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

extern "C" {
#include <libavutil/channel_layout.h>
}

#include "core/files.h"
#include "media/sound_encoder.h"
#include "media/video_encoder.h"

namespace reelwright::media {

namespace {

using core::Error;
using core::ErrorCode;

struct MuxerDelete {
  void operator()(AVFormatContext* context) const {
    if (context->pb) avio_closep(&context->pb);
    avformat_free_context(context);
  }
};

}  // namespace

struct ClipWriter::State {
  std::filesystem::path file;
  std::filesystem::path temporary;
  std::unique_ptr<AVFormatContext, MuxerDelete> muxer;
  std::unique_ptr<VideoEncoder> video;
  std::unique_ptr<SoundEncoder> sound;
  std::string encoder;
  std::optional<core::Warning> warning;
  PacketPtr packet = new_packet();
  std::int64_t pictures = 0;
  bool closed = false;

  ~State() {
    muxer.reset();
    if (!closed) std::remove(temporary.c_str());
  }

  void check(int result) const;
  void open_encoder(const Options& options);
  AVStream* add_stream(const AVCodecContext& codec);
  void open_file();
  void mux(AVRational time_base, int stream);
  void drain_video();
  void drain_sound();
};

/// Errors of writing have errno's meaning.
void ClipWriter::State::check(int result) const {
  if (result >= 0) return;
  if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
  core::throw_errno(AVUNERROR(result), "write", file);
}

void ClipWriter::State::open_encoder(const Options& options) {
  VideoEncoder::Options wanted{.width = options.width,
                               .height = options.height,
                               .rate = options.rate,
                               .name = options.encoder,
                               .threads = options.threads,
                               .enlarged = options.enlarged,
                               .most_bits = options.most_video_bits};
  try {
    video = std::make_unique<VideoEncoder>(wanted);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::unavailable || wanted.name == "libx264") throw;
    warning = {"encoder_fallback", fmt::format("{} libx264 was used.", error.what())};
    wanted.name = "libx264";
    video = std::make_unique<VideoEncoder>(wanted);
  }
  encoder = wanted.name;
}

AVStream* ClipWriter::State::add_stream(const AVCodecContext& codec) {
  AVStream* stream = avformat_new_stream(muxer.get(), nullptr);
  if (!stream) throw std::bad_alloc();
  av_check(avcodec_parameters_from_context(stream->codecpar, &codec), "set up the file");
  stream->time_base = codec.time_base;
  stream->avg_frame_rate = codec.framerate;
  return stream;
}

void ClipWriter::State::open_file() {
  // Opened by hand first: the errors of the system are clearer than FFmpeg's.
  std::FILE* probe = std::fopen(temporary.c_str(), "wbx");
  if (!probe) core::throw_errno(errno, "write", file);
  std::fclose(probe);
  check(avio_open(&muxer->pb, muxer->url, AVIO_FLAG_WRITE));
  AVDictionary* options = nullptr;
  av_dict_set(&options, "movflags", "+faststart", 0);
  const int written = avformat_write_header(muxer.get(), &options);
  av_dict_free(&options);
  check(written);
}

void ClipWriter::State::mux(AVRational time_base, int stream) {
  packet->stream_index = stream;
  av_packet_rescale_ts(packet.get(), time_base, muxer->streams[stream]->time_base);
  check(av_interleaved_write_frame(muxer.get(), packet.get()));
  check(muxer->pb->error);
}

void ClipWriter::State::drain_video() {
  const AVRational base = video->context().time_base;
  while (video->receive(*packet)) {
    if (packet->duration == 0) packet->duration = 1;
    mux(base, 0);
  }
}

void ClipWriter::State::drain_sound() {
  while (sound->receive(*packet)) mux(sound->context().time_base, 1);
}

ClipWriter::ClipWriter(const std::filesystem::path& file, const Options& options)
    : state_(std::make_unique<State>()) {
  if (options.width <= 0 || options.height <= 0 || options.width % 2 != 0 || options.height % 2 != 0)
    throw Error(ErrorCode::invalid_input,
                fmt::format("A clip of {} x {} pixels cannot be written; both must be even.", options.width,
                            options.height));
  State& state = *state_;
  state.file = file;
  state.temporary = core::temporary_beside(file);
  AVFormatContext* raw = nullptr;
  // The muxer opens the file by this name a second time, to move the index to the front.
  const std::string url = "file:" + state.temporary.string();
  av_check(avformat_alloc_output_context2(&raw, nullptr, "mp4", url.c_str()), "set up the file");
  state.muxer.reset(raw);
  state.open_encoder(options);
  state.sound = std::make_unique<SoundEncoder>(sample_rate, channels, options.sound_bits);
  state.add_stream(state.video->context());
  state.add_stream(state.sound->context());
  state.open_file();
}

ClipWriter::~ClipWriter() = default;

const std::string& ClipWriter::encoder() const { return state_->encoder; }
const std::optional<core::Warning>& ClipWriter::warning() const { return state_->warning; }

void ClipWriter::write_picture(std::unique_ptr<AVFrame, Frame::Release> picture) {
  picture->pts = state_->pictures++;
  picture->pict_type = AV_PICTURE_TYPE_NONE;
  state_->video->send(std::move(picture));
  state_->drain_video();
}

void ClipWriter::write_sound(std::span<const float> samples) {
  state_->sound->send(samples);
  state_->drain_sound();
}

void ClipWriter::close() {
  State& state = *state_;
  state.video->send(nullptr);
  state.drain_video();
  state.sound->finish();
  state.drain_sound();
  state.check(av_write_trailer(state.muxer.get()));
  state.check(state.muxer->pb->error);
  state.check(avio_closep(&state.muxer->pb));
  if (std::rename(state.temporary.c_str(), state.file.c_str()) != 0)
    core::throw_errno(errno, "write", state.file);
  state.closed = true;
}

}  // namespace reelwright::media
