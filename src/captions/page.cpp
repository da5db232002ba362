#include "captions/page.h"

namespace reelwright::captions {

namespace {

void append(std::string& text, const PageWord& word) {
  if (!text.empty() && word.space_before) text += ' ';
  text += word.text;
}

}  // namespace

std::string Line::text() const {
  std::string text;
  for (const PageWord& word : words) append(text, word);
  return text;
}

std::string Page::text() const {
  std::string text;
  for (const Line& line : lines) {
    for (const PageWord& word : line.words) append(text, word);
  }
  return text;
}

}  // namespace reelwright::captions
