#pragma once

#include <memory>
#include <string>

#include "core/context.h"
#include "speech/chunker.h"
#include "speech/whisper_decoder.h"
#include "speech/window_recognition.h"

namespace reelwright::speech {

/// Decoders of `model` that do the `task`, each on threads of its own.
WindowDecoders whisper_decoders(const std::shared_ptr<const WhisperModel>& model, const WhisperTask& task);

/// The language that is spoken in most of `source`: the mean over up to eight windows from all over it, since
/// beginnings are often music or a greeting in another tongue. English where nobody speaks.
std::string detect_language(const std::shared_ptr<const WhisperModel>& model, Chunker::Source source,
                            const core::Context& context);

}  // namespace reelwright::speech
