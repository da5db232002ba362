#include "media/picture_filter.h"

#include <algorithm>
#include <vector>

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
}

namespace reelwright::media {

namespace {

bool is_hdr(const AVFrame& frame) {
  return frame.color_trc == AVCOL_TRC_SMPTE2084 || frame.color_trc == AVCOL_TRC_ARIB_STD_B67;
}

bool is_wide_gamut(const AVFrame& frame) {
  return frame.colorspace == AVCOL_SPC_BT2020_NCL || frame.colorspace == AVCOL_SPC_BT2020_CL ||
         frame.color_primaries == AVCOL_PRI_BT2020;
}

const AVPixFmtDescriptor& description_of(const AVFrame& frame) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (!description)
    throw core::Error(core::ErrorCode::unsupported_media, "The video has an unknown pixel format.");
  return *description;
}

/// The matrix a player would assume where the file does not say: BT.709 from 720 lines on, else BT.601.
void settle_colours(AVFrame& frame) {
  const bool rgb = (description_of(frame).flags & AV_PIX_FMT_FLAG_RGB) != 0;
  if (!rgb && (frame.colorspace == AVCOL_SPC_UNSPECIFIED || frame.colorspace == AVCOL_SPC_RGB))
    frame.colorspace = std::min(frame.width, frame.height) >= 720 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  if (frame.format == AV_PIX_FMT_YUVJ420P) {
    frame.format = AV_PIX_FMT_YUV420P;
    frame.color_range = AVCOL_RANGE_JPEG;
  }
  if (!rgb && frame.color_range == AVCOL_RANGE_UNSPECIFIED) frame.color_range = AVCOL_RANGE_MPEG;
}

/// HDR and wide gamut say least what they mean by half: the missing tags follow from the others.
void settle_wide_gamut(AVFrame& frame) {
  if (frame.colorspace == AVCOL_SPC_UNSPECIFIED && (description_of(frame).flags & AV_PIX_FMT_FLAG_RGB) == 0)
    frame.colorspace = AVCOL_SPC_BT2020_NCL;
  if (frame.color_primaries == AVCOL_PRI_UNSPECIFIED) frame.color_primaries = AVCOL_PRI_BT2020;
  if (frame.color_trc == AVCOL_TRC_UNSPECIFIED) frame.color_trc = AVCOL_TRC_BT709;
}

/// Filters that bring the pixel format to 8-bit 4:2:0, HDR to the range of BT.709, alpha over black.
std::vector<std::string> colour_filters(const AVFrame& frame) {
  const AVPixFmtDescriptor& description = description_of(frame);
  if (is_hdr(frame)) {
    // 203 cd/m2 is where HDR puts the white of SDR (ITU-R BT.2408).
    return {"zscale=t=linear:npl=203",
            "format=gbrpf32le",
            "zscale=p=bt709",
            "tonemap=mobius:desat=0:param=0.3",
            "zscale=t=bt709:m=bt709:r=tv:d=ordered",
            "format=yuv420p"};
  }
  if ((description.flags & AV_PIX_FMT_FLAG_ALPHA) != 0 || frame.format == AV_PIX_FMT_PAL8) {
    const bool rgb = (description.flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
    return {rgb ? "format=gbrap" : "format=yuva420p|yuva422p|yuva444p", "premultiply=inplace=1",
            rgb ? "format=gbrp" : "format=yuv420p|yuv422p|yuv444p",
            "scale=out_color_matrix=bt709:out_range=tv:flags=bicubic", "format=yuv420p"};
  }
  if (is_wide_gamut(frame)) return {"zscale=p=bt709:t=bt709:m=bt709:r=tv:d=ordered", "format=yuv420p"};
  if (frame.format == AV_PIX_FMT_YUV420P) return {};
  if ((description.flags & AV_PIX_FMT_FLAG_RGB) != 0)
    return {"scale=out_color_matrix=bt709:out_range=tv:flags=bicubic", "format=yuv420p"};
  return {"scale=flags=bicubic+accurate_rnd", "format=yuv420p"};
}

std::vector<std::string> turning_filters(const Geometry& geometry) {
  std::vector<std::string> filters;
  // The flips of "transpose" are upside down: a quarter turn one way with one is the other way with one left
  // to right.
  if (geometry.rotation == 90)
    filters.emplace_back(geometry.mirrored ? "transpose=cclock_flip" : "transpose=clock");
  if (geometry.rotation == 270)
    filters.emplace_back(geometry.mirrored ? "transpose=clock_flip" : "transpose=cclock");
  if (geometry.rotation == 180) filters.emplace_back("vflip");
  // A half turn mirrored left to right is a flip upside down alone.
  if ((geometry.rotation == 180) != geometry.mirrored && geometry.rotation % 180 == 0)
    filters.emplace_back("hflip");
  return filters;
}

std::string join(const std::vector<std::string>& filters) {
  std::string joined;
  for (const std::string& filter : filters) joined += (joined.empty() ? "" : ",") + filter;
  return joined;
}

}  // namespace

PictureFilter::PictureFilter(const Geometry& geometry, int width, int height, AVRational time_base)
    : geometry_(geometry), width_(width), height_(height), time_base_(time_base) {}

std::string PictureFilter::chain_for(const AVFrame& frame) const {
  std::vector<std::string> filters;
  if ((frame.flags & AV_FRAME_FLAG_INTERLACED) != 0)
    filters.emplace_back("bwdif=mode=send_frame:deint=interlaced");
  std::ranges::copy(colour_filters(frame), std::back_inserter(filters));
  if (frame.width != width_ || frame.height != height_)
    filters.push_back(
        fmt::format("scale={0}:{1}:force_original_aspect_ratio=decrease:flags=bicubic,"
                    "pad={0}:{1}:(ow-iw)/2:(oh-ih)/2",
                    width_, height_));
  std::ranges::copy(turning_filters(geometry_), std::back_inserter(filters));
  return join(filters);
}

void PictureFilter::send(FramePtr frame) {
  if (!frame) {
    drain();
    return;
  }
  if (is_hdr(*frame) || is_wide_gamut(*frame)) settle_wide_gamut(*frame);
  settle_colours(*frame);
  std::string chain = chain_for(*frame);
  // Once a stream was interlaced it stays so: pictures flagged otherwise pass bwdif untouched.
  if (!chain.starts_with("bwdif") && shape_.starts_with("bwdif"))
    chain = "bwdif=mode=send_frame:deint=interlaced" + (chain.empty() ? "" : "," + chain);
  const std::string shape =
      fmt::format("{}|{}x{}|{}|{}|{}|{}", chain, frame->width, frame->height, frame->format,
                  static_cast<int>(frame->colorspace), static_cast<int>(frame->color_range),
                  static_cast<int>(frame->color_trc));
  if (shape != shape_) {
    drain();
    shape_ = shape;
    if (!chain.empty()) configure(*frame, chain);
  }
  if (!graph_) {
    ready_.push_back(finish(std::move(frame), time_base_));
    return;
  }
  av_check(av_buffersrc_add_frame(source_, frame.get()), "filter a picture");
}

void PictureFilter::configure(const AVFrame& frame, const std::string& chain) {
  graph_.reset(avfilter_graph_alloc());
  if (!graph_) throw std::bad_alloc();
  graph_->nb_threads = 2;
  source_ = avfilter_graph_alloc_filter(graph_.get(), avfilter_get_by_name("buffer"), "in");
  AVBufferSrcParameters* parameters = av_buffersrc_parameters_alloc();
  if (!source_ || !parameters) throw std::bad_alloc();
  parameters->format = frame.format;
  parameters->width = frame.width;
  parameters->height = frame.height;
  parameters->time_base = time_base_;
  parameters->color_space = frame.colorspace;
  parameters->color_range = frame.color_range;
  const int set = av_buffersrc_parameters_set(source_, parameters);
  av_free(parameters);
  av_check(set, "set up the picture filters");
  av_check(avfilter_init_str(source_, nullptr), "set up the picture filters");
  av_check(avfilter_graph_create_filter(&sink_, avfilter_get_by_name("buffersink"), "out", nullptr, nullptr,
                                        graph_.get()),
           "set up the picture filters");
  AVFilterInOut* outputs = avfilter_inout_alloc();
  AVFilterInOut* inputs = avfilter_inout_alloc();
  if (!outputs || !inputs) throw std::bad_alloc();
  *outputs = {.name = av_strdup("in"), .filter_ctx = source_, .pad_idx = 0, .next = nullptr};
  *inputs = {.name = av_strdup("out"), .filter_ctx = sink_, .pad_idx = 0, .next = nullptr};
  const int parsed = avfilter_graph_parse_ptr(graph_.get(), chain.c_str(), &inputs, &outputs, nullptr);
  avfilter_inout_free(&inputs);
  avfilter_inout_free(&outputs);
  av_check(parsed, "set up the picture filters");
  av_check(avfilter_graph_config(graph_.get(), nullptr), "set up the picture filters");
}

void PictureFilter::drain() {
  if (!graph_) return;
  av_check(av_buffersrc_add_frame(source_, nullptr), "finish the picture filters");
  std::vector<FramePtr> rest;
  while (FramePtr frame = receive()) rest.push_back(std::move(frame));
  ready_ = std::move(rest);
  graph_.reset();
  shape_.clear();
}

FramePtr PictureFilter::receive() {
  if (!ready_.empty()) {
    FramePtr frame = std::move(ready_.front());
    ready_.erase(ready_.begin());
    return frame;
  }
  if (!graph_) return nullptr;
  FramePtr frame = new_frame();
  const int result = av_buffersink_get_frame(sink_, frame.get());
  if (result == AVERROR(EAGAIN) || result == AVERROR_EOF) return nullptr;
  av_check(result, "filter a picture");
  return finish(std::move(frame), av_buffersink_get_time_base(sink_));
}

void PictureFilter::reset() {
  ready_.clear();
  graph_.reset();
  shape_.clear();
}

FramePtr PictureFilter::finish(FramePtr frame, AVRational from) const {
  if (av_cmp_q(from, time_base_) != 0) {
    frame->pts = av_rescale_q(frame->pts, from, time_base_);
    frame->duration = av_rescale_q(frame->duration, from, time_base_);
  }
  frame->sample_aspect_ratio = av_d2q(geometry_.aspect, 1 << 16);
  return frame;
}

}  // namespace reelwright::media
