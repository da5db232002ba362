#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "language/line.h"

/// Texts in the words whose themes the test models know (tests/fixtures/models/embedder_themes.py).
namespace reelwright::language {

inline std::filesystem::path test_model(const std::string& name) {
  return std::filesystem::path(TEST_MODELS) / name;
}

/// Two lines on gardens, six on engines and three on bread, no word of a theme twice: only a model knows what
/// they share.
inline std::vector<Line> lines_without_common_words() {
  std::vector<Line> lines;
  for (const char* text :
       {"The rose is in the soil of a garden.", "Flowers and seeds in water.",  //
        "An engine is a piston.", "Petrol to the crank.", "Gear and valve and fuel.", "A motor is the spark.",
        "The wheel.", "Brake and drive it!",  //
        "Bread is of dough.", "Flour and yeast to the oven.", "Bake, knead and crust a loaf."})
    lines.push_back({text, {}, {}});
  return lines;
}

}  // namespace reelwright::language
