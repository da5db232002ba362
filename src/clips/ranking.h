#pragma once

#include <utility>
#include <vector>

#include "clips/job_stages.h"
#include "language/language_model.h"

namespace reelwright::clips {

/// A choice that a language model took part in.
/// Asks `model` about the alternatives of `selection`, window by window, and chooses anew among them. Its
/// score makes half of a candidate's (a reason of its own, `language_model`); its titles and opinions go onto
/// the clips. Spans are those of the candidates, whatever it says. What it does not judge keeps its score,
/// with the warning `candidates_unjudged`. Where it fails and is not required, the choice stays as it was,
/// with the warning `language_model_failed`. Throws what the model throws.
std::pair<Selection, bool> rank(const Source& source, const Words& words, const media::Envelope& sound,
                                const Selection& selection, const Options& options,
                                language::LanguageModel& model, stage::Workspace& workspace,
                                const core::Context& context, const language::TopicTools& topics = {});

}  // namespace reelwright::clips
