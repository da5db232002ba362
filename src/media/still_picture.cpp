#include "media/still_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" {
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
}

#include "core/files.h"
#include "media/av.h"

namespace reelwright::media {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::uintmax_t largest_file = 64'000'000;
constexpr std::int64_t most_pixels = 100'000'000;

AVCodecID codec_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return AV_CODEC_ID_PNG;
  if (bytes.starts_with("\xff\xd8\xff")) return AV_CODEC_ID_MJPEG;
  if (bytes.starts_with("RIFF") &&
      bytes.substr(0, 16).substr(std::min<std::size_t>(8, bytes.size()), 4) == "WEBP")
    return AV_CODEC_ID_WEBP;
  return AV_CODEC_ID_NONE;
}

[[noreturn]] void throw_damaged(const std::filesystem::path& file, const char* why) {
  throw Error(ErrorCode::unsupported_media, fmt::format("{} {}.", file.string(), why));
}

FramePtr decoded(const std::filesystem::path& file, std::string_view bytes) {
  const AVCodecID id = codec_of(bytes);
  if (id == AV_CODEC_ID_NONE) throw_damaged(file, "is no PNG, JPEG or WebP picture; give one of these");
  const AVCodec* codec = avcodec_find_decoder(id);
  const CodecPtr context(codec ? avcodec_alloc_context3(codec) : nullptr);
  if (!context) throw_damaged(file, "cannot be decoded by this FFmpeg; install the full one");
  context->max_pixels = most_pixels;
  context->thread_count = 1;
  av_check(avcodec_open2(context.get(), codec, nullptr), "open a picture's decoder");
  const PacketPtr packet = new_packet();
  av_check(av_new_packet(packet.get(), static_cast<int>(bytes.size())), "hold a picture");
  std::ranges::copy(bytes, packet->data);
  FramePtr frame = new_frame();
  if (avcodec_send_packet(context.get(), packet.get()) < 0 ||
      avcodec_send_packet(context.get(), nullptr) < 0 ||
      avcodec_receive_frame(context.get(), frame.get()) < 0 || frame->width <= 0 || frame->height <= 0 ||
      (frame->flags & AV_FRAME_FLAG_CORRUPT) != 0 || frame->decode_error_flags != 0)
    throw_damaged(file, "is damaged or too big a picture; save it again, smaller");
  return frame;
}

/// Scales and converts between RGB and YUV with the right matrix on both sides.
SwsPtr converter(const AVFrame& from, const AVFrame& to, int width, int height) {
  SwsPtr context(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format), width,
                                height, static_cast<AVPixelFormat>(to.format),
                                SWS_LANCZOS | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP,
                                nullptr, nullptr, nullptr));
  if (!context) throw std::bad_alloc();
  const auto matrix = [](const AVFrame& frame) {
    return sws_getCoefficients(frame.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
  };
  const auto full = [](const AVFrame& frame) { return frame.color_range == AVCOL_RANGE_JPEG ? 1 : 0; };
  sws_setColorspaceDetails(context.get(), matrix(from), full(from), matrix(to), full(to), 0, 1 << 16,
                           1 << 16);
  return context;
}

FramePtr as_rgba(const AVFrame& frame) {
  PicturePtr rgba = new_rgba(frame.width, frame.height);
  const SwsPtr context = converter(frame, *rgba, frame.width, frame.height);
  sws_scale(context.get(), frame.data, frame.linesize, 0, frame.height, rgba->data, rgba->linesize);
  return rgba;
}

std::uint32_t* row(const AVFrame& picture, int y) {
  return reinterpret_cast<std::uint32_t*>(picture.data[0] +
                                          static_cast<std::ptrdiff_t>(y) * picture.linesize[0]);
}

/// The picture as its display matrix has it, to the nearest quarter turn.
FramePtr upright(FramePtr rgba, const AVFrame& original) {
  const AVFrameSideData* side = av_frame_get_side_data(&original, AV_FRAME_DATA_DISPLAYMATRIX);
  if (!side) return rgba;
  const auto* matrix = reinterpret_cast<const std::int32_t*>(side->data);
  const double a = matrix[0], b = matrix[1], c = matrix[3], d = matrix[4];
  const bool lies = std::abs(b) + std::abs(c) > std::abs(a) + std::abs(d);
  PicturePtr turned = lies ? new_rgba(rgba->height, rgba->width) : new_rgba(rgba->width, rgba->height);
  for (int y = 0; y < rgba->height; ++y)
    for (int x = 0; x < rgba->width; ++x) {
      const int along_x = lies ? y : x;
      const int along_y = lies ? x : y;
      const bool flip_x = (lies ? c : a) < 0;
      const bool flip_y = (lies ? b : d) < 0;
      row(*turned, flip_y ? turned->height - 1 - along_y
                          : along_y)[flip_x ? turned->width - 1 - along_x : along_x] = row(*rgba, y)[x];
    }
  return turned;
}

