#include "media/input.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/context.h"
#include "media/containers.h"

namespace reelwright::media {

namespace {

using core::Error;
using core::ErrorCode;

constexpr int most_damaged_reads = 1000;

const AVCodec* decoder_for(const AVStream& stream) {
  const AVCodecID id = stream.codecpar->codec_id;
  // FFmpeg's own VP8/VP9 decoders drop the alpha plane; libvpx keeps it.
  const AVDictionaryEntry* alpha = av_dict_get(stream.metadata, "alpha_mode", nullptr, 0);
  if (alpha && std::strcmp(alpha->value, "1") == 0) {
    const char* name = id == AV_CODEC_ID_VP9 ? "libvpx-vp9" : id == AV_CODEC_ID_VP8 ? "libvpx" : nullptr;
    if (const AVCodec* codec = name ? avcodec_find_decoder_by_name(name) : nullptr) return codec;
  }
  return avcodec_find_decoder(id);
}

/// What FFmpeg asks before every access to the file; not 0: give up.
int is_stopped(void* stop) { return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0; }

bool is_cover(const AVStream& stream) {
  return (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) != 0;
}

}  // namespace

bool can_decode(const AVStream& stream) { return decoder_for(stream) != nullptr; }

bool is_encrypted(const AVStream& stream) {
  const AVCodecParameters& parameters = *stream.codecpar;
  for (const char* tag : {"encv", "enca", "drms", "drmi", "drmv", "p608"})
    if (std::memcmp(tag, &parameters.codec_tag, 4) == 0) return true;
  return av_packet_side_data_get(parameters.coded_side_data, parameters.nb_coded_side_data,
                                 AV_PKT_DATA_ENCRYPTION_INIT_INFO) != nullptr;
}

CodecPtr open_decoder(const AVStream& stream, int threads) {
  const AVCodec* codec = decoder_for(stream);
  const std::string name = avcodec_get_name(stream.codecpar->codec_id);
  if (!codec)
    throw Error(
        ErrorCode::unsupported_media,
        fmt::format("No decoder for '{}' is installed; convert the file to mp4 (H.264, AAC) first.", name));
  CodecPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  av_check(avcodec_parameters_to_context(context.get(), stream.codecpar), "read the track's parameters");
  context->pkt_timebase = stream.time_base;
  context->thread_count = threads;
  context->max_pixels = 8192LL * 8192;
  const int result = avcodec_open2(context.get(), codec, nullptr);
  if (result < 0)
    throw Error(
        ErrorCode::unsupported_media,
        fmt::format("The track ('{}') cannot be decoded; convert the file to mp4 (H.264, AAC) first.", name),
        av_words(result));
  return context;
}

FramePtr receive_frame(AVCodecContext& decoder, const std::function<bool()>& feed) {
  for (;;) {
    FramePtr frame = new_frame();
    const int result = avcodec_receive_frame(&decoder, frame.get());
    if (result >= 0) return frame;
    if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (result == AVERROR_EOF || (result == AVERROR(EAGAIN) && !feed())) return nullptr;
  }
}

void send_packet(AVCodecContext& decoder, const AVPacket* packet) {
  if (avcodec_send_packet(&decoder, packet) == AVERROR(ENOMEM)) throw std::bad_alloc();
}

Input::Input(const std::filesystem::path& file, std::stop_token stop)
    : file_(file), stop_(std::make_shared<const std::stop_token>(std::move(stop))) {
  quiet_ffmpeg();
  require_regular_file(file);
  open();
  find_streams();
  if (format_->start_time != AV_NOPTS_VALUE) start_ = format_->start_time;
}

void Input::check() const { core::Context{.stop = *stop_, .progress = {}}.check(); }

void Input::open() {
  AVDictionary* options = nullptr;
  av_dict_set(&options, "protocol_whitelist", "file", 0);
  av_dict_set(&options, "format_whitelist", container_whitelist, 0);
  AVFormatContext* raw = avformat_alloc_context();
  if (!raw) throw std::bad_alloc();
  raw->interrupt_callback = {is_stopped, const_cast<std::stop_token*>(stop_.get())};
  // "file:" keeps a name such as `concat:a|b` from being taken for a protocol.
  const std::string url = "file:" + file_.string();
  const int result = avformat_open_input(&raw, url.c_str(), nullptr, &options);
  av_dict_free(&options);
  if (result < 0) check();
  if (result < 0) throw_unreadable(file_, result);
  format_.reset(raw);
  const int found = avformat_find_stream_info(raw, nullptr);
  if (found < 0) check();
  if (found < 0) throw_unreadable(file_, found);
}

void Input::find_streams() {
  refuse_encrypted();
  AVFormatContext* format = format_.get();
  const int best = av_find_best_stream(format, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  if (best >= 0 && !is_cover(*format->streams[best]) && can_decode(*format->streams[best]))
    video_ = format->streams[best];
}

void Input::refuse_encrypted() const {
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    if (is_encrypted(*format_->streams[i])) throw_protected(file_);
}

const AVStream* Input::audio(std::optional<int> wanted) const {
  const AVStream* first = nullptr;
  const AVStream* preferred = nullptr;
  for (unsigned i = 0; i < format_->nb_streams; ++i) {
    const AVStream* stream = format_->streams[i];
    if (stream->codecpar->codec_type != AVMEDIA_TYPE_AUDIO || !can_decode(*stream)) continue;
    if (wanted && *wanted == static_cast<int>(i)) return stream;
    if (!first) first = stream;
    if (!preferred && (stream->disposition & AV_DISPOSITION_DEFAULT)) preferred = stream;
  }
  if (wanted)
    throw Error(ErrorCode::invalid_input,
                fmt::format("Track {} of {} is no audio track.", *wanted, file_.string()));
  return preferred ? preferred : first;
}

void Input::select(int stream) {
  selected_ = stream;
  apply_selection();
}

void Input::apply_selection() {
  for (unsigned i = 0; i < format_->nb_streams; ++i)
    format_->streams[i]->discard =
        selected_ < 0 || selected_ == static_cast<int>(i) ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
}

bool Input::read(AVPacket& packet) {
  for (;;) {
    check();
    av_packet_unref(&packet);
    const int result = av_read_frame(format_.get(), &packet);
    if (result == AVERROR_EOF) return false;
    if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
    if (result < 0) {
      if (++damaged_ > most_damaged_reads || (format_->pb && avio_feof(format_->pb))) return false;
      continue;
    }
    if (format_->streams[packet.stream_index]->discard < AVDISCARD_ALL) return true;
  }
}

bool Input::seek(core::Time time) {
  // Demuxers look for the place along the video track, which they do not see while it is discarded.
  for (unsigned i = 0; i < format_->nb_streams; ++i) format_->streams[i]->discard = AVDISCARD_DEFAULT;
  const std::int64_t target = start_ + time.count();
  const int result = avformat_seek_file(format_.get(), -1, INT64_MIN, target, target, 0);
  apply_selection();
  return result >= 0;
}

void Input::rewind() {
  const int selected = selected_;
  const auto asked_until_closed = stop_;
  *this = Input(file_, *stop_);
  select(selected);
}

core::Time Input::time_of(std::int64_t timestamp, AVRational time_base) const {
  return core::Time{av_rescale_q(timestamp, time_base, microseconds) - start_};
}

}  // namespace reelwright::media
