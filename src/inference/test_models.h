#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace reelwright::testing {

// Small files of each kind of model: their beginnings are right, what follows means nothing.

inline std::string whisper_model(std::size_t bytes = 100) {
  std::string model("lmgg\x99\xCA\x00\x00", 8);  // 51865 words
  model.resize(bytes, 'w');
  return model;
}

/// A word list, a number, and two tensors of which the second begins 32 bytes behind the first.
inline std::string gguf_model(std::size_t bytes = 300) {
  const auto number = [](std::uint64_t value, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return text;
  };
  const auto text = [&](const std::string& words) { return number(words.size(), 8) + words; };
  const auto tensor = [&](const std::string& name, std::uint64_t offset) {
    return text(name) + number(1, 4) + number(8, 8) + number(0, 4) + number(offset, 8);
  };
  std::string model = "GGUF" + number(3, 4) + number(2, 8) + number(2, 8);
  model += text("words") + number(9, 4) + number(8, 4) + number(2, 8) + text("a") + text("bc");
  model += text("layers") + number(4, 4) + number(7, 4) + tensor("first", 0) + tensor("second", 32);
  model.resize(bytes, 'g');
  return model;
}

/// A ModelProto: ir_version, producer_name, graph, opset_import. Of less than 16,000 bytes.
inline std::string onnx_model(std::size_t graph_bytes = 200) {
  std::string model("\x08\x07\x12\x04test", 8);
  model += '\x3A';
  model += static_cast<char>((graph_bytes & 0x7FU) | 0x80U);
  model += static_cast<char>(graph_bytes >> 7U);
  return model + std::string(graph_bytes, 'o') + std::string("\x42\x02\x10\x11", 4);
}

}  // namespace reelwright::testing
