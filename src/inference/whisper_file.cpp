#include "inference/whisper_file.h"

#include <fmt/format.h>

#include "inference/file_kind.h"
#include "inference/ggml_walk.h"

namespace reelwright::inference {

namespace {

constexpr std::uint64_t behind_magic = 4;
constexpr std::uint32_t bins_of_spectrum = 201;  // half of a window of 400 samples

WhisperShape read_shape(BlockReader& reader) {
  WhisperShape shape;
  for (std::uint32_t* number : {&shape.words, &shape.audio_context, &shape.audio_state, &shape.audio_heads,
                                &shape.audio_layers, &shape.text_context, &shape.text_state,
                                &shape.text_heads, &shape.text_layers, &shape.mels, &shape.file_type})
    *number = reader.number<std::uint32_t>();
  if (std::string problem = shape_problem(shape); !problem.empty()) throw Unfit{std::move(problem)};
  return shape;
}

void walk_vocabulary(BlockReader& reader, const WhisperShape& shape) {
  const auto words = reader.number<std::uint32_t>();
  if (words > shape.words) throw Unfit{fmt::format("that lists {} words in place of {}", words, shape.words)};
  bool has_space = false;
  walk_words(reader, words, [&](std::string_view word) { has_space = has_space || word == " "; });
  if (!has_space) throw Unfit{"without a space among its words"};  // whisper.cpp looks it up unasked
}

}  // namespace

WhisperLook look_at_whisper(int descriptor, std::uint64_t size) {
  BlockReader reader(descriptor, size, behind_magic);
  return look_by<WhisperShape>("Whisper", [&] {
    const WhisperShape shape = read_shape(reader);
    walk_filters(reader, shape.mels, bins_of_spectrum);
    walk_vocabulary(reader, shape);
    walk_tensors(reader, whisper_tensors(shape));
    return shape;
  });
}

WhisperLook look_at_whisper(const std::filesystem::path& file) {
  const FileLook look = look_at(file);
  if (look.kind != FileKind::ggml)
    return {.problem = fmt::format("{}, not a ggml model", description(look.kind))};
  if (look.is_parakeet) return {.problem = "a Parakeet model, not a Whisper model"};
  const OpenFile opened = open_file(file);
  return look_at_whisper(opened.descriptor.get(), opened.size);
}

}  // namespace reelwright::inference
