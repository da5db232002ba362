#include "media/probe.h"

#include <algorithm>
#include <cmath>
#include <set>

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "media/containers.h"
#include "media/geometry.h"
#include "media/input.h"

namespace reelwright::media {

namespace {

using core::Error;
using core::ErrorCode;

constexpr int largest_side = 8192;

/// Enough to meet every stream that is interleaved at all, and read in a moment.
constexpr int survey_packets = 500;

std::string tag(AVDictionary* metadata, const char* key) {
  const AVDictionaryEntry* entry = av_dict_get(metadata, key, nullptr, 0);
  return entry ? entry->value : "";
}

bool is_interlaced(const AVCodecParameters& parameters) {
  return parameters.field_order != AV_FIELD_UNKNOWN && parameters.field_order != AV_FIELD_PROGRESSIVE;
}

/// FFmpeg's base rate is the lowest that all timestamps fit, the average is over the whole length; where they
/// disagree, pictures are missing from the grid. Twice the average is the field rate of interlaced and old
/// MPEG video.
bool is_variable(const AVStream& stream) {
  const double average = av_q2d(stream.avg_frame_rate);
  const double base = av_q2d(stream.r_frame_rate);
  if (average <= 0 || base <= 0) return false;
  const AVCodecID codec = stream.codecpar->codec_id;
  const bool counts_fields =
      is_interlaced(*stream.codecpar) || codec == AV_CODEC_ID_MPEG1VIDEO || codec == AV_CODEC_ID_MPEG2VIDEO;
  if (counts_fields && std::abs(base / average - 2) < 0.04) return false;
  return std::abs(base - average) > 0.02 * average;
}

int bit_depth(const AVCodecParameters& parameters) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(parameters.format));
  return description && description->nb_components > 0 ? description->comp[0].depth : 8;
}

[[noreturn]] void refuse_nothing(const std::filesystem::path& file, const char* what, const char* remedy) {
  throw Error(ErrorCode::unsupported_media, fmt::format("{} {}; {}.", file.string(), what, remedy));
}

void refuse_oversize(const Input& input, const AVStream& stream) {
  const AVCodecParameters& parameters = *stream.codecpar;
  if (parameters.width > largest_side || parameters.height > largest_side)
    throw Error(ErrorCode::unsupported_media,
                fmt::format("{} is {} x {} pixels; at most {} a side can be handled, so scale it down first.",
                            input.file().string(), parameters.width, parameters.height, largest_side));
}

VideoFacts video_facts(const Input& input, const AVStream& stream) {
  refuse_oversize(input, stream);
  const AVCodecParameters& parameters = *stream.codecpar;
  const Geometry geometry = geometry_of(input.format(), stream);
  return {
      .stream = stream.index,
      .codec = avcodec_get_name(parameters.codec_id),
      .width = geometry.width,
      .height = geometry.height,
      .frame_rate = av_q2d(stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : stream.r_frame_rate),
      .variable_frame_rate = is_variable(stream),
      .rotation = geometry.rotation,
      .pixel_aspect = geometry.stored_aspect,
      .interlaced = is_interlaced(parameters),
      .hdr = parameters.color_trc == AVCOL_TRC_SMPTE2084 || parameters.color_trc == AVCOL_TRC_ARIB_STD_B67,
      .bit_depth = bit_depth(parameters),
      .start = stream.start_time == AV_NOPTS_VALUE ? core::Time{}
                                                   : input.time_of(stream.start_time, stream.time_base),
  };
}

AudioFacts audio_facts(const Input& input, const AVStream& stream) {
  return {
      .stream = stream.index,
      .codec = avcodec_get_name(stream.codecpar->codec_id),
      .sample_rate = stream.codecpar->sample_rate,
      .channels = stream.codecpar->ch_layout.nb_channels,
      .language = tag(stream.metadata, "language"),
      .title = tag(stream.metadata, "title"),
      .is_default = (stream.disposition & AV_DISPOSITION_DEFAULT) != 0,
      .start = stream.start_time == AV_NOPTS_VALUE ? core::Time{}
                                                   : input.time_of(stream.start_time, stream.time_base),
  };
}

/// What only the packets themselves tell.
struct Survey {
  std::set<int> seen;  ///< indices of streams that hold anything
  core::Time end{};    ///< of the last packet that was read
  bool whole = false;  ///< the whole file was read
  bool encrypted = false;

  void note(const Input& input, const AVPacket& packet) {
    seen.insert(packet.stream_index);
    encrypted |= av_packet_get_side_data(&packet, AV_PKT_DATA_ENCRYPTION_INFO, nullptr) != nullptr;
    const std::int64_t timestamp = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    if (timestamp == AV_NOPTS_VALUE) return;
    const AVRational base = input.format().streams[packet.stream_index]->time_base;
    end = std::max(end, input.time_of(timestamp + packet.duration, base));
  }
};

/// Live recordings carry no length, and headerless streams only a guess from the bit rate; their packets know
/// it.
bool knows_duration(const AVFormatContext& format) {
  return format.duration != AV_NOPTS_VALUE && format.duration > 0 &&
         format.duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
}

/// Reads packets until every stream was met, at most `survey_packets`; all of them where the length is not
/// known.
Survey survey(Input& input) {
  Survey survey;
  const PacketPtr packet = new_packet();
  const bool to_the_end = !knows_duration(input.format());
  const std::size_t streams = input.format().nb_streams;
  for (int count = 0; to_the_end || (count < survey_packets && survey.seen.size() < streams); ++count) {
    if (!input.read(*packet)) {
      survey.whole = true;
      break;
    }
    survey.note(input, *packet);
  }
  return survey;
}

}  // namespace

SourceFacts probe(const std::filesystem::path& file) {
  Input input(file);
  const Survey packets = survey(input);
  if (packets.encrypted) throw_protected(file);
  const auto is_empty = [&](const AVStream& stream) {
    return packets.whole && !packets.seen.contains(stream.index);
  };
  SourceFacts facts;
  facts.container = input.format().iformat->name;
  facts.bytes = std::filesystem::file_size(file);
  facts.title = tag(input.format().metadata, "title");
  if (input.video() && !is_empty(*input.video())) facts.video = video_facts(input, *input.video());
  for (unsigned i = 0; i < input.format().nb_streams; ++i) {
    const AVStream& stream = *input.format().streams[i];
    if (stream.codecpar->codec_type != AVMEDIA_TYPE_AUDIO || !can_decode(stream)) continue;
    if (stream.codecpar->sample_rate > 0 && !is_empty(stream))
      facts.audio.push_back(audio_facts(input, stream));
  }
  facts.duration = knows_duration(input.format()) ? core::Time{input.format().duration} : packets.end;
  if (packets.whole && packets.seen.empty())
    refuse_nothing(file, "is empty inside", "record or export it again");
  if (!facts.video && facts.audio.empty())
    refuse_nothing(file, "holds no picture and no sound that can be decoded",
                   "convert it to mp4 (H.264, AAC) first");
  if (facts.duration <= core::Time::zero())
    refuse_nothing(file, "lasts no time at all", "record or export it again");
  return facts;
}

}  // namespace reelwright::media
