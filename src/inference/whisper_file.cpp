#include "inference/whisper_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <map>

#include "core/files.h"
#include "core/text.h"
#include "inference/block_reader.h"
#include "inference/file_kind.h"

namespace reelwright::inference {

namespace {

constexpr std::uint64_t behind_magic = 4;
constexpr std::uint32_t bands_of_spectrum = 201;  // half of a window of 400 samples
constexpr std::uint32_t longest_word = 1000;
constexpr std::uint32_t longest_name = 200;
constexpr std::uint32_t most_dimensions = 3;

/// Thrown with what follows "a ggml model ".
struct Unfit {
  std::string problem;
};

WhisperShape read_shape(BlockReader& reader) {
  WhisperShape shape;
  for (std::uint32_t* number : {&shape.words, &shape.audio_context, &shape.audio_state, &shape.audio_heads,
                                &shape.audio_layers, &shape.text_context, &shape.text_state,
                                &shape.text_heads, &shape.text_layers, &shape.mels, &shape.file_type})
    *number = reader.number<std::uint32_t>();
  if (std::string problem = shape_problem(shape); !problem.empty()) throw Unfit{std::move(problem)};
  return shape;
}

void walk_bands(BlockReader& reader, const WhisperShape& shape) {
  const auto bands = reader.number<std::uint32_t>();
  const auto of = reader.number<std::uint32_t>();
  if (bands != shape.mels || of != bands_of_spectrum)
    throw Unfit{fmt::format("with filters of {} by {} instead of {} by {}", bands, of, shape.mels,
                            bands_of_spectrum)};
  reader.skip(std::uint64_t{bands} * of * sizeof(float));
}

void walk_vocabulary(BlockReader& reader, const WhisperShape& shape) {
  const auto words = reader.number<std::uint32_t>();
  if (words > shape.words) throw Unfit{fmt::format("that lists {} words in place of {}", words, shape.words)};
  bool has_space = false;
  for (std::uint32_t i = 0; i < words; ++i) {
    const auto length = reader.number<std::uint32_t>();
    if (length > longest_word) throw Unfit{fmt::format("whose word {} has {} letters", i, length)};
    has_space = reader.text(length) == " " || has_space;
  }
  if (!has_space) throw Unfit{"without a space among its words"};  // whisper.cpp looks it up unasked
}

WhisperTensor read_tensor(BlockReader& reader) {
  WhisperTensor tensor;
  const auto dimensions = reader.number<std::uint32_t>();
  const auto length = reader.number<std::uint32_t>();
  tensor.type = reader.number<std::uint32_t>();
  if (dimensions > most_dimensions || length > longest_name)
    throw Unfit{fmt::format("with something that is no tensor at byte {}", reader.at())};
  for (std::uint32_t i = 0; i < dimensions; ++i) tensor.size[i] = reader.number<std::uint32_t>();
  tensor.name = reader.text(length);
  return tensor;
}

std::string shown(const WhisperTensor& tensor) {
  return fmt::format("{} x {} x {} of type {}", tensor.size[0], tensor.size[1], tensor.size[2], tensor.type);
}

void walk_tensors(BlockReader& reader, const WhisperShape& shape) {
  std::map<std::string, WhisperTensor> awaited;
  for (WhisperTensor& tensor : whisper_tensors(shape)) awaited.emplace(tensor.name, std::move(tensor));
  while (!awaited.empty()) {
    const WhisperTensor found = read_tensor(reader);
    const auto wanted = awaited.find(found.name);
    if (wanted == awaited.end())
      throw Unfit{fmt::format("with a tensor {} that does not belong there",
                              core::printable(found.name, longest_name))};
    if (found != wanted->second)
      throw Unfit{fmt::format("whose tensor {} is {} instead of {}", found.name, shown(found),
                              shown(wanted->second))};
    reader.skip(bytes_of(found));
    awaited.erase(wanted);
  }
  if (!reader.at_end())
    throw Unfit{fmt::format("that goes on behind its last tensor, at byte {}", reader.at())};
}

}  // namespace

WhisperLook look_at_whisper(int descriptor, std::uint64_t size) {
  BlockReader reader(descriptor, size, behind_magic);
  try {
    const WhisperShape shape = read_shape(reader);
    walk_bands(reader, shape);
    walk_vocabulary(reader, shape);
    walk_tensors(reader, shape);
    return {.shape = shape};
  } catch (const CutShort&) {
    return {.cut_short = true, .problem = "cut short"};
  } catch (const Nonsense&) {
    return {.problem = "a ggml model, but not of Whisper"};
  } catch (const Unfit& unfit) {
    return {.problem = "a ggml model " + unfit.problem};
  }
}

WhisperLook look_at_whisper(const std::filesystem::path& file) {
  const FileLook look = look_at(file);
  if (look.kind != FileKind::ggml)
    return {.problem = fmt::format("{}, not a ggml model", description(look.kind))};
  const core::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (opened.get() < 0 || ::fstat(opened.get(), &facts) != 0) core::throw_errno(errno, "read", file);
  return look_at_whisper(opened.get(), static_cast<std::uint64_t>(facts.st_size));
}

}  // namespace reelwright::inference
