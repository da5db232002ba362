#include "clips/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "support/spoken_transcript.h"

namespace reelwright::clips {
namespace {

using core::from_seconds;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::say;

SelectionRequest request(int count, double min, double max, double source) {
  SelectionRequest asked;
  asked.count = count;
  asked.min_duration = from_seconds(min);
  asked.max_duration = from_seconds(max);
  asked.source_duration = from_seconds(source);
  return asked;
}

auto warns(const char* code) { return Contains(Field(&core::Warning::code, code)); }

/// Topics of about 20 s on subjects of their own, half a second of silence between the sentences.
transcript::Transcript talk_of(std::size_t topics, double& end) {
  static const char* const subjects[] = {"bees hive flower nectar",  "boats sail anchor harbour",
                                         "bread dough oven flour",   "engines piston petrol crank",
                                         "stars orbit comet planet", "letters print press paper"};
  static const char* const patterns[] = {
      "Let's talk about %0 and every %1 we know.", "The %0 depend on a good %1 and some %2.",
      "Nobody believed that a %1 could change the %0.", "Old books say that %2 makes the %3 better.",
      "Most %0 need the %3 more than the %2."};
  transcript::Transcript transcript;
  double at = 0.5;
  for (std::size_t topic = 0; topic < topics; ++topic) {
    std::istringstream in(subjects[topic % std::size(subjects)]);
    std::vector<std::string> words{std::istream_iterator<std::string>(in), {}};
    for (const std::string pattern : patterns) {
      std::string text;
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '%')
          text += words[static_cast<std::size_t>(pattern[++i] - '0')];
        else
          text += pattern[i];
      }
      say(transcript, at, text);
      at = core::to_seconds(transcript.segments.back().end) + 0.5;
    }
    at += 1;
  }
  end = at;
  return transcript;
}

void expect_sound(const Selection& selection, const transcript::Transcript& transcript,
                  const SelectionRequest& asked) {
  EXPECT_LE(selection.clips.size(), static_cast<std::size_t>(asked.count));
  int number = 0;
  double last_score = 1;
  for (const auto& clip : selection.clips) {
    EXPECT_EQ(clip.number, ++number);
    EXPECT_LE(clip.score, last_score);
    last_score = clip.score;
    EXPECT_GE(clip.span.start, core::Time{});
    EXPECT_LE(clip.span.end, asked.source_duration);
    EXPECT_GE(clip.span.duration(), asked.min_duration);
    EXPECT_LE(clip.span.duration(), asked.max_duration);
    EXPECT_FALSE(clip.title.empty());
    EXPECT_FALSE(clip.description.empty());
    EXPECT_FALSE(clip.text_preview.empty());
    double sum = 0;
    for (const auto& reason : clip.reasons) {
      EXPECT_TRUE(reason.value >= 0 && reason.value <= 1) << reason.name;
      sum += reason.value * reason.weight;
    }
    EXPECT_NEAR(clip.score, sum, 1e-9);
    for (const auto& word : transcript.words()) {
      EXPECT_FALSE(word.start < clip.span.start && clip.span.start < word.end)
          << "the clip begins inside a word";
      EXPECT_FALSE(word.start < clip.span.end && clip.span.end < word.end) << "the clip ends inside a word";
    }
    for (const auto& other : selection.clips) {
      if (&other != &clip) {
        EXPECT_FALSE(clip.span.overlaps(other.span));
      }
    }
  }
}

TEST(ChooseClips, KeepsTheRules) {
  double end = 0;
  const auto transcript = talk_of(6, end);
  for (const int count : {1, 3, 5, 20}) {
    const auto asked = request(count, 10, 30, end);
    const auto selection = choose_clips(transcript, {}, asked);
    expect_sound(selection, transcript, asked);
    EXPECT_FALSE(selection.clips.empty());
    EXPECT_LE(selection.alternatives.size(), 50U);
    EXPECT_GE(selection.alternatives.front().score, selection.clips.front().score);
  }
}

TEST(ChooseClips, SpreadsOverTheTopicsAndStartsWithThem) {
  double end = 0;
  const auto transcript = talk_of(6, end);
  const auto selection = choose_clips(transcript, {}, request(6, 12, 30, end));
  EXPECT_EQ(selection.clips.size(), 6U);
  int starts = 0;
  for (const auto& clip : selection.clips) starts += clip.reasons.front().value == 1 ? 1 : 0;
  EXPECT_GE(starts, 5);
  std::set<std::string> titles;
  for (const auto& clip : selection.clips) titles.insert(clip.title);
  EXPECT_EQ(titles.size(), selection.clips.size());
}

TEST(ChooseClips, GivesTheSameTwice) {
  double end = 0;
  const auto transcript = talk_of(5, end);
  const auto one = choose_clips(transcript, {}, request(4, 10, 30, end));
  const auto two = choose_clips(transcript, {}, request(4, 10, 30, end));
  ASSERT_EQ(one.clips.size(), two.clips.size());
  for (std::size_t i = 0; i < one.clips.size(); ++i) {
    EXPECT_EQ(one.clips[i].span, two.clips[i].span);
    EXPECT_EQ(one.clips[i].title, two.clips[i].title);
    EXPECT_EQ(one.clips[i].score, two.clips[i].score);
  }
}

TEST(ChooseClips, WarnsWhereTheTalkHoldsFewer) {
  double end = 0;
  const auto transcript = talk_of(2, end);
  const auto selection = choose_clips(transcript, {}, request(20, 15, 30, end));
  EXPECT_LT(selection.clips.size(), 20U);
  EXPECT_THAT(selection.warnings, warns("fewer_clips"));
  EXPECT_THAT(choose_clips(transcript, {}, request(1, 15, 30, end)).warnings, IsEmpty());
}

