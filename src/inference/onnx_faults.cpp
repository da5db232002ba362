#include <fmt/format.h>

#include <string_view>

#include "core/text.h"
#include "inference/onnx_runtime.h"

namespace reelwright::inference {

namespace {

using core::Error;
using core::ErrorCode;

std::string shown(const std::filesystem::path& file) { return core::printable(file.string()); }

/// The library has no code for models that are newer than itself, only words.
bool is_newer(std::string_view words) {
  return words.contains("opset") || words.contains("IR version") || words.contains("No Op registered");
}

}  // namespace

Error opening_error(const Ort::Exception& error, const std::filesystem::path& file) {
  const std::string_view words = error.what();
  if (error.GetOrtErrorCode() == ORT_INVALID_PROTOBUF)
    return {
        ErrorCode::invalid_input,
        fmt::format("{} is no ONNX model, or only a part of one; download or export it again.", shown(file)),
        error.what()};
  if (error.GetOrtErrorCode() == ORT_NOT_IMPLEMENTED || is_newer(words))
    return {ErrorCode::invalid_input,
            fmt::format("{} needs more than ONNX Runtime {} can do; export it with an older opset.",
                        shown(file), onnx_runtime_version()),
            error.what()};
  return {ErrorCode::invalid_input,
          fmt::format("{} cannot be used as an ONNX model; download or export it again.", shown(file)),
          error.what()};
}

Error running_error(const Ort::Exception& error, const std::filesystem::path& file) {
  return {ErrorCode::invalid_input,
          fmt::format("The model {} failed on its input; is it meant for this use? Choose another one.",
                      shown(file)),
          error.what()};
}

}  // namespace reelwright::inference
