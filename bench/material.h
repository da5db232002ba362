#pragma once

#include <algorithm>
#include <random>

#include "media/picture_pool.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::bench {

/// A picture of 8-bit noise, always the same.
inline media::PicturePtr noise(int width, int height) {
  media::PicturePtr picture = media::new_picture(width, height);
  std::minstd_rand random(1);
  for (int plane = 0; plane < 3; ++plane) {
    const int across = plane == 0 ? width : width / 2;
    for (int y = 0; y < (plane == 0 ? height : height / 2); ++y)
      std::generate_n(picture->data[plane] + static_cast<std::ptrdiff_t>(y) * picture->linesize[plane],
                      across, [&] { return static_cast<unsigned char>(random() >> 8); });
  }
  return picture;
}

}  // namespace reelwright::bench
