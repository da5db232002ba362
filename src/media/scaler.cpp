#include "media/scaler.h"

#include <algorithm>
#include <cmath>

#include "media/av.h"

namespace reelwright::media {

namespace {

bool is_full_range(const AVFrame& picture) { return picture.color_range == AVCOL_RANGE_JPEG; }

int even_height(const AVFrame& picture, int width) {
  const double aspect = picture.sample_aspect_ratio.num > 0 ? av_q2d(picture.sample_aspect_ratio) : 1;
  const double height = width * static_cast<double>(picture.height) / (picture.width * aspect);
  return std::max(2, static_cast<int>(std::lround(height / 2)) * 2);
}

}  // namespace

struct AnalysisScaler::State {
  int width;
  int height = 0;
  int channels;
  SwsPtr context;

  void prepare(const AVFrame& picture) {
    if (context) return;
    height = even_height(picture, width);
    // Luma alone is a gray picture; averaging areas keeps thin detail that sampling would lose.
    const AVPixelFormat source = channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_YUV420P;
    const AVPixelFormat target = channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_BGR24;
    context.reset(sws_getContext(picture.width, picture.height, source, width, height, target, SWS_AREA,
                                 nullptr, nullptr, nullptr));
    if (!context) throw core::Error(core::ErrorCode::internal, "Could not set up the scaler for analysis.");
    const int matrix = picture.colorspace == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    const int full = is_full_range(picture) || channels == 1 ? 1 : 0;
    sws_setColorspaceDetails(context.get(), sws_getCoefficients(matrix), full, sws_getCoefficients(matrix), 1,
                             0, 1 << 16, 1 << 16);
  }
};

AnalysisScaler::AnalysisScaler(int width, int channels)
    : state_(std::make_unique<State>(State{.width = width, .channels = channels, .context = nullptr})) {}
AnalysisScaler::~AnalysisScaler() = default;
AnalysisScaler::AnalysisScaler(AnalysisScaler&&) noexcept = default;
AnalysisScaler& AnalysisScaler::operator=(AnalysisScaler&&) noexcept = default;

void AnalysisScaler::scale(const Frame& frame, Picture& into) {
  State& state = *state_;
  const AVFrame& picture = *frame.picture;
  state.prepare(picture);
  into.width = state.width;
  into.height = state.height;
  into.channels = state.channels;
  into.pixels.resize(static_cast<std::size_t>(state.width) * state.height * state.channels);
  std::uint8_t* const target[] = {into.pixels.data()};
  const int stride[] = {state.width * state.channels};
  sws_scale(state.context.get(), picture.data, picture.linesize, 0, picture.height, target, stride);
}

}  // namespace reelwright::media
