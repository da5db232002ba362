#pragma once

#include <array>
#include <iterator>
#include <random>
#include <string>

#include "support/spoken_transcript.h"

namespace reelwright::bench {

/// A made-up talk of so many sentences, three words a second, a new subject every 40 sentences; always the
/// same.
inline transcript::Transcript talk_of(int sentences) {
  static constexpr std::array subjects = {
      "bees hive flower nectar pollen swarm", "boats sail anchor harbour mast tide",
      "bread dough oven flour yeast crust", "engines piston petrol crank valve gear",
      "stars orbit comet planet lens moon"};
  std::mt19937 random(1);
  transcript::Transcript talk;
  for (int i = 0; i < sentences; ++i) {
    std::istringstream in(subjects[static_cast<std::size_t>(i / 40) % subjects.size()]);
    const std::vector<std::string> nouns{std::istream_iterator<std::string>(in), {}};
    const auto noun = [&] { return nouns[random() % nouns.size()]; };
    const double start = talk.empty() ? 0.5 : core::to_seconds(talk.segments.back().end) + 0.4;
    testing::say(talk, start,
                 "We say that the " + noun() + " needs a " + noun() + " and some " + noun() + ".");
  }
  return talk;
}

}  // namespace reelwright::bench
