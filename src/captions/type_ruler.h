#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "captions/page.h"
#include "captions/style.h"

namespace reelwright::captions {

/// A box in output pixels.
struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

/// Measures type by drawing it with libass, so that the layout sees the very glyphs (shaped, with fallback
/// fonts) that are burned in later. Outlines are not counted. Thread-confined.
class TypeRuler {
 public:
  TypeRuler(const Style& style, int width, int height, std::string language);
  ~TypeRuler();
  TypeRuler(TypeRuler&&) noexcept;
  TypeRuler& operator=(TypeRuler&&) noexcept;

  /// Ink width of `text` as the style shows it, in output pixels; 0 where nothing is drawn.
  double width(std::string_view text);

  /// Where each word of a line centred on x = 0 stands (only `x` and `width` are filled), at `scale`; in the
  /// order of the words, wherever their script puts them. Nothing for a word that draws nothing.
  std::vector<std::optional<Box>> words(const Line& line, double scale);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::captions
