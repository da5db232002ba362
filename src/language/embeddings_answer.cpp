#include "language/embeddings_answer.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <glaze/glaze.hpp>
#include <string>
#include <variant>

#include "core/encoding.h"

namespace reelwright::language {

// As it stands on the wire. Named, not in an unnamed namespace: glaze reflects it.
struct EmbeddingJson {
  std::optional<std::size_t> index;
  std::variant<std::vector<float>, std::string> embedding;
};

struct EmbeddingsAnswerJson {
  std::optional<std::vector<EmbeddingJson>> data;
};

namespace {

static_assert(std::endian::native == std::endian::little);

/// Empty where it is none.
std::vector<float> vector_of(const EmbeddingJson& json) {
  if (const auto* numbers = std::get_if<std::vector<float>>(&json.embedding)) return *numbers;
  const auto bytes = core::from_base64(std::get<std::string>(json.embedding));
  if (!bytes || bytes->size() % sizeof(float) != 0) return {};
  std::vector<float> numbers(bytes->size() / sizeof(float));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes->data(), bytes->size());
  return numbers;
}

}  // namespace

std::optional<Embeddings> read_embeddings(std::string_view body, std::size_t texts) {
  EmbeddingsAnswerJson json;
  if (glz::read<glz::opts{.error_on_unknown_keys = false}>(json, body)) return {};
  if (!json.data || json.data->size() != texts) return {};
  Embeddings made{.texts = texts};
  std::vector<bool> is_there(texts);
  for (std::size_t place = 0; place < texts; ++place) {
    const EmbeddingJson& entry = (*json.data)[place];
    const std::size_t index = entry.index.value_or(place);
    const std::vector<float> vector = vector_of(entry);
    if (place == 0) {
      made.width = vector.size();
      made.values.resize(texts * made.width);
    }
    const bool is_sound = std::ranges::all_of(vector, [](float value) { return std::isfinite(value); });
    if (vector.empty() || vector.size() != made.width || !is_sound || index >= texts || is_there[index])
      return {};
    is_there[index] = true;
    std::ranges::copy(vector, made.values.begin() + static_cast<std::ptrdiff_t>(index * made.width));
  }
  return made;
}

}  // namespace reelwright::language
