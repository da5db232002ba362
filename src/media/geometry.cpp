#include "media/geometry.h"

#include <algorithm>
#include <cmath>
#include <cstring>

extern "C" {
#include <libavutil/display.h>
}

namespace reelwright::media {

namespace {

/// Beyond this a sample aspect ratio is a mistake of the file.
constexpr double most_stretched = 8;

struct Turn {
  int rotation = 0;
  bool mirrored = false;
};

Turn turn_of(const AVCodecParameters& parameters) {
  const AVPacketSideData* side = av_packet_side_data_get(
      parameters.coded_side_data, parameters.nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
  if (!side || side->size < 9 * sizeof(std::int32_t)) return {};
  std::int32_t matrix[9];
  std::memcpy(matrix, side->data, sizeof matrix);
  const double determinant =
      static_cast<double>(matrix[0]) * matrix[4] - static_cast<double>(matrix[1]) * matrix[3];
  const bool mirrored = determinant < 0;
  // Taken off the result, so that what remains is a pure turn.
  if (mirrored) av_display_matrix_flip(matrix, 1, 0);
  const double angle = -av_display_rotation_get(matrix);  // FFmpeg counts counter-clockwise
  if (!std::isfinite(angle)) return {};
  const int quarter = static_cast<int>(std::lround(angle / 90.0)) & 3;
  return {quarter * 90, mirrored};
}

double aspect_of(const AVFormatContext& format, const AVStream& stream) {
  const AVRational ratio = av_guess_sample_aspect_ratio(const_cast<AVFormatContext*>(&format),
                                                        const_cast<AVStream*>(&stream), nullptr);
  if (ratio.num <= 0 || ratio.den <= 0) return 1;
  const double aspect = av_q2d(ratio);
  return aspect > most_stretched || aspect < 1 / most_stretched ? 1 : aspect;
}

}  // namespace

Geometry geometry_of(const AVFormatContext& format, const AVStream& stream) {
  const Turn turn = turn_of(*stream.codecpar);
  Geometry geometry{.rotation = turn.rotation, .mirrored = turn.mirrored};
  geometry.stored_aspect = aspect_of(format, stream);
  const bool upended = turn.rotation == 90 || turn.rotation == 270;
  const int stretched =
      std::max(1, static_cast<int>(std::lround(stream.codecpar->width * geometry.stored_aspect)));
  geometry.aspect = upended ? 1 / geometry.stored_aspect : geometry.stored_aspect;
  geometry.width = upended ? stream.codecpar->height : stretched;
  geometry.height = upended ? stretched : stream.codecpar->height;
  return geometry;
}

}  // namespace reelwright::media
