#pragma once

// Inside `media/` only: FFmpeg's objects behind unique_ptr, and its errors as sentences.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/mathematics.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "core/error.h"
#include "core/time.h"
#include "media/video_reader.h"

namespace reelwright::media {

struct AvDelete {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
  void operator()(SwrContext* context) const { swr_free(&context); }
  void operator()(SwsContext* context) const { sws_freeContext(context); }
};

using FormatPtr = std::unique_ptr<AVFormatContext, AvDelete>;
using CodecPtr = std::unique_ptr<AVCodecContext, AvDelete>;
using PacketPtr = std::unique_ptr<AVPacket, AvDelete>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, AvDelete>;
using SwrPtr = std::unique_ptr<SwrContext, AvDelete>;
using SwsPtr = std::unique_ptr<SwsContext, AvDelete>;
using FramePtr = std::unique_ptr<AVFrame, Frame::Release>;

inline constexpr AVRational microseconds{1, 1'000'000};

/// FFmpeg's own words for an error number.
std::string av_words(int error);

/// Returns `result` where it is no error; else throws `internal` saying what was being done.
int av_check(int result, const char* doing);

/// A new frame or packet; throws std::bad_alloc.
FramePtr new_frame();
PacketPtr new_packet();

/// Turns FFmpeg's log off (its lines are for its own developers) once for the process.
void quiet_ffmpeg();

}  // namespace reelwright::media
