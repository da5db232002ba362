#pragma once

#include <stop_token>

#include "language/model_options.h"

namespace reelwright::cli {

/// Has a language model on this machine write a word in a process of its own, confined as a job is, because
/// llama.cpp ends the process over what it did not foresee in a file. Does nothing where there is no such
/// model. What the model's own errors are is not said: loading it here will. Throws `invalid_input` where
/// the process was ended, `cancelled`, and `unavailable` where the system has no room for it.
void try_local_model(const language::ModelOptions& options, const std::stop_token& stop);

}  // namespace reelwright::cli