TEST(ChooseClips, ASourceShorterThanAClipIsOneClip) {
  transcript::Transcript transcript;
  say(transcript, 1, "Bees dance in the dark. Boats sail at night.");
  const auto selection = choose_clips(transcript, {}, request(5, 15, 60, 6));
  ASSERT_EQ(selection.clips.size(), 1U);
  EXPECT_EQ(selection.clips[0].span, (core::Span{core::Time{}, from_seconds(6)}));
  EXPECT_EQ(selection.clips[0].number, 1);
  EXPECT_THAT(selection.warnings, warns("short_source"));
}

TEST(ChooseClips, FewWordsInALongSourceAreOneClipWithSilenceAround) {
  transcript::Transcript transcript;
  say(transcript, 20, "Bees dance in the dark. Boats sail at night.");
  const auto asked = request(5, 15, 60, 50);
  const auto selection = choose_clips(transcript, {}, asked);
  expect_sound(selection, transcript, asked);
  EXPECT_EQ(selection.clips.size(), 1U);
}

TEST(ChooseClips, CutsWithinASentenceOnlyWhereNoWholeOneFits) {
  transcript::Transcript transcript;
  std::string text = "Bees";
  for (int i = 0; i < 26; ++i) text += i % 2 == 0 ? " and boats" : ", hives";
  say(transcript, 0, text + ".");
  const auto asked = request(2, 3, 6, 30);
  const auto selection = choose_clips(transcript, {}, asked);
  expect_sound(selection, transcript, asked);
  EXPECT_EQ(selection.clips.size(), 2U);
  EXPECT_THAT(selection.warnings, warns("no_whole_sentence"));
}

TEST(ChooseClips, WithoutWordsChoosesNothing) {
  const auto selection = choose_clips({}, {}, request(3, 15, 60, 100));
  EXPECT_THAT(selection.clips, IsEmpty());
  EXPECT_THAT(selection.warnings, warns("fewer_clips"));
}

TEST(ChooseClips, RefusesImpossibleRequests) {
  for (const auto& asked :
       {request(0, 15, 60, 100), request(5, 60, 15, 100), request(5, 0, 60, 100), request(5, 15, 60, 0)}) {
    EXPECT_THROW(choose_clips({}, {}, asked), core::Error);
    EXPECT_THROW(choose_by_activity({}, {}, asked), core::Error);
  }
}

TEST(ChooseClips, StopsWhenAsked) {
  std::stop_source stop;
  stop.request_stop();
  core::Context context;
  context.stop = stop.get_token();
  double end = 0;
  const auto transcript = talk_of(3, end);
  EXPECT_THROW(choose_clips(transcript, {}, request(3, 10, 30, end), context), core::Error);
}

media::Envelope loud_between(double from, double to, double end) {
  media::Envelope sound{
      {}, std::chrono::milliseconds(10), std::vector<float>(static_cast<std::size_t>(end * 100), -70)};
  for (auto i = static_cast<std::size_t>(from * 100); i < static_cast<std::size_t>(to * 100); ++i)
    sound.decibels[i] = -20;
  return sound;
}

TEST(ChooseByActivity, FindsTheLivelyPartsOfSoundAndPicture) {
  std::vector<float> motion(300, 0.1F);
  for (std::size_t i = 200; i < 230; ++i) motion[i] = 5;
  const auto asked = request(2, 15, 60, 300);
  const auto selection = choose_by_activity(loud_between(50, 80, 300), motion, asked);
  ASSERT_EQ(selection.clips.size(), 2U);
  EXPECT_THAT(selection.warnings, warns("no_speech"));
  const core::Span heard{from_seconds(50), from_seconds(80)};
  const core::Span seen{from_seconds(200), from_seconds(230)};
  for (const auto& clip : selection.clips) {
    EXPECT_TRUE(clip.span.overlaps(heard) != clip.span.overlaps(seen)) << core::to_seconds(clip.span.start);
    EXPECT_GE(clip.span.duration(), asked.min_duration);
    EXPECT_LE(clip.span.duration(), asked.max_duration);
  }
  EXPECT_TRUE(selection.clips[0].title.starts_with("Highlight at ")) << selection.clips[0].title;
}

TEST(ChooseByActivity, OfNothingButSilenceGivesOneClipAndSaysSo) {
  const auto selection = choose_by_activity({}, {}, request(5, 15, 60, 300));
  EXPECT_EQ(selection.clips.size(), 1U);
  EXPECT_THAT(selection.warnings, AllOf(warns("no_speech"), warns("fewer_clips")));
}

TEST(ChooseByActivity, ASourceShorterThanAClipIsOneClip) {
  const auto selection = choose_by_activity({}, {}, request(5, 15, 60, 5.9));
  ASSERT_EQ(selection.clips.size(), 1U);
  EXPECT_EQ(selection.clips[0].span.end, from_seconds(5.9));
  EXPECT_THAT(selection.warnings, AllOf(warns("no_speech"), warns("short_source")));
}

TEST(ChooseByActivity, OddDurationsAreKept) {
  std::mt19937 random(2);
  std::vector<float> motion(120);
  for (auto& value : motion) value = static_cast<float>(random() % 100);
  const auto asked = request(20, 0.4, 3.7, 119.5);
  const auto selection = choose_by_activity(loud_between(10, 20, 119.5), motion, asked);
  EXPECT_THAT(selection.clips, Not(IsEmpty()));
  for (const auto& clip : selection.clips) {
    EXPECT_GE(clip.span.duration(), asked.min_duration);
    EXPECT_LE(clip.span.duration(), asked.max_duration);
    EXPECT_LE(clip.span.end, asked.source_duration);
  }
}

}  // namespace
}  // namespace reelwright::clips
