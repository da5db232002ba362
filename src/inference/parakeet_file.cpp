#include "inference/parakeet_file.h"

#include <fmt/format.h>

#include "inference/file_kind.h"
#include "inference/ggml_walk.h"

namespace reelwright::inference {

namespace {

constexpr std::uint64_t behind_magic = 4;
constexpr std::uint32_t longest_duration = 100;  // frames of 80 ms; NVIDIA's models have 4 at most

ParakeetShape read_shape(BlockReader& reader) {
  ParakeetShape shape;
  for (std::uint32_t* number :
       {&shape.words, &shape.audio_context, &shape.audio_state, &shape.audio_heads, &shape.audio_layers,
        &shape.mels, &shape.file_type, &shape.spectrum, &shape.subsampling, &shape.channels, &shape.kernel,
        &shape.text_state, &shape.text_layers, &shape.durations, &shape.words_a_frame})
    *number = reader.number<std::uint32_t>();
  if (std::string problem = shape_problem(shape); !problem.empty()) throw Unfit{std::move(problem)};
  return shape;
}

void walk_window(BlockReader& reader, const ParakeetShape& shape) {
  const auto length = reader.number<std::uint32_t>();
  if (length == 0 || length > shape.spectrum)
    throw Unfit{fmt::format("with a window of {} samples for a spectrum of {}", length, shape.spectrum)};
  reader.skip(std::uint64_t{length} * sizeof(float));
}

/// How many frames the decoder may go on; it would go back over a number that is too large.
void walk_durations(BlockReader& reader, const ParakeetShape& shape) {
  for (std::uint32_t i = 0; i < shape.durations; ++i)
    if (const auto frames = reader.number<std::uint32_t>(); frames > longest_duration)
      throw Unfit{fmt::format("with a duration of {} frames", frames)};
}

void walk_vocabulary(BlockReader& reader, const ParakeetShape& shape) {
  const auto words = reader.number<std::uint32_t>();
  if (words != shape.words)
    throw Unfit{fmt::format("that lists {} words in place of {}", words, shape.words)};
  walk_words(reader, words, [](std::string_view) {});
}

}  // namespace

ParakeetLook look_at_parakeet(int descriptor, std::uint64_t size) {
  BlockReader reader(descriptor, size, behind_magic);
  return look_by<ParakeetShape>("Parakeet", [&] {
    const ParakeetShape shape = read_shape(reader);
    walk_filters(reader, shape.mels, shape.spectrum / 2 + 1);
    walk_window(reader, shape);
    walk_durations(reader, shape);
    walk_vocabulary(reader, shape);
    walk_tensors(reader, parakeet_tensors(shape));
    return shape;
  });
}

ParakeetLook look_at_parakeet(const std::filesystem::path& file) {
  const FileLook look = look_at(file);
  if (look.kind != FileKind::ggml)
    return {.problem = fmt::format("{}, not a ggml model", description(look.kind))};
  if (look.is_whisper) return {.problem = "a Whisper model, not a Parakeet model"};
  const OpenFile opened = open_file(file);
  return look_at_parakeet(opened.descriptor.get(), opened.size);
}

}  // namespace reelwright::inference
