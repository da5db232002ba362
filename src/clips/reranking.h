#pragma once

#include <functional>
#include <vector>

#include "clips/judgement.h"
#include "clips/selection.h"

namespace reelwright::clips {

/// Tells of spans in words: `describe_spans`.
using DescribeSpans = std::function<std::vector<ChosenClip>(const std::vector<core::Span>&)>;

/// The choice of `selection` made anew with what a language model says of its alternatives (`candidate` is
/// the index there). The same optimum as of `choose_clips`; where none is left over the floor, the best one.
/// Same input, same result.
Selection reranked(Selection selection, const std::vector<Judgement>& judgements, std::size_t count,
                   const DescribeSpans& describe);

}  // namespace reelwright::clips
