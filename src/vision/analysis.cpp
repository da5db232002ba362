#include "vision/analysis.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "media/bounded_queue.h"
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

struct Moment {
  core::Time time;
  media::Picture luma;
};

/// Decodes and scales on a thread of its own, some pictures ahead: looking for people takes no time on most
/// frames and much on some, and the decoder need not wait for it.
class PictureSource {
 public:
  PictureSource(const std::filesystem::path& source, core::Span clip, unsigned threads)
      : reader_(
            source,
            {.from = clip.start, .to = clip.end, .threads = static_cast<int>(threads), .for_analysis = true}),
        scaler_(analysis_width(reader_.width()), 1),
        // The first frame may have begun before the clip.
        thread_([this, start = clip.start] { fill(start); }) {}

  ~PictureSource() { queue_.abort(); }
  PictureSource(const PictureSource&) = delete;
  PictureSource& operator=(const PictureSource&) = delete;

  int width() const { return reader_.width(); }
  int height() const { return reader_.height(); }

  /// The next picture, or nothing at the end. Throws what decoding threw.
  std::optional<Moment> next() {
    std::optional<Moment> moment = queue_.pop();
    if (!moment && error_) std::rethrow_exception(error_);
    return moment;
  }

 private:
  void fill(core::Time start) {
    try {
      while (const std::optional<media::Frame> frame = reader_.next()) {
        Moment moment{std::max(frame->time, start), {}};
        scaler_.scale(*frame, moment.luma);
        if (!queue_.push(std::move(moment))) return;
      }
    } catch (...) {
      error_ = std::current_exception();  // closing the queue hands it over
    }
    queue_.close();
  }

  static constexpr std::size_t pictures_ahead = 48;  // two seconds, 11 MB at 640x360

  media::VideoReader reader_;
  media::AnalysisScaler scaler_;
  media::BoundedQueue<Moment> queue_{pictures_ahead};
  std::exception_ptr error_;
  std::jthread thread_;  // last: it uses all of the above, and is joined first
};

}  // namespace

Analysis analyse(const std::filesystem::path& source, core::Span clip, const core::Context& context) {
  PictureSource pictures(source, clip, context.threads);
  ShotDetector shots;
  Observer observer(pictures.width(), pictures.height());
  const double length = std::max(1e-6, core::to_seconds(clip.duration()));
  while (const std::optional<Moment> moment = pictures.next()) {
    context.check();
    observer.observe(moment->luma, moment->time, shots.add(moment->luma, moment->time));
    context.report(std::clamp(core::to_seconds(moment->time - clip.start) / length, 0.0, 1.0));
  }
  Analysis analysis{
      pictures.width(), pictures.height(), shots_between(clip, shots.finish()), {}, observer.engine()};
  analysis.subjects = stitch(observer.take(), analysis.shots);
  context.report(1);
  return analysis;
}

}  // namespace reelwright::vision
