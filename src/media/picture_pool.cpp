#include "media/picture_pool.h"

#include <new>

extern "C" {
#include <libavutil/buffer.h>
#include <libavutil/imgutils.h>
}

#include "media/av.h"

namespace reelwright::media {

namespace {

/// Rows of a multiple of 128 keep every plane's rows aligned to 64.
constexpr int row_alignment = 128;

PicturePtr untouched(int width, int height) {
  PicturePtr picture = new_frame();
  picture->format = AV_PIX_FMT_YUV420P;
  picture->width = width;
  picture->height = height;
  picture->colorspace = AVCOL_SPC_BT709;
  picture->color_primaries = AVCOL_PRI_BT709;
  picture->color_trc = AVCOL_TRC_BT709;
  picture->color_range = AVCOL_RANGE_MPEG;
  picture->chroma_location = AVCHROMA_LOC_LEFT;
  picture->sample_aspect_ratio = {1, 1};
  return picture;
}

}  // namespace

PicturePtr new_picture(int width, int height) {
  PicturePtr picture = untouched(width, height);
  if (av_frame_get_buffer(picture.get(), row_alignment) < 0) throw std::bad_alloc();
  return picture;
}

struct PicturePool::State {
  int width;
  int height;
  AVBufferPool* pool;

  State(int picture_width, int picture_height)
      : width(picture_width),
        height(picture_height),
        pool(av_buffer_pool_init(
            static_cast<std::size_t>(
                av_check(av_image_get_buffer_size(AV_PIX_FMT_YUV420P, width, height, row_alignment),
                         "set up pictures")),
            nullptr)) {
    if (!pool) throw std::bad_alloc();
  }
  ~State() { av_buffer_pool_uninit(&pool); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

PicturePool::PicturePool(int width, int height) : state_(std::make_unique<State>(width, height)) {}
PicturePool::~PicturePool() = default;
PicturePool::PicturePool(PicturePool&&) noexcept = default;
PicturePool& PicturePool::operator=(PicturePool&&) noexcept = default;

PicturePtr PicturePool::get() {
  PicturePtr picture = untouched(state_->width, state_->height);
  picture->buf[0] = av_buffer_pool_get(state_->pool);
  if (!picture->buf[0]) throw std::bad_alloc();
  av_check(av_image_fill_arrays(picture->data, picture->linesize, picture->buf[0]->data, AV_PIX_FMT_YUV420P,
                                state_->width, state_->height, row_alignment),
           "set up a picture");
  picture->extended_data = picture->data;
  return picture;
}

}  // namespace reelwright::media