bool is_opaque(const AVFrame& rgba) {
  for (int y = 0; y < rgba.height; ++y)
    for (int x = 0; x < rgba.width; ++x)
      if (rgba.data[0][static_cast<std::ptrdiff_t>(y) * rgba.linesize[0] + 4 * x + 3] != 255) return false;
  return true;
}

FramePtr without_alpha(const AVFrame& rgba) {
  FramePtr rgb = new_frame();
  rgb->format = AV_PIX_FMT_RGB24;
  rgb->width = rgba.width;
  rgb->height = rgba.height;
  av_check(av_frame_get_buffer(rgb.get(), 0), "make a picture");
  for (int y = 0; y < rgba.height; ++y) {
    const std::uint8_t* from = rgba.data[0] + static_cast<std::ptrdiff_t>(y) * rgba.linesize[0];
    std::uint8_t* to = rgb->data[0] + static_cast<std::ptrdiff_t>(y) * rgb->linesize[0];
    for (int x = 0; x < rgba.width; ++x)
      std::copy_n(from + 4 * static_cast<std::ptrdiff_t>(x), 3, to + 3 * static_cast<std::ptrdiff_t>(x));
  }
  return rgb;
}

}  // namespace

PicturePtr new_rgba(int width, int height) {
  FramePtr picture = new_frame();
  picture->format = AV_PIX_FMT_RGBA;
  picture->width = width;
  picture->height = height;
  picture->color_range = AVCOL_RANGE_JPEG;
  if (av_frame_get_buffer(picture.get(), 0) < 0) throw std::bad_alloc();
  return picture;
}

PicturePtr read_picture(const std::filesystem::path& file) {
  quiet_ffmpeg();
  const std::string bytes = core::read_file(file, largest_file);
  const FramePtr frame = decoded(file, bytes);
  return upright(as_rgba(*frame), *frame);
}

void write_png(const AVFrame& picture, const std::filesystem::path& file) {
  quiet_ffmpeg();
  const FramePtr rgb = is_opaque(picture) ? without_alpha(picture) : nullptr;
  const AVFrame& shown = rgb ? *rgb : picture;
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  const CodecPtr context(codec ? avcodec_alloc_context3(codec) : nullptr);
  if (!context) throw Error(ErrorCode::unavailable, "This FFmpeg has no PNG encoder; install the full one.");
  context->width = shown.width;
  context->height = shown.height;
  context->pix_fmt = static_cast<AVPixelFormat>(shown.format);
  context->time_base = {1, 1};
  context->compression_level = 3;  // a third bigger than the best, in a fifth of the time
  av_check(avcodec_open2(context.get(), codec, nullptr), "open the PNG encoder");
  av_check(avcodec_send_frame(context.get(), &shown), "encode a picture");
  av_check(avcodec_send_frame(context.get(), nullptr), "encode a picture");
  const PacketPtr packet = new_packet();
  av_check(avcodec_receive_packet(context.get(), packet.get()), "encode a picture");
  core::write_file(file,
                   {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)});
}

PicturePtr covering(const AVFrame& picture, int width, int height) {
  const double scale =
      std::max(static_cast<double>(width) / picture.width, static_cast<double>(height) / picture.height);
  const int taken_width = std::clamp(static_cast<int>(std::lround(width / scale)), 1, picture.width);
  const int taken_height = std::clamp(static_cast<int>(std::lround(height / scale)), 1, picture.height);
  const FramePtr taken = new_frame();
  av_check(av_frame_ref(taken.get(), &picture), "cut a picture");
  taken->width = taken_width;
  taken->height = taken_height;
  taken->data[0] += static_cast<std::ptrdiff_t>((picture.height - taken_height) / 2) * picture.linesize[0] +
                    static_cast<std::ptrdiff_t>(4) * ((picture.width - taken_width) / 2);
  PicturePtr video = new_picture(width, height);
  const SwsPtr context = converter(*taken, *video, width, height);
  sws_scale(context.get(), taken->data, taken->linesize, 0, taken_height, video->data, video->linesize);
  return video;
}

}  // namespace reelwright::media
