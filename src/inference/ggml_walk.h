#pragma once

// Inside `inference/` only.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "inference/block_reader.h"
#include "inference/ggml_look.h"
#include "inference/ggml_tensor.h"

namespace reelwright::inference {

/// Thrown with what follows "a ggml model ".
struct Unfit {
  std::string problem;
};

/// Walks over the filters from bins of the spectrum to bands, which must be `bands` by `bins`.
void walk_filters(BlockReader& reader, std::uint32_t bands, std::uint32_t bins);

/// Walks over the words of a vocabulary, each behind its length, and shows them to `see`.
void walk_words(BlockReader& reader, std::uint32_t count, const std::function<void(std::string_view)>& see);

/// Walks over all that is left, which must be the `awaited` tensors in any order.
void walk_tensors(BlockReader& reader, std::vector<GgmlTensor> awaited);

/// An open file and its size.
struct OpenFile {
  core::Descriptor descriptor;
  std::uint64_t size = 0;
};
OpenFile open_file(const std::filesystem::path& file);

/// What `walk` comes to: the shape that it gives, or why it cannot go on. `engine`: for whom it walks.
template <class Shape>
GgmlLook<Shape> look_by(std::string_view engine, const std::function<Shape()>& walk) {
  try {
    return {.shape = walk()};
  } catch (const CutShort&) {
    return {.cut_short = true, .problem = "cut short"};
  } catch (const Nonsense&) {
    return {.problem = "a ggml model, but not of " + std::string(engine)};
  } catch (const Unfit& unfit) {
    return {.problem = "a ggml model " + unfit.problem};
  }
}

}  // namespace reelwright::inference
