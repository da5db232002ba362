#include "media/window_scaler.h"

#include <zimg.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <optional>

extern "C" {
#include <libavutil/imgutils.h>
}

#include "media/av.h"
#include "media/picture_pool.h"
#include "media/upscaler.h"

namespace reelwright::media {

namespace {

constexpr std::size_t alignment = 64;

struct GraphDelete {
  void operator()(zimg_filter_graph* graph) const { zimg_filter_graph_free(graph); }
};
struct Free {
  void operator()(void* memory) const { std::free(memory); }  // NOLINT(cppcoreguidelines-no-malloc): aligned
};

zimg_matrix_coefficients_e matrix_of(AVColorSpace space) {
  switch (space) {
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_BT470BG:
      return ZIMG_MATRIX_BT470_BG;
    case AVCOL_SPC_SMPTE240M:
      return ZIMG_MATRIX_ST240_M;
    case AVCOL_SPC_FCC:
      return ZIMG_MATRIX_FCC;
    default:
      return ZIMG_MATRIX_BT709;
  }
}

zimg_chroma_location_e siting_of(AVChromaLocation location) {
  switch (location) {
    case AVCHROMA_LOC_CENTER:
      return ZIMG_CHROMA_CENTER;
    case AVCHROMA_LOC_TOPLEFT:
      return ZIMG_CHROMA_TOP_LEFT;
    default:
      return ZIMG_CHROMA_LEFT;
  }
}

zimg_image_format format_of(const AVFrame& picture) {
  zimg_image_format format;
  zimg_image_format_default(&format, ZIMG_API_VERSION);
  format.width = static_cast<unsigned>(picture.width);
  format.height = static_cast<unsigned>(picture.height);
  format.pixel_type = ZIMG_PIXEL_BYTE;
  format.subsample_w = 1;
  format.subsample_h = 1;
  format.color_family = ZIMG_COLOR_YUV;
  format.matrix_coefficients = matrix_of(picture.colorspace);
  format.pixel_range = picture.color_range == AVCOL_RANGE_JPEG ? ZIMG_RANGE_FULL : ZIMG_RANGE_LIMITED;
  format.chroma_location = siting_of(picture.chroma_location);
  return format;
}

zimg_graph_builder_params parameters_for(Resampling resampling) {
  zimg_graph_builder_params parameters;
  zimg_graph_builder_params_default(&parameters, ZIMG_API_VERSION);
  parameters.resample_filter = ZIMG_RESIZE_BICUBIC;
  parameters.filter_param_a = resampling == Resampling::smooth ? 1 : 0;    // b
  parameters.filter_param_b = resampling == Resampling::smooth ? 0 : 0.5;  // c
  // Colour carries little detail: straight lines between its pixels cost less and show nothing.
  parameters.resample_filter_uv =
      resampling == Resampling::smooth ? ZIMG_RESIZE_BICUBIC : ZIMG_RESIZE_BILINEAR;
  parameters.filter_param_a_uv = resampling == Resampling::smooth ? 1 : NAN;
  parameters.filter_param_b_uv = resampling == Resampling::smooth ? 0 : NAN;
  parameters.cpu_type = ZIMG_CPU_AUTO_64B;
  parameters.allow_approximate_gamma = 1;
  return parameters;
}

[[noreturn]] void throw_zimg(const char* doing) {
  char words[256] = "";
  if (zimg_get_last_error(words, sizeof words) == ZIMG_ERROR_OUT_OF_MEMORY) throw std::bad_alloc();
  throw core::Error(core::ErrorCode::internal, fmt::format("Could not {}: {}.", doing, words));
}

bool is_aligned(const AVFrame& picture) {
  for (int i = 0; i < 3; ++i)
    if (reinterpret_cast<std::uintptr_t>(picture.data[i]) % alignment != 0 ||
        picture.linesize[i] % static_cast<int>(alignment) != 0)
      return false;
  return true;
}

/// The window in stored pixels, moved and if need be shrunk into the picture.
Window inside(const AVFrame& source, int shown_width, int shown_height, const Window& window) {
  const double across = static_cast<double>(source.width) / shown_width;
  const double down = static_cast<double>(source.height) / shown_height;
  Window stored{window.x * across, window.y * down, window.width * across, window.height * down};
  stored.width = std::clamp(stored.width, 2.0, static_cast<double>(source.width));
  stored.height = std::clamp(stored.height, 2.0, static_cast<double>(source.height));
  stored.x = std::clamp(stored.x, 0.0, source.width - stored.width);
  stored.y = std::clamp(stored.y, 0.0, source.height - stored.height);
  return stored;
}

Cubic cubic_of(Resampling resampling) {
  return resampling == Resampling::smooth ? Cubic{1, 0} : Cubic{0, 0.5};
}

/// True for a plain enlargement that keeps the colours as they are.
bool is_enlargement(const AVFrame& source, const Window& window, const Panel& panel) {
  const bool left =
      source.chroma_location == AVCHROMA_LOC_LEFT || source.chroma_location == AVCHROMA_LOC_UNSPECIFIED;
  return matrix_of(source.colorspace) == ZIMG_MATRIX_BT709 && source.color_range != AVCOL_RANGE_JPEG &&
         left && window.width <= panel.width && window.height <= panel.height &&
         source.width >= 2 * Upscaler::smallest && source.height >= 2 * Upscaler::smallest &&
         Upscaler::is_supported();
}

std::uint8_t* corner_of(AVFrame& picture, const Panel& panel, int plane) {
  const int half = plane > 0 ? 1 : 0;
  return picture.data[plane] + static_cast<std::ptrdiff_t>(panel.y >> half) * picture.linesize[plane] +
         (panel.x >> half);
}

/// Everything a graph depends on.
struct Task {
  int width, height, colorspace, range, siting;
  Window window;
  int panel_width, panel_height;

