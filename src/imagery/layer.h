#pragma once

#include <cstdint>
#include <vector>

#include "imagery/image_generator.h"

namespace reelwright::imagery {

/// Pixels as Cairo keeps them: 0xAARRGGBB, the colours already multiplied by alpha, rows without padding.
struct Bitmap {
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;  ///< height * width
};

/// What lies at one distance in a painted scene.
struct Layer {
  Bitmap picture;    ///< of the whole picture's size
  double depth = 0;  ///< 0: as far as the sky, hardly moves; 1: nearest, moves most
};

/// The scene that a request asks for, painted: from back to front, the first opaque. Put over each other they
/// are the painter's picture.
std::vector<Layer> paint_layers(const PictureRequest& request);

}  // namespace reelwright::imagery
