#pragma once

#include <string>
#include <vector>

namespace reelwright::sample_talk {

/// What the camera shows.
enum class Shot { walking, standing, close_up, pair, slide };

/// One sentence of the talk and how it is filmed. The same shot in a row is one shot without a cut.
struct Line {
  Shot shot = Shot::standing;
  std::string text;
};

/// Lines about one thing.
struct Topic {
  std::string heading;              ///< ASCII, short: it stands on the slide
  std::vector<std::string> points;  ///< ASCII, short: the slide's lines
  std::vector<Line> lines;
};

/// The talk: six topics, a little over three hundred words.
std::vector<Topic> talk();

}  // namespace reelwright::sample_talk
