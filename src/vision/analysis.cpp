#include "vision/analysis.h"

#include <algorithm>

#include "media/video_reader.h"
#include "vision/observer.h"
#include "vision/shot_detector.h"
#include "vision/stitch.h"

namespace reelwright::vision {

namespace {

std::vector<Shot> shots_between(core::Span clip, const std::vector<core::Time>& cuts) {
  std::vector<Shot> shots;
  core::Time start = clip.start;
  for (const core::Time cut : cuts) {
    if (cut <= start || cut >= clip.end) continue;
    shots.push_back({{start, cut}});
    start = cut;
  }
  shots.push_back({{start, clip.end}});
  return shots;
}

}  // namespace

Analysis analyse(const std::filesystem::path& source, core::Span clip, const stage::Context& context) {
  media::VideoReader reader(source, {.from = clip.start,
                                     .to = clip.end,
                                     .threads = static_cast<int>(context.threads),
                                     .for_analysis = true});
  media::AnalysisScaler scaler(analysis_width(reader.width()), 1);
  ShotDetector shots;
  Observer observer(reader.width(), reader.height());
  media::Picture luma;
  const double length = std::max(1e-6, core::to_seconds(clip.duration()));
  while (const std::optional<media::Frame> frame = reader.next()) {
    context.check();
    // The first frame may have begun before the clip.
    const core::Time time = std::max(frame->time, clip.start);
    scaler.scale(*frame, luma);
    observer.observe(luma, time, shots.add(luma, time));
    context.report(std::clamp(core::to_seconds(time - clip.start) / length, 0.0, 1.0));
  }
  Analysis analysis{
      reader.width(), reader.height(), shots_between(clip, shots.finish()), {}, observer.engine()};
  analysis.subjects = stitch(observer.take(), analysis.shots);
  context.report(1);
  return analysis;
}

}  // namespace reelwright::vision
