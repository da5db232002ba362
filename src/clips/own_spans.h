#pragma once

#include <string>
#include <vector>

#include "clips/selection.h"

namespace reelwright::clips {

/// Spans of the user's own, told of as `choose_clips` tells of what it chose: scored among the candidates of
/// the same talk. In their order, not numbered. Where nothing is said in a span it has neither score nor
/// reasons. Same input, same result. Throws `cancelled`.
std::vector<ChosenClip> describe_spans(const transcript::Transcript& transcript, const media::Envelope& sound,
                                       const SelectionRequest& request, const std::vector<core::Span>& spans,
                                       const core::Context& context = {});

/// All that is said between the ends of a span, which need not be those of sentences.
std::string text_in(const transcript::Transcript& transcript, core::Span span);

/// The beginning of that.
std::string said_in(const transcript::Transcript& transcript, core::Span span);

}  // namespace reelwright::clips
