#include "vision/subject_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ranges>
#include <string>

#include "core/error.h"
#include "core/text.h"

namespace reelwright::vision {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array people{"person"sv, "people"sv, "human"sv,   "man"sv,  "woman"sv,
                            "boy"sv,    "girl"sv,   "child"sv,   "face"sv, "pedestrian"sv,
                            "player"sv, "dancer"sv, "speaker"sv, "head"sv};
// The classes of COCO first, then what other common sets of pictures name.
constexpr std::array animals{
    "bird"sv,   "cat"sv,     "dog"sv,      "horse"sv, "sheep"sv,    "cow"sv,     "elephant"sv, "bear"sv,
    "zebra"sv,  "giraffe"sv, "animal"sv,   "puppy"sv, "kitten"sv,   "chicken"sv, "duck"sv,     "goose"sv,
    "fish"sv,   "rabbit"sv,  "pig"sv,      "goat"sv,  "deer"sv,     "fox"sv,     "wolf"sv,     "lion"sv,
    "tiger"sv,  "leopard"sv, "monkey"sv,   "camel"sv, "kangaroo"sv, "penguin"sv, "turtle"sv,   "snake"sv,
    "lizard"sv, "frog"sv,    "squirrel"sv, "whale"sv, "dolphin"sv,  "shark"sv};
constexpr std::array vehicles{"bicycle"sv,    "car"sv,   "motorcycle"sv, "airplane"sv, "bus"sv,
                              "train"sv,      "truck"sv, "boat"sv,       "vehicle"sv,  "motorbike"sv,
                              "aeroplane"sv,  "van"sv,   "taxi"sv,       "tractor"sv,  "ship"sv,
                              "helicopter"sv, "tram"sv,  "scooter"sv};

struct Word {
  std::string_view text;
  Subject subject;
};
constexpr std::array<Word, 4> words{{{"person", Subject::person},
                                     {"animal", Subject::animal},
                                     {"vehicle", Subject::vehicle},
                                     {"any", Subject::thing}}};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

void append(std::vector<Subject>& subjects, std::string_view text) {
  const auto* word = std::ranges::find(words, text, &Word::text);
  if (word == words.end() || std::ranges::contains(subjects, word->subject))
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("SUBJECTS has '{}'; give each of person, animal, vehicle and any at most once, the "
                    "most wanted first, with commas between.",
                    core::printable(text, 100)));
  if (word->subject == Subject::person) subjects.push_back(Subject::face);
  subjects.push_back(word->subject);
}

}  // namespace

Subject subject_of_class(std::string_view class_name) {
  std::string name(class_name);
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (std::ranges::contains(people, name)) return Subject::person;
  if (std::ranges::contains(animals, name)) return Subject::animal;
  if (std::ranges::contains(vehicles, name)) return Subject::vehicle;
  return Subject::thing;
}

std::vector<Subject> read_subjects(std::string_view text) {
  std::vector<Subject> subjects;
  for (const auto part : std::views::split(text, ',')) append(subjects, trimmed(std::string_view(part)));
  if (subjects.empty()) append(subjects, text);
  return subjects;
}

}  // namespace reelwright::vision
