#pragma once

#include <cstddef>
#include <string>

namespace reelwright::testing {

// Small files of each kind of model: their beginnings are right, what follows means nothing.

inline std::string whisper_model(std::size_t bytes = 100) {
  std::string model("lmgg\x99\xCA\x00\x00", 8);  // 51865 words
  model.resize(bytes, 'w');
  return model;
}

inline std::string gguf_model(std::size_t bytes = 100) {
  std::string model("GGUF\x03\x00\x00\x00", 8);
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