  bool operator==(const Task&) const = default;
};

}  // namespace

struct WindowScaler::State {
  Resampling resampling;
  std::optional<Task> task;
  std::unique_ptr<zimg_filter_graph, GraphDelete> graph;
  std::unique_ptr<void, Free> memory;
  std::size_t memory_size = 0;
  Upscaler luma{cubic_of(resampling)};
  Upscaler chroma{cubic_of(resampling)};
  FramePtr copy;   ///< of a source whose rows are not aligned
  FramePtr piece;  ///< for a panel whose rows are not aligned

  void prepare(const AVFrame& source, const Window& window, const Panel& panel);
  const AVFrame* aligned(const AVFrame* source);
  void run(const AVFrame& source, AVFrame& into, const Panel& panel);
  void enlarge(const AVFrame& source, const Window& window, AVFrame& into, const Panel& panel);

  explicit State(Resampling wanted) : resampling(wanted) {}
};

/// Colours stand at the left pixel of two and between two rows, in the source as in the target.
void WindowScaler::State::enlarge(const AVFrame& source, const Window& window, AVFrame& into,
                                  const Panel& panel) {
  const double across = window.width / panel.width;
  const double down = window.height / panel.height;
  luma.set({source.width, panel.width, window.x + across / 2 - 0.5, across},
           {source.height, panel.height, window.y + down / 2 - 0.5, down});
  chroma.set({(source.width + 1) / 2, (panel.width + 1) / 2, (window.x + across / 2 - 0.5) / 2, across},
             {(source.height + 1) / 2, (panel.height + 1) / 2, window.y / 2 + down / 2 - 0.5, down});
  for (int i = 0; i < 3; ++i)
    (i == 0 ? luma : chroma)
        .run(source.data[i], source.linesize[i], corner_of(into, panel, i), into.linesize[i]);
}

void WindowScaler::State::prepare(const AVFrame& source, const Window& window, const Panel& panel) {
  const Task wanted{source.width,           source.height, source.colorspace, source.color_range,
                    source.chroma_location, window,        panel.width,       panel.height};
  if (task == wanted) return;
  zimg_image_format from = format_of(source);
  zimg_image_format to = from;
  from.active_region = {window.x, window.y, window.width, window.height};
  to.width = static_cast<unsigned>(panel.width);
  to.height = static_cast<unsigned>(panel.height);
  to.matrix_coefficients = ZIMG_MATRIX_BT709;
  to.pixel_range = ZIMG_RANGE_LIMITED;
  to.chroma_location = ZIMG_CHROMA_LEFT;
  const zimg_graph_builder_params parameters = parameters_for(resampling);
  task.reset();
  graph.reset(zimg_filter_graph_build(&from, &to, &parameters));
  if (!graph) throw_zimg("set up the scaler");
  std::size_t needed = 0;
  if (zimg_filter_graph_get_tmp_size(graph.get(), &needed) != ZIMG_ERROR_SUCCESS)
    throw_zimg("set up the scaler");
  if (needed > memory_size) {
    memory_size = (needed + alignment - 1) / alignment * alignment;
    memory.reset(std::aligned_alloc(alignment, memory_size));
    if (!memory) throw std::bad_alloc();
  }
  task = wanted;
}

const AVFrame* WindowScaler::State::aligned(const AVFrame* source) {
  if (is_aligned(*source)) return source;
  if (!copy || copy->width != source->width || copy->height != source->height)
    copy = new_picture(source->width, source->height);
  av_check(av_frame_copy(copy.get(), source), "copy a picture");
  return copy.get();
}

void WindowScaler::State::run(const AVFrame& source, AVFrame& into, const Panel& panel) {
  zimg_image_buffer_const from{.version = ZIMG_API_VERSION, .plane = {}};
  zimg_image_buffer to{.version = ZIMG_API_VERSION, .plane = {}};
  for (int i = 0; i < 3; ++i) {
    from.plane[i] = {source.data[i], source.linesize[i], ZIMG_BUFFER_MAX};
    to.plane[i] = {corner_of(into, panel, i), into.linesize[i], ZIMG_BUFFER_MAX};
  }
  if (zimg_filter_graph_process(graph.get(), &from, &to, memory.get(), nullptr, nullptr, nullptr, nullptr) !=
      ZIMG_ERROR_SUCCESS)
    throw_zimg("scale a picture");
}

WindowScaler::WindowScaler(Resampling resampling) : state_(std::make_unique<State>(resampling)) {}
WindowScaler::~WindowScaler() = default;
WindowScaler::WindowScaler(WindowScaler&&) noexcept = default;
WindowScaler& WindowScaler::operator=(WindowScaler&&) noexcept = default;

void WindowScaler::scale(const AVFrame& source, int shown_width, int shown_height, const Window& window,
                         AVFrame& into, const Panel& panel) {
  State& state = *state_;
  const Window stored = inside(source, shown_width, shown_height, window);
  if (is_enlargement(source, stored, panel)) {
    state.enlarge(source, stored, into, panel);
    return;
  }
  const AVFrame& from = *state.aligned(&source);
  state.prepare(source, stored, panel);
  if (panel.x % (2 * static_cast<int>(alignment)) == 0 && is_aligned(into)) {
    state.run(from, into, panel);
    return;
  }
  FramePtr& piece = state.piece;
  if (!piece || piece->width != panel.width || piece->height != panel.height)
    piece = new_picture(panel.width, panel.height);
  state.run(from, *piece, {0, 0, panel.width, panel.height});
  for (int i = 0; i < 3; ++i) {
    const int half = i > 0 ? 1 : 0;
    av_image_copy_plane(corner_of(into, panel, i), into.linesize[i], piece->data[i], piece->linesize[i],
                        (panel.width + half) >> half, (panel.height + half) >> half);
  }
}

}  // namespace reelwright::media
