#include "vision/exact_cut.h"

#include <optional>
#include <utility>
#include <vector>

#include "media/scaler.h"
#include "media/video_reader.h"
#include "vision/pixels.h"

namespace reelwright::vision {

namespace {

constexpr int width = 64;

struct Seen {
  core::Time time;
  Pixels pixels;
};

std::vector<Seen> pictures_between(const std::filesystem::path& source, core::Time from, core::Time to,
                                   std::stop_token stop) {
  media::VideoReader reader(
      source,
      {.from = from, .to = to + core::Time{1}, .threads = 1, .for_analysis = true, .stop = std::move(stop)});
  media::AnalysisScaler scaler(width, 1);
  std::vector<Seen> seen;
  while (const std::optional<media::Frame> frame = reader.next()) {
    media::Picture picture;
    scaler.scale(*frame, picture);
    seen.push_back({frame->time, std::move(picture.pixels)});
  }
  return seen;
}

}  // namespace

core::Time exact_cut(const std::filesystem::path& source, core::Time before, core::Time after,
                     std::stop_token stop) {
  const std::vector<Seen> seen = pictures_between(source, before, after, std::move(stop));
  for (std::size_t i = 1; i + 1 < seen.size(); ++i) {
    const Pixels& now = seen[i].pixels;
    if (mean_difference(now, seen.back().pixels) < mean_difference(now, seen.front().pixels))
      return seen[i].time;
  }
  return after;
}

}  // namespace reelwright::vision
