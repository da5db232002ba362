#include "speech/ggml_library.h"

#include <ggml-backend.h>
#include <parakeet.h>
#include <whisper.h>

#include <mutex>

#include "core/error.h"
#include "core/log.h"

namespace reelwright::speech {

namespace {

void to_log(ggml_log_level, const char* text, void*) {
  std::string_view line(text);
  while (line.ends_with('\n')) line.remove_suffix(1);
  if (!line.empty()) core::log::debug("whisper", {{"said", line}});
}

bool has_gpu() {
  for (std::size_t i = 0; i < ::ggml_backend_dev_count(); ++i) {
    const auto type = ::ggml_backend_dev_type(::ggml_backend_dev_get(i));
    if (type == GGML_BACKEND_DEVICE_TYPE_GPU || type == GGML_BACKEND_DEVICE_TYPE_IGPU) return true;
  }
  return false;
}

}  // namespace

std::string_view name(GgmlDevice device) { return device == GgmlDevice::gpu ? "gpu" : "cpu"; }

void prepare_ggml(GgmlDevice device) {
  static std::once_flag once;
  std::call_once(once, [] {
    ::parakeet_log_set(to_log, nullptr);
    ::whisper_log_set(to_log, nullptr);
    ::ggml_backend_load_all();
  });
  if (device == GgmlDevice::gpu && !has_gpu())
    throw core::Error(
        core::ErrorCode::unavailable,
        "TRANSCRIBER_DEVICE is gpu, and ggml finds none here; install libggml0-backend-vulkan and the "
        "card's driver, or set it to cpu.");
}

}  // namespace reelwright::speech
