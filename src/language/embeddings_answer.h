#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "language/text_embedder.h"

namespace reelwright::language {

/// What `POST /embeddings` answers to so many texts: `{"data":[{"index","embedding"}]}`, in the order of the
/// indices, or as they stand where there are none; vectors as arrays, or as base64 of little-endian floats.
/// Nothing where it is anything else: another number of vectors, an index twice, vectors of two widths or of
/// none, something that is no number.
std::optional<Embeddings> read_embeddings(std::string_view body, std::size_t texts);

}  // namespace reelwright::language
