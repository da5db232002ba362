#include "clips/signals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "clips/signals_opening.h"
#include "clips/signals_sound.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;

/// Builds a talk sentence by sentence, its words evenly spread.
struct Builder {
  Talk talk;

  Builder& say(double start, double end, const std::string& text, std::size_t topic = 0, bool closed = true) {
    const auto first = talk.words.size();
    const auto count = static_cast<double>(1 + std::ranges::count(text, ' '));
    std::size_t begin = 0;
    for (double k = 0; k < count; ++k) {
      const auto stop = std::min(text.find(' ', begin), text.size());
      talk.words.push_back({text.substr(begin, stop - begin), from_seconds(start + (end - start) * k / count),
                            from_seconds(start + (end - start) * (k + 1) / count)});
      begin = stop + 1;
    }
    talk.sentences.push_back(
        {first, talk.words.size(), {from_seconds(start), from_seconds(end)}, text, "", closed});
    talk.topic_of.push_back(topic);
    return *this;
  }

  std::vector<SignalValues> measure(const std::vector<Candidate>& candidates,
                                    const media::Envelope& sound = {}) const {
    const language::Salience salience(talk.sentences, language::Lexer());
    return measure_signals(talk, candidates, salience, sound, from_seconds(30), {});
  }

  Candidate run(std::size_t first, std::size_t end) const {
    return {first, end, {talk.sentences[first].span.start, talk.sentences[end - 1].span.end}};
  }
};

double value(const SignalValues& values, std::string_view name) {
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (signal_kinds[i].name == name) return values[i];
  }
  ADD_FAILURE() << "no signal " << name;
  return -1;
}

double opening(double (*signal)(const language::Sentence&, const std::vector<language::Term>&),
               const std::string& text) {
  const std::vector<language::Sentence> talk = {{0, 1, {}, text, "", true}};
  const language::Salience salience(talk, language::Lexer());
  return signal(talk.front(), salience.terms(0));
}

TEST(Signals, WeightsSumToOne) {
  double sum = 0;
  for (const auto& kind : signal_kinds) sum += kind.weight;
  EXPECT_NEAR(sum, 1, 1e-12);
  SignalValues all{};
  all.fill(1);
  EXPECT_NEAR(score_of(all), 1, 1e-12);
}

TEST(Signals, AnOpeningThatLeansOnTheContextStandsLessAlone) {
  const double plain = opening(stands_alone, "Printing changed Europe within fifty years.");
  EXPECT_EQ(plain, 1);
  for (const auto* text : {"It changed Europe within fifty years.", "And printing changed Europe.",
                           "Yeah, printing changed Europe.", "This invention changed Europe.",
                           "Is that printing changed Europe.", "printing changed Europe.", "Uh."}) {
    EXPECT_LT(opening(stands_alone, text), plain) << text;
  }
  EXPECT_GT(opening(stands_alone, "This invention changed Europe."),
            opening(stands_alone, "This is what changed Europe."));
}

TEST(Signals, HooksAreHeard) {
  const double plain = opening(hook, "Printers in Venice used metal letters.");
  EXPECT_EQ(plain, 0);
  for (const auto* text :
       {"Why did printers use metal letters?", "The biggest printers used metal.", "You need 40 letters.",
        "Imagine a printer in Venice.", "Nobody used metal letters."}) {
    EXPECT_GT(opening(hook, text), 0.2) << text;
  }
}

TEST(Signals, TopicsCountAtBothEnds) {
  const auto talk = Builder()
                        .say(0, 10, "Bees dance in the dark hive.", 0)
                        .say(10, 20, "Flowers feed the hungry bees.", 0)
                        .say(20, 30, "Sails pull boats like wings.", 1)
                        .say(30, 40, "Boats tack against strong winds.", 1);
  const auto all = talk.measure({talk.run(0, 2), talk.run(1, 3), talk.run(2, 4)});
  EXPECT_EQ(value(all[0], "starts_topic"), 1);
  EXPECT_EQ(value(all[1], "starts_topic"), 0);
  EXPECT_EQ(value(all[2], "starts_topic"), 1);
  EXPECT_GT(value(all[0], "complete"), value(all[1], "complete"));
  EXPECT_EQ(value(all[0], "one_topic"), 1);
  EXPECT_NEAR(value(all[1], "one_topic"), 0.5, 1e-9);
}

TEST(Signals, AnEndInTheMiddleOfAThoughtIsNotComplete) {
  const auto talk = Builder()
                        .say(0, 10, "Bees dance in the dark hive.")
                        .say(10, 20, "Other bees follow with the.")
                        .say(20, 30, "Dancing bees point at the sun.");
  const auto all = talk.measure({talk.run(0, 1), talk.run(0, 2)});
  EXPECT_GT(value(all[0], "complete"), 2 * value(all[1], "complete"));
}

