#include "inference/gguf_walk.h"

#include <algorithm>
#include <array>

#include "inference/block_reader.h"

namespace reelwright::inference {

namespace {

constexpr std::uint64_t header_start = 4;  // behind the magic
constexpr std::uint64_t usual_alignment = 32;
constexpr std::uint32_t string_type = 8;
constexpr std::uint32_t array_type = 9;
constexpr std::uint32_t most_dimensions = 8;
// Of the scalar types 0 to 7 and 10 to 12: u8 i8 u16 i16 u32 i32 f32 bool, u64 i64 f64.
constexpr std::array<std::uint64_t, 13> scalar_bytes{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

void skip_text(BlockReader& reader) { reader.skip(reader.number<std::uint64_t>()); }

void skip_values(BlockReader& reader, std::uint32_t type, std::uint64_t count) {
  if (type == string_type) {
    for (std::uint64_t i = 0; i < count; ++i) skip_text(reader);
    return;
  }
  if (type >= scalar_bytes.size() || scalar_bytes[type] == 0) throw Nonsense{};
  if (count > (std::uint64_t{1} << 60U)) throw Nonsense{};
  reader.skip(count * scalar_bytes[type]);
}

void skip_value(BlockReader& reader) {
  const auto type = reader.number<std::uint32_t>();
  if (type != array_type) return skip_values(reader, type, 1);
  const auto of = reader.number<std::uint32_t>();
  skip_values(reader, of, reader.number<std::uint64_t>());
}

/// Where the tensor begins, counted from the first one.
std::uint64_t tensor_offset(BlockReader& reader) {
  skip_text(reader);
  const auto dimensions = reader.number<std::uint32_t>();
  if (dimensions > most_dimensions) throw Nonsense{};
  reader.skip(dimensions * sizeof(std::uint64_t) + sizeof(std::uint32_t));
  return reader.number<std::uint64_t>();
}

Walk walk(BlockReader& reader, std::uint64_t size) {
  const auto version = reader.number<std::uint32_t>();
  if (version != 2 && version != 3) return Walk::other;
  const auto tensors = reader.number<std::uint64_t>();
  const auto pairs = reader.number<std::uint64_t>();
  for (std::uint64_t i = 0; i < pairs; ++i) {
    skip_text(reader);
    skip_value(reader);
  }
  std::uint64_t last = 0;
  for (std::uint64_t i = 0; i < tensors; ++i) last = std::max(last, tensor_offset(reader));
  // Another alignment than the usual one only moves the tensors further back.
  const std::uint64_t start = (reader.at() + usual_alignment - 1) / usual_alignment * usual_alignment;
  return tensors > 0 && (start >= size || last >= size - start) ? Walk::cut_short : Walk::whole;
}

}  // namespace

Walk walk_gguf(int descriptor, std::uint64_t size) {
  BlockReader reader(descriptor, size, header_start);
  try {
    return walk(reader, size);
  } catch (const CutShort&) {
    return Walk::cut_short;
  } catch (const Nonsense&) {
    return Walk::other;
  }
}

}  // namespace reelwright::inference
