#pragma once

// For this room's own files alone: the rest of the program does not see ONNX Runtime's headers.
#include <onnxruntime_cxx_api.h>

#include <filesystem>

#include "core/error.h"
#include "inference/onnx_session.h"
#include "inference/onnx_tensor.h"

namespace reelwright::inference {

/// Loads a model into the one environment of the process, which has no telemetry and logs only for debugging.
/// Thread-safe. Throws what ONNX Runtime throws.
Ort::Session make_session(const std::filesystem::path& file, const Ort::SessionOptions& options);

/// Throws `unavailable` for a provider that this library lacks, naming those it has.
Ort::SessionOptions session_options(const OnnxOptions& options);

/// What to tell the user where `file` could not be opened.
core::Error opening_error(const Ort::Exception& error, const std::filesystem::path& file);

/// What to tell the user where the model of `file` failed while it ran.
core::Error running_error(const Ort::Exception& error, const std::filesystem::path& file);

/// What the model tells of its inputs or outputs.
std::vector<TensorFacts> input_facts(const Ort::Session& session);
std::vector<TensorFacts> output_facts(const Ort::Session& session);
std::map<std::string, std::string> metadata_of(const Ort::Session& session);

}  // namespace reelwright::inference