TEST(Signals, AStartAfterABrokenSentenceDoesNotStandAlone) {
  const auto talk =
      Builder().say(0, 10, "Bees follow with the.").say(10, 20, "Dancing bees point at the sun.");
  const auto all = talk.measure({talk.run(1, 2)});
  EXPECT_EQ(value(all[0], "stands_alone"), 0.5);
}

TEST(Signals, SilenceIsNotFluent) {
  const auto talk = Builder()
                        .say(0, 10, "Bees dance in the dark hive.")
                        .say(10, 20, "Flowers feed the hungry bees.")
                        .say(35, 45, "Sails pull boats like wings.");
  const auto all = talk.measure({talk.run(0, 2), talk.run(1, 3)});
  EXPECT_EQ(value(all[0], "fluent"), 1);
  EXPECT_LT(value(all[1], "fluent"), 0.4);
}

TEST(Signals, LengthIsBestAtTheIdeal) {
  const auto talk =
      Builder().say(0, 15, "Bees dance.").say(15, 30, "Flowers grow.").say(30, 60, "Boats sail.");
  const auto all = talk.measure({talk.run(0, 1), talk.run(0, 2), talk.run(0, 3)});
  EXPECT_NEAR(value(all[1], "length"), 1, 1e-9);
  EXPECT_LT(value(all[0], "length"), 0.5);
  EXPECT_NEAR(value(all[0], "length"), value(all[2], "length"), 1e-9);
}

TEST(Signals, DenseIsMoreContentInTheSameTime) {
  const auto talk = Builder()
                        .say(0, 10, "It is what it is and so it was.")
                        .say(10, 20, "Sails, masts, ropes, anchors, rudders and keels make ships.");
  const auto all = talk.measure({talk.run(0, 1), talk.run(1, 2)});
  EXPECT_EQ(value(all[0], "dense"), 0);
  EXPECT_EQ(value(all[1], "dense"), 1);
}

TEST(Signals, EnergyAndFallAreHeardInTheSound) {
  const auto talk =
      Builder().say(0, 10, "Bees dance in the dark hive.").say(12, 22, "Sails pull boats like wings.");
  media::Envelope sound{{}, std::chrono::milliseconds(10), std::vector<float>(2300, -90)};
  for (std::size_t i = 0; i < 1000; ++i) sound.decibels[i] = i % 200 < 100 ? -18.0F : -26.0F;
  for (std::size_t i = 940; i < 1000; ++i) sound.decibels[i] = -34;
  for (std::size_t i = 1200; i < 2200; ++i) sound.decibels[i] = -35;
  const auto all = talk.measure({talk.run(0, 1), talk.run(1, 2)}, sound);
  EXPECT_EQ(value(all[0], "energy"), 1);
  EXPECT_EQ(value(all[1], "energy"), 0);
  EXPECT_NEAR(value(all[0], "ends_on_fall"), 1, 1e-6);
  EXPECT_NEAR(value(all[1], "ends_on_fall"), 0.5, 1e-6);
}

TEST(Signals, WithoutSoundEnergyIsNeutral) {
  const auto talk =
      Builder().say(0, 10, "Bees dance in the dark hive.").say(12, 22, "Sails pull boats like wings.");
  for (const auto& values : talk.measure({talk.run(0, 1), talk.run(1, 2)}))
    EXPECT_EQ(value(values, "energy"), 0.5);
}

TEST(Signals, InterpolatedWordsAreNotTrusted) {
  auto builder = Builder().say(0, 10, "Bees dance in hives.");
  builder.talk.words[0].timing = transcript::Timing::interpolated;
  builder.talk.words[1].probability = 0.5;
  EXPECT_NEAR(value(builder.measure({builder.run(0, 1)})[0], "confidence"), 2.5 / 4, 1e-9);
}

TEST(Loudness, LeavesOutPauses) {
  const media::Envelope sound{
      {}, std::chrono::milliseconds(10), {-20, -20, -90, -30, -30, -90, -90, -90, -90, -90}};
  const auto level = Loudness(sound).level({core::Time{}, std::chrono::milliseconds(100)});
  EXPECT_NEAR(level.mean, -25, 1e-9);
  EXPECT_NEAR(level.deviation, 5, 1e-9);
  EXPECT_FALSE(Loudness(media::Envelope{}).known());
  EXPECT_EQ(Loudness(sound).level({std::chrono::seconds(9), std::chrono::seconds(10)}).mean, 0);
}

}  // namespace
}  // namespace reelwright::clips
