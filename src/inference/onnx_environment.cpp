#include <iostream>
#include <mutex>
#include <streambuf>
#include <thread>

#include "core/log.h"
#include "inference/onnx_runtime.h"

namespace reelwright::inference {

namespace {

/// While it lives, what this thread writes to std::cerr is dropped; what others write goes where it went.
class QuietThread : public std::streambuf {
 public:
  QuietThread() : usual_(std::cerr.rdbuf(this)) {}
  ~QuietThread() override { std::cerr.rdbuf(usual_); }
  QuietThread(const QuietThread&) = delete;
  QuietThread& operator=(const QuietThread&) = delete;

 protected:
  int_type overflow(int_type letter) override {
    return dropped() ? traits_type::not_eof(letter) : usual_->sputc(traits_type::to_char_type(letter));
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    return dropped() ? count : usual_->sputn(text, count);
  }
  int sync() override { return dropped() ? 0 : usual_->pubsync(); }

 private:
  bool dropped() const { return std::this_thread::get_id() == thread_; }

  std::thread::id thread_ = std::this_thread::get_id();
  std::streambuf* usual_;
};

// What ONNX Runtime logs as an error it throws as well; the sentence for the user is made of that.
void log_quietly(void*, OrtLoggingLevel, const char*, const char*, const char* where, const char* message) {
  core::log::debug("onnx.log", {{"where", where ? where : ""}, {"message", message ? message : ""}});
}

Ort::Env make_environment() {
  // Debian's libonnx makes its operators known by itself and then once more for ONNX Runtime, with a
  // complaint for each of some 600 that are known already.
  const QuietThread quiet;
  Ort::Env environment(ORT_LOGGING_LEVEL_ERROR, "reelwright", log_quietly, nullptr);
  environment.DisableTelemetryEvents();
  return environment;
}

Ort::Env& onnx_environment() {
  static Ort::Env environment = make_environment();
  return environment;
}

}  // namespace

Ort::Session make_session(const std::filesystem::path& file, const Ort::SessionOptions& options) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  // With the first model Debian's libonnx makes its operators known, and then once more for ONNX Runtime,
  // with a complaint for each of the 600 that are known by then.
  const QuietThread quiet;
  return {onnx_environment(), file.c_str(), options};
}

std::string onnx_runtime_version() { return Ort::GetVersionString(); }

}  // namespace reelwright::inference
