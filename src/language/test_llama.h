#pragma once

#include <filesystem>

namespace reelwright::language {

/// A model of tests/fixtures/models/gguf_llama.py.
inline std::filesystem::path llama_fixture(const char* name) {
  return std::filesystem::path(TEST_MODELS) / name;
}

}  // namespace reelwright::language
