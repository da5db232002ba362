#include "media/video_encoder.h"

#include <algorithm>

extern "C" {
#include <libavutil/hwcontext.h>
#include <libavutil/opt.h>
}

namespace reelwright::media {

namespace {

using core::Error;
using core::ErrorCode;

/// Surfaces a device encoder keeps at most.
constexpr int device_pool = 24;

/// x264's "superfast" with the macroblock tree and a short look-ahead: 6 % larger than "veryfast" at the
/// same crf and 0.15 dB better in XPSNR on talking heads, for half of its time (see docs/decisions.md).
constexpr const char* x264_preset = "superfast";
constexpr const char* x264_details = "mbtree=1:rc-lookahead=10";
/// Where nothing moves by less than a pixel, looking for it finds nothing: as good and as small for less
/// time.
constexpr const char* x264_details_enlarged = "mbtree=1:rc-lookahead=10:subme=0";
constexpr const char* x264_quality = "20";
/// Where bits are scarce.
constexpr const char* x264_scarce_quality = "27";

/// Device encoders have no constant quality in common; this many bits a pixel keep up with x264's.
constexpr double device_bits_per_pixel = 0.1;

[[noreturn]] void refuse(const std::string& name, const std::string& why, int error = 0) {
  throw Error(ErrorCode::unavailable,
              fmt::format("The encoder '{}' cannot be used here ({}); choose libx264.", name, why),
              error ? av_words(error) : "");
}

void set_quality(AVCodecContext& context, const VideoEncoder::Options& options) {
  const bool scarce = options.most_bits > 0;
  if (scarce) {
    context.rc_max_rate = options.most_bits;
    context.rc_buffer_size = 2 * options.most_bits;
  }
  if (options.name == "libx264") {
    av_opt_set(context.priv_data, "preset", x264_preset, 0);
    av_opt_set(context.priv_data, "x264-params", options.enlarged ? x264_details_enlarged : x264_details, 0);
    av_opt_set(context.priv_data, "crf", scarce ? x264_scarce_quality : x264_quality, 0);
    return;
  }
  const double usual = device_bits_per_pixel * context.width * context.height * av_q2d(context.framerate);
  context.bit_rate = scarce ? options.most_bits : static_cast<std::int64_t>(usual);
}

}  // namespace

VideoEncoder::VideoEncoder(const Options& options) : name_(options.name) {
  quiet_ffmpeg();
  const AVCodec* codec = avcodec_find_encoder_by_name(name_.c_str());
  if (!codec || codec->id != AV_CODEC_ID_H264) refuse(name_, "no such H.264 encoder in this FFmpeg");
  context_.reset(avcodec_alloc_context3(codec));
  if (!context_) throw std::bad_alloc();
  AVCodecContext& context = *context_;
  context.width = options.width;
  context.height = options.height;
  context.sample_aspect_ratio = {1, 1};
  context.framerate = {options.rate.numerator, options.rate.denominator};
  context.time_base = av_inv_q(context.framerate);
  context.color_range = AVCOL_RANGE_MPEG;
  context.colorspace = AVCOL_SPC_BT709;
  context.color_primaries = AVCOL_PRI_BT709;
  context.color_trc = AVCOL_TRC_BT709;
  context.chroma_sample_location = AVCHROMA_LOC_LEFT;
  context.profile = AV_PROFILE_H264_HIGH;
  context.thread_count = options.threads;
  if (options.global_header) context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  set_quality(context, options);
  choose_format(*codec);
  const int opened = avcodec_open2(context_.get(), codec, nullptr);
  if (opened == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (opened < 0) refuse(name_, "it could not be opened", opened);
}

void VideoEncoder::choose_format(const AVCodec& codec) {
  const void* formats = nullptr;
  int count = 0;
  avcodec_get_supported_config(context_.get(), &codec, AV_CODEC_CONFIG_PIX_FORMAT, 0, &formats, &count);
  const auto* first = static_cast<const AVPixelFormat*>(formats);
  const auto takes = [&](AVPixelFormat format) {
    return std::find(first, first + count, format) != first + count;
  };
  context_->pix_fmt = AV_PIX_FMT_YUV420P;
  if (takes(AV_PIX_FMT_YUV420P)) return;
  nv12_ = true;
  context_->pix_fmt = AV_PIX_FMT_NV12;
  if (!takes(AV_PIX_FMT_NV12)) open_device(codec);
}

/// Encoders that take only pictures in their device's memory (VA-API, Vulkan).
void VideoEncoder::open_device(const AVCodec& codec) {
  const AVCodecHWConfig* found = nullptr;
  for (int i = 0; const AVCodecHWConfig* config = avcodec_get_hw_config(&codec, i); ++i)
    if ((config->methods & AV_CODEC_HW_CONFIG_METHOD_HW_FRAMES_CTX) != 0) found = config;
  if (!found) refuse(name_, "it takes no pictures that can be made here");
  AVBufferRef* device = nullptr;
  const int made = av_hwdevice_ctx_create(&device, found->device_type, nullptr, nullptr, 0);
  if (made < 0) refuse(name_, "its device is missing", made);
  AVBufferRef* frames = av_hwframe_ctx_alloc(device);
  av_buffer_unref(&device);
  if (!frames) throw std::bad_alloc();
  auto& pool = *reinterpret_cast<AVHWFramesContext*>(frames->data);
  pool.format = found->pix_fmt;
  pool.sw_format = AV_PIX_FMT_NV12;
  pool.width = context_->width;
  pool.height = context_->height;
  pool.initial_pool_size = device_pool;
  context_->hw_frames_ctx = frames;
  const int ready = av_hwframe_ctx_init(frames);
  if (ready < 0) refuse(name_, "its device has no room for pictures", ready);
  context_->pix_fmt = found->pix_fmt;
  device_ = true;
}

FramePtr VideoEncoder::converted(FramePtr picture) {
  if (!nv12_) return picture;
  if (!to_nv12_)
    to_nv12_.reset(sws_getContext(picture->width, picture->height, AV_PIX_FMT_YUV420P, picture->width,
                                  picture->height, AV_PIX_FMT_NV12, SWS_POINT, nullptr, nullptr, nullptr));
  if (!to_nv12_) throw std::bad_alloc();
  FramePtr packed = new_frame();
  packed->format = AV_PIX_FMT_NV12;
  packed->width = picture->width;
  packed->height = picture->height;
  av_check(av_frame_get_buffer(packed.get(), 0), "encode a picture");
  av_check(av_frame_copy_props(packed.get(), picture.get()), "encode a picture");
  sws_scale(to_nv12_.get(), picture->data, picture->linesize, 0, picture->height, packed->data,
            packed->linesize);
  if (!device_) return packed;
  FramePtr uploaded = new_frame();
  av_check(av_hwframe_get_buffer(context_->hw_frames_ctx, uploaded.get(), 0),
           "encode a picture on the device");
  av_check(av_hwframe_transfer_data(uploaded.get(), packed.get(), 0), "encode a picture on the device");
  uploaded->pts = packed->pts;
  return uploaded;
}

void VideoEncoder::send(FramePtr picture) {
  if (picture) picture = converted(std::move(picture));
  av_check(avcodec_send_frame(context_.get(), picture.get()), "encode a picture");
}

bool VideoEncoder::receive(AVPacket& packet) {
  const int result = avcodec_receive_packet(context_.get(), &packet);
  if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return false;
  av_check(result, "encode a picture");
  return true;
}

bool is_h264_encoder(const std::string& name) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name.c_str());
  return codec != nullptr && codec->id == AV_CODEC_ID_H264;
}

}  // namespace reelwright::media
