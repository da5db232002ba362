#include "clips/clip_keys.h"

#include <fmt/format.h>

namespace reelwright::clips {

namespace {

// Raised when the code of framing changes what it makes: artifacts of older code are then made anew.
constexpr int framing_version = 5;

}  // namespace

std::string clip_key(const Source& source, const Plan& plan) {
  std::string key = fmt::format("{} {} {} {} {}", framing_version, source.identity,
                                plan.clip.span.start.count(), plan.clip.span.end.count(), plan.aspect_ratio);
  if (!plan.detectors.key.empty()) key += " " + plan.detectors.key;
  return key;
}

std::string camera_key(const Source& source, const Plan& plan) {
  std::string key = clip_key(source, plan);
  for (const vision::ManualKeyframe& at : plan.crop)
    key += fmt::format(" {} {} {} {}", at.time.count(), at.x, at.y, at.width.value_or(0));
  return key;
}

}  // namespace reelwright::clips
