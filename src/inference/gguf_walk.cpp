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
constexpr std::uint64_t longest_text = 200;  // bytes of what is kept; texts of a model may be long
constexpr std::size_t most_facts = 4096;     // models have some dozens
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

/// Empty where it is a long one.
std::string short_text(BlockReader& reader) {
  const auto bytes = reader.number<std::uint64_t>();
  if (bytes <= longest_text) return reader.text(bytes);
  reader.skip(bytes);
  return {};
}

/// Of the whole numbers without a sign, and of those with one that have none.
std::optional<std::uint64_t> whole_number(BlockReader& reader, std::uint32_t type) {
  const auto positive = [](std::int64_t number) {
    return number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(number));
  };
  switch (type) {
    case 0:
      return reader.number<std::uint8_t>();
    case 1:
      return positive(reader.number<std::int8_t>());
    case 2:
      return reader.number<std::uint16_t>();
    case 3:
      return positive(reader.number<std::int16_t>());
    case 4:
      return reader.number<std::uint32_t>();
    case 5:
      return positive(reader.number<std::int32_t>());
    case 10:
      return reader.number<std::uint64_t>();
    case 11:
      return positive(reader.number<std::int64_t>());
    default:
      skip_values(reader, type, 1);
      return {};
  }
}

void read_value(BlockReader& reader, const std::string& key, GgufHeader& header) {
  const auto type = reader.number<std::uint32_t>();
  if (type == array_type) {
    const auto of = reader.number<std::uint32_t>();
    skip_values(reader, of, reader.number<std::uint64_t>());
    if (!key.empty() && header.lists.size() < most_facts) header.lists.insert(key);
  } else if (type == string_type) {
    std::string text = short_text(reader);
    if (!key.empty() && header.texts.size() < most_facts) header.texts[key] = std::move(text);
  } else if (const auto number = whole_number(reader, type);
             number && !key.empty() && header.numbers.size() < most_facts) {
    header.numbers[key] = *number;
  }
}

/// Where the tensor begins, counted from the first one.
std::uint64_t tensor_offset(BlockReader& reader) {
  skip_text(reader);
  const auto dimensions = reader.number<std::uint32_t>();
  if (dimensions > most_dimensions) throw Nonsense{};
  reader.skip(dimensions * sizeof(std::uint64_t) + sizeof(std::uint32_t));
  return reader.number<std::uint64_t>();
}

Walk walk(BlockReader& reader, std::uint64_t size, GgufHeader& header) {
  const auto version = reader.number<std::uint32_t>();
  if (version != 2 && version != 3) return Walk::other;
  const auto tensors = reader.number<std::uint64_t>();
  const auto pairs = reader.number<std::uint64_t>();
  for (std::uint64_t i = 0; i < pairs; ++i) {
    const std::string key = short_text(reader);
    read_value(reader, key, header);
  }
  std::uint64_t last = 0;
  for (std::uint64_t i = 0; i < tensors; ++i) last = std::max(last, tensor_offset(reader));
  // Another alignment than the usual one only moves the tensors further back.
  const std::uint64_t start = (reader.at() + usual_alignment - 1) / usual_alignment * usual_alignment;
  return tensors > 0 && (start >= size || last >= size - start) ? Walk::cut_short : Walk::whole;
}

}  // namespace

Walk walk_gguf(int descriptor, std::uint64_t size, GgufHeader* header) {
  BlockReader reader(descriptor, size, header_start);
  GgufHeader nobody;
  try {
    return walk(reader, size, header ? *header : nobody);
  } catch (const CutShort&) {
    return Walk::cut_short;
  } catch (const Nonsense&) {
    return Walk::other;
  }
}

}  // namespace reelwright::inference
