#include "vision/analysis.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

#include "media/bounded_queue.h"
#include "media/video_reader.h"
#include "vision/exact_cut.h"
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

/// As far apart as pictures may be for mouths to be followed at syllable rate.
constexpr core::Time widest_spacing{90'000};

struct Moment {
  core::Time time;
  bool key = false;
  View view;
};

/// Decodes and scales on a thread of its own, some pictures ahead: looking for people takes no time on most
/// frames and much on some, and the decoder need not wait for it.
class PictureSource {
 public:
  /// `colour_width`: of the colour pictures; 0: none are made.
  PictureSource(const std::filesystem::path& source, core::Span clip, int colour_width,
                const core::Context& context)
      : reader_(source,
                {.from = clip.start,
                 .to = clip.end,
                 .threads = static_cast<int>(std::max(1U, context.threads / 2)),  // the rest look for people
                 .for_analysis = true,
                 .spacing = widest_spacing,
                 .stop = context.stop}),
        scaler_(analysis_width(reader_.width()), 1),
        colour_scaler_(colour_scaler(colour_width, reader_.width())),
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
  static std::optional<media::AnalysisScaler> colour_scaler(int width, int source_width) {
    if (width <= 0) return std::nullopt;
    return media::AnalysisScaler(std::max(2, std::min(width, source_width) / 2 * 2), 3);
  }

  void fill(core::Time start) {
    try {
      while (const std::optional<media::Frame> frame = reader_.next()) {
        Moment moment{std::max(frame->time, start), frame->key, {}};
        scaler_.scale(*frame, moment.view.luma);
        if (colour_scaler_) colour_scaler_->scale(*frame, moment.view.colour);
        if (!queue_.push(std::move(moment))) return;
      }
    } catch (...) {
      error_ = std::current_exception();  // closing the queue hands it over
    }
    queue_.close();
  }

  static constexpr std::size_t pictures_ahead =
      48;  // two seconds, 11 MB at 640x360, four times that with colour

  media::VideoReader reader_;
  media::AnalysisScaler scaler_;
  std::optional<media::AnalysisScaler> colour_scaler_;
  media::BoundedQueue<Moment> queue_{pictures_ahead};
  std::exception_ptr error_;
  std::jthread thread_;  // last: it uses all of the above, and is joined first
};

/// Finds the pictures between which the shots change, and then which picture of those left out was the first.
class CutFinder {
 public:
  /// Whether a shot may begin at this moment.
  bool add(const Moment& moment) {
    met_.push_back({moment.time, moment.key});
    return shots_.add(moment.view.luma, moment.time);
  }

  std::vector<core::Time> finish(const std::filesystem::path& source, const core::Context& context) {
    std::vector<core::Time> cuts = shots_.finish();
    for (core::Time& cut : cuts) cut = exact(source, cut, context.stop);
    return cuts;
  }

 private:
  struct Met {
    core::Time time;
    bool key;
  };

  core::Time exact(const std::filesystem::path& source, core::Time cut, const std::stop_token& stop) const {
    const auto after = std::ranges::lower_bound(met_, cut, {}, &Met::time);
    // An encoder that looks for cuts begins the shot with a key picture: nothing of it was left out.
    if (after == met_.begin() || after == met_.end() || after->key) return cut;
    return exact_cut(source, std::prev(after)->time, cut, stop);
  }

  ShotDetector shots_;
  std::vector<Met> met_;  ///< all moments of the clip
};

}  // namespace

Analysis analyse(const std::filesystem::path& source, core::Span clip, const core::Context& context,
                 const DetectorChoice& choice) {
  Detectors detectors = make_detectors(choice, context.stop);
  const int colour_width =
      std::max(detectors.faces->traits().colour_width, detectors.others->traits().colour_width);
  PictureSource pictures(source, clip, colour_width, context);
  CutFinder cuts;
  Observer observer(pictures.width(), pictures.height(), std::move(detectors));
  const double length = std::max(1e-6, core::to_seconds(clip.duration()));
  while (const std::optional<Moment> moment = pictures.next()) {
    context.check();
    observer.observe(moment->view, moment->time, cuts.add(*moment));
    context.report(std::clamp(core::to_seconds(moment->time - clip.start) / length, 0.0, 1.0));
  }
  Analysis analysis{
      pictures.width(),  pictures.height(), shots_between(clip, cuts.finish(source, context)), {},
      observer.engine(), choice.order};
  analysis.subjects = stitch(observer.take(), analysis.shots);
  context.report(1);
  return analysis;
}

}  // namespace reelwright::vision
