#pragma once

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "media/scaler.h"
#include "vision/boxes.h"
#include "vision/nms.h"

/// Pictures of discs, which the test models find: a red one is a person, a green one a dog, a blue one a car.
namespace reelwright::vision {

struct Disc {
  int label;  ///< 0 red, 1 green, 2 blue
  double x, y, radius;

  Box box() const { return around(x, y, 2 * radius, 2 * radius); }
};

inline std::filesystem::path test_model(const std::string& name) {
  return std::filesystem::path(TEST_MODELS) / name;
}

/// BGR on dark grey, with soft edges.
inline media::Picture picture_of(int width, int height, const std::vector<Disc>& discs) {
  media::Picture picture{.width = width, .height = height, .channels = 3, .pixels = {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      double bgr[3] = {40, 40, 40};
      for (const Disc& disc : discs) {
        const double inside = disc.radius - std::hypot(x + 0.5 - disc.x, y + 0.5 - disc.y) + 0.5;
        const double share = std::clamp(inside, 0.0, 1.0);
        for (int c = 0; c < 3; ++c) bgr[c] += share * ((2 - c == disc.label ? 255 : 0) - bgr[c]);
      }
      for (const double level : bgr) picture.pixels.push_back(static_cast<unsigned char>(std::lround(level)));
    }
  return picture;
}

/// Whether `found` are just the discs, each within a share `tolerance` of its diameter.
inline bool are_discs(const std::vector<ScoredBox>& found, const std::vector<Disc>& discs, double tolerance) {
  const auto is = [tolerance](const ScoredBox& box, const Disc& disc) {
    const Box truth = disc.box();
    const double most = tolerance * truth.width;
    return box.label == disc.label && std::abs(box.box.x - truth.x) < most &&
           std::abs(box.box.y - truth.y) < most && std::abs(box.box.width - truth.width) < most &&
           std::abs(box.box.height - truth.height) < most;
  };
  return found.size() == discs.size() && std::ranges::all_of(discs, [&](const Disc& disc) {
           return std::ranges::any_of(found, [&](const ScoredBox& box) { return is(box, disc); });
         });
}

}  // namespace reelwright::vision
