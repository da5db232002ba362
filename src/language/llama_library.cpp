#include "language/llama_library.h"

#include <ggml-backend.h>
#include <llama.h>

#include <mutex>
#include <string_view>
#include <utility>

#include "core/log.h"
#include "core/text.h"

namespace reelwright::language {

namespace {

constexpr std::size_t longest_complaint = 300;

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library knows no other way
thread_local std::string complaint;

std::string_view trimmed(std::string_view line) {
  while (line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

void to_log(ggml_log_level level, const char* text, void*) {
  const std::string_view line = trimmed(text);
  if (line.empty()) return;
  core::log::debug("llama", {{"said", line}});
  // The first of several: those that follow say only that loading failed.
  if (level == GGML_LOG_LEVEL_ERROR && complaint.empty())
    complaint = core::printable(line, longest_complaint);
}

/// The library ends the process over what it did not foresee; then at least the log has its last words.
void to_log_at_the_end(const char* text) { core::log::error("llama.gave_up", {{"said", trimmed(text)}}); }

}  // namespace

void prepare_llama() {
  static std::once_flag once;
  std::call_once(once, [] {
    ::llama_log_set(to_log, nullptr);
    ::ggml_set_abort_callback(to_log_at_the_end);
    ::ggml_backend_load_all();
    ::llama_backend_init();
  });
}

std::string last_llama_complaint() { return std::exchange(complaint, {}); }

}  // namespace reelwright::language
