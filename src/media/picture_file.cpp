#include "media/picture_file.h"

#include <string_view>

#include "core/files.h"
#include "media/av.h"

namespace reelwright::media {

namespace {

/// Of FFmpeg's scale from 2 (best) to 31.
constexpr int quality = 3;

/// JFIF means BT.601 in full range.
FramePtr as_jfif(const AVFrame& picture) {
  const SwsPtr context(sws_getContext(picture.width, picture.height, AV_PIX_FMT_YUV420P, picture.width,
                                      picture.height, AV_PIX_FMT_YUVJ420P, SWS_BICUBIC | SWS_ACCURATE_RND,
                                      nullptr, nullptr, nullptr));
  if (!context) throw std::bad_alloc();
  const int* source =
      sws_getCoefficients(picture.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
  sws_setColorspaceDetails(context.get(), source, picture.color_range == AVCOL_RANGE_JPEG ? 1 : 0,
                           sws_getCoefficients(SWS_CS_ITU601), 1, 0, 1 << 16, 1 << 16);
  FramePtr jfif = new_frame();
  jfif->format = AV_PIX_FMT_YUVJ420P;
  jfif->width = picture.width;
  jfif->height = picture.height;
  jfif->color_range = AVCOL_RANGE_JPEG;
  jfif->quality = quality * FF_QP2LAMBDA;
  av_check(av_frame_get_buffer(jfif.get(), 0), "make a picture");
  sws_scale(context.get(), picture.data, picture.linesize, 0, picture.height, jfif->data, jfif->linesize);
  return jfif;
}

}  // namespace

void write_jpeg(const AVFrame& picture, const std::filesystem::path& file) {
  quiet_ffmpeg();
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  const CodecPtr context(codec ? avcodec_alloc_context3(codec) : nullptr);
  if (!context)
    throw core::Error(core::ErrorCode::unavailable, "This FFmpeg has no JPEG encoder; install the full one.");
  context->width = picture.width;
  context->height = picture.height;
  context->pix_fmt = AV_PIX_FMT_YUVJ420P;
  context->color_range = AVCOL_RANGE_JPEG;
  context->time_base = {1, 1};
  context->flags |= AV_CODEC_FLAG_QSCALE;
  context->global_quality = quality * FF_QP2LAMBDA;
  av_check(avcodec_open2(context.get(), codec, nullptr), "open the JPEG encoder");
  av_check(avcodec_send_frame(context.get(), as_jfif(picture).get()), "encode a picture");
  av_check(avcodec_send_frame(context.get(), nullptr), "encode a picture");
  const PacketPtr packet = new_packet();
  av_check(avcodec_receive_packet(context.get(), packet.get()), "encode a picture");
  core::write_file(file,
                   {reinterpret_cast<const char*>(packet->data), static_cast<std::size_t>(packet->size)});
}

}  // namespace reelwright::media
