// Makes the sample talk that `./dev demo` cuts: two minutes, several topics, several shots.

#include <charconv>
#include <exception>
#include <iostream>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>

#include "core/error.h"
#include "core/time.h"
#include "sample_talk/film.h"
#include "sample_talk/narrator.h"
#include "sample_talk/scenery.h"
#include "sample_talk/script.h"

namespace reelwright::sample_talk {

namespace {

constexpr core::Time after_sentence{450'000};
constexpr core::Time after_topic{1'700'000};

/// Films line after line; no more than one line is in memory.
class Shooting {
 public:
  Shooting(const std::filesystem::path& file, cv::Size size)
      : film_(file, size), scenery_(size), picture_(size, CV_8UC3) {}

  void film(const Topic& topic) {
    scenery_.set_topic(topic);
    for (const Line& line : topic.lines)
      film_line(line, &line == &topic.lines.back() ? after_topic : after_sentence);
  }

  void finish() { film_.close(); }

 private:
  void film_line(const Line& line, core::Time pause) {
    if (line.shot != shot_) cut_at_ = seconds();
    shot_ = line.shot;
    const Narration narration = narrate(line.text, pause);
    for (std::size_t i = 0; i < narration.mouth_open.size(); ++i, ++frames_) {
      scenery_.draw(
          picture_, line.shot,
          {.seconds = seconds(), .in_shot = seconds() - cut_at_, .mouth_open = narration.mouth_open[i]});
      film_.write(picture_, std::span(narration.samples).subspan(i * samples_per_frame, samples_per_frame));
    }
  }

  double seconds() const { return static_cast<double>(frames_) / frames_per_second; }

  Film film_;
  Scenery scenery_;
  cv::Mat picture_;
  std::optional<Shot> shot_{};
  double cut_at_ = 0;
  long frames_ = 0;
};

void make(const std::filesystem::path& file, std::size_t topics) {
  Shooting shooting(file, {1280, 720});
  for (const Topic& topic : talk() | std::views::take(topics)) shooting.film(topic);
  shooting.finish();
}

/// A number from 1 on; nothing where `text` is none.
std::optional<std::size_t> count(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 ? std::optional(number)
                                                                                : std::nullopt;
}

}  // namespace

}  // namespace reelwright::sample_talk

int main(int argc, char** argv) {
  using namespace reelwright;
  const auto topics = argc == 3 ? sample_talk::count(argv[2]) : std::size_t{100};
  if (argc < 2 || argc > 3 || !topics) {
    std::cerr << "sample_talk: name the file to make, for example: sample_talk talk.mp4, "
                 "or sample_talk talk.mp4 2 for two topics only.\n";
    return core::exit_code(core::ErrorCode::invalid_input);
  }
  try {
    sample_talk::make(argv[1], *topics);
    return 0;
  } catch (const core::Error& error) {
    std::cerr << "sample_talk: " << error.what() << '\n';
    return core::exit_code(error.code());
  } catch (const std::exception& error) {
    std::cerr << "sample_talk: " << error.what() << '\n';
    return 1;
  }
}
