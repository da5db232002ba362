#include "vision/activity.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "media/probe.h"
#include "media/scaler.h"
#include "media/video_reader.h"
#include "vision/pixels.h"

namespace reelwright::vision {

namespace {

constexpr int width = 64;
constexpr core::Time look_every{200'000};
constexpr double most = 24;  // grey levels a look: as much as a lively scene changes

}  // namespace

std::vector<float> picture_activity(const std::filesystem::path& source, const core::Context& context) {
  const double length = std::max(1e-6, core::to_seconds(media::probe(source).duration));
  media::VideoReader reader(source, {.from = {},
                                     .to = {},
                                     .threads = static_cast<int>(context.threads),
                                     .for_analysis = true,
                                     .spacing = look_every,
                                     .stop = context.stop});
  media::AnalysisScaler scaler(width, 1);
  media::Picture now, before;
  std::optional<core::Time> last;
  std::vector<double> sums;
  std::vector<int> counts;
  while (const std::optional<media::Frame> frame = reader.next()) {
    context.check();
    if (last && frame->time - *last < look_every) continue;
    scaler.scale(*frame, now);
    const auto second = static_cast<std::size_t>(std::max<long>(0, frame->time / std::chrono::seconds(1)));
    sums.resize(std::max(sums.size(), second + 1), 0.0);
    counts.resize(sums.size(), 0);
    if (last) {
      sums[second] += mean_difference(now.pixels, before.pixels);
      ++counts[second];
    }
    last = frame->time;
    std::swap(now, before);
    context.report(std::min(1.0, core::to_seconds(frame->time) / length));
  }
  std::vector<float> activity(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    activity[i] = counts[i] > 0 ? static_cast<float>(std::min(1.0, sums[i] / counts[i] / most)) : 0.0F;
  }
  return activity;
}

}  // namespace reelwright::vision
