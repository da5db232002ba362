#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "inference/whisper_shape.h"

namespace reelwright::testing {

// Small files of each kind of model: their headers are right, what follows means nothing.

/// Whisper's ggml in its smallest shape, multilingual, of at least `bytes`.
inline std::string whisper_model(std::size_t bytes = 0) {
  const inference::WhisperShape shape{.words = 51865,
                                      .audio_context = 1500,
                                      .audio_state = 1,
                                      .audio_heads = 1,
                                      .audio_layers = 1,
                                      .text_context = 64,
                                      .text_state = 1,
                                      .text_heads = 1,
                                      .text_layers = 1,
                                      .mels = 80,
                                      .file_type = 1};
  std::string weights;
  const auto number = [](std::string& to, std::uint32_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) to += static_cast<char>((value >> shift) & 0xFFU);
  };
  for (const inference::GgmlTensor& tensor : whisper_tensors(shape)) {
    for (const std::uint32_t value : {static_cast<std::uint32_t>(tensor.size.size()),
                                      static_cast<std::uint32_t>(tensor.name.size()), tensor.type})
      number(weights, value);
    for (const std::uint32_t size : tensor.size) number(weights, size);
    weights += tensor.name;
    weights.resize(weights.size() + bytes_of(tensor), 'w');
  }
  std::string model = "lmgg";
  for (const std::uint32_t value : {51865, 1500, 1, 1, 1, 64, 1, 1, 1, 80, 1, 80, 201}) number(model, value);
  model.resize(model.size() + std::size_t{80} * 201 * sizeof(float), 'f');
  // A space, and as much more as is asked for.
  std::string words;
  number(words, 1);
  words += ' ';
  std::uint32_t count = 1;
  for (std::size_t size = model.size() + 4 + words.size() + weights.size(); size + 5 <= bytes; ++count) {
    const std::size_t rest = bytes - size;
    const std::size_t letters = rest < 10 ? rest - 4 : 1;
    number(words, static_cast<std::uint32_t>(letters));
    words.append(letters, 'x');
    size += 4 + letters;
  }
  number(model, count);
  return model + words + weights;
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
