#include "captions/ass_renderer.h"

#include <spdlog/spdlog.h>

#include <array>
#include <cstdarg>
#include <cstdio>

#include "core/error.h"

namespace reelwright::captions {

namespace {

constexpr const char* fallback_file = "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf";
constexpr const char* fallback_family = "Noto Sans";

// libass would print to standard error, which is the user's.
void log_message(int level, const char* format, va_list arguments, void*) {
  std::array<char, 512> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  spdlog::log(level <= 4 ? spdlog::level::debug : spdlog::level::trace, "libass: {}", text.data());
}

}  // namespace

AssRenderer::AssRenderer(int width, int height) : library_(ass_library_init()) {
  if (library_) ass_set_message_cb(library_.get(), log_message, nullptr);
  if (library_) renderer_.reset(ass_renderer_init(library_.get()));
  if (!renderer_) {
    throw core::Error(core::ErrorCode::unavailable, "Captions cannot be drawn: libass does not start.");
  }
  ass_set_frame_size(renderer_.get(), width, height);
  ass_set_storage_size(renderer_.get(), width, height);
  ass_set_fonts(renderer_.get(), fallback_file, fallback_family, ASS_FONTPROVIDER_FONTCONFIG, nullptr, 1);
}

void AssRenderer::load(std::string script) {
  track_.reset(ass_read_memory(library_.get(), script.data(), script.size(), nullptr));
  if (!track_) throw core::Error(core::ErrorCode::internal, "The captions' ASS text could not be read back.");
}

const ASS_Image* AssRenderer::render(core::Time time, bool* changed) {
  int change = 0;
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(time).count();
  const ASS_Image* images = ass_render_frame(renderer_.get(), track_.get(), ms, &change);
  if (changed) *changed = change != 0;
  return images;
}

}  // namespace reelwright::captions
