#include "speech/speaker_labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using transcript::Segment;
using transcript::Transcript;

/// A word a second from `start` on, each 0.8 s long.
Segment said(const std::string& words, core::Time start, const std::string& speaker = {}) {
  Segment segment{.start = start, .end = start, .speaker = speaker, .words = {}};
  for (const char word : words) {
    segment.words.push_back({.text = std::string(1, word), .start = segment.end, .end = segment.end + 800ms});
    segment.end += 1s;
  }
  segment.end -= 200ms;
  return segment;
}

std::string shown(const Transcript& transcript) {
  std::string all;
  for (const Segment& segment : transcript.segments) {
    all += (all.empty() ? "" : " / ") + segment.speaker + ":";
    for (const auto& word : segment.words) all += word.text;
  }
  return all;
}

std::string labelled(std::vector<Segment> segments, const std::vector<Turn>& turns) {
  Transcript transcript{.segments = std::move(segments)};
  label_speakers(transcript, turns);
  return shown(transcript);
}

TEST(SpeakerLabels, AreInOrderOfFirstWords) {
  EXPECT_EQ(labelled({said("abc", 0s), said("def", 3s)}, {{{0s, 3s}, 5}, {{3s, 6s}, 2}}),
            "Speaker 1:abc / Speaker 2:def");
}

TEST(SpeakerLabels, SegmentsArePartedWhereTheSpeakerChanges) {
  Transcript transcript{.segments = {said("abcdef", 1s)}};
  label_speakers(transcript, std::vector<Turn>{{{0s, 3s}, 0}, {{3s, 5s}, 1}, {{5s, 9s}, 0}});
  EXPECT_EQ(shown(transcript), "Speaker 1:ab / Speaker 2:cd / Speaker 1:ef");
  EXPECT_EQ(transcript.segments[0].start, 1s);
  EXPECT_EQ(transcript.segments[0].end, 2800ms);
  EXPECT_EQ(transcript.segments[1].start, 3s);
  EXPECT_EQ(transcript.segments[2].end, 6800ms);
}

TEST(SpeakerLabels, AWordIsThatOfWhoHoldsMostOfIt) {
  EXPECT_EQ(labelled({said("ab", 0s)}, {{{0s, 1300ms}, 0}, {{1300ms, 2s}, 1}}), "Speaker 1:a / Speaker 2:b");
  EXPECT_EQ(labelled({said("ab", 0s)}, {{{0s, 1500ms}, 0}, {{1500ms, 2s}, 1}}), "Speaker 1:ab");
  // In pieces it counts as well.
  EXPECT_EQ(labelled({said("a", 0s)}, {{{0s, 300ms}, 0}, {{300ms, 600ms}, 1}, {{600ms, 800ms}, 0}}),
            "Speaker 1:a");
}

TEST(SpeakerLabels, WordsBetweenTurnsGoWithTheNearest) {
  EXPECT_EQ(labelled({said("abc", 0s)}, {{{0s, 900ms}, 0}, {{2100ms, 3s}, 1}}), "Speaker 1:ab / Speaker 2:c");
  EXPECT_EQ(labelled({said("abcdef", 0s)}, {{{2s, 3s}, 0}}), "Speaker 1:abcdef")
      << "far off: as the word before";
}

TEST(SpeakerLabels, AWordWithoutLengthHasASpeakerToo) {
  Segment segment = said("a", 1s);
  segment.words[0].end = segment.words[0].start;
  EXPECT_EQ(labelled({segment}, {{{0s, 2s}, 0}}), "Speaker 1:a");
}

TEST(SpeakerLabels, WhereNobodySpeaksNothingChanges) {
  EXPECT_EQ(labelled({said("abc", 0s), said("de", 60s)}, {{{60s, 62s}, 0}}), ":abc / Speaker 1:de");
  EXPECT_EQ(labelled({said("abc", 0s)}, {}), ":abc");
  EXPECT_EQ(labelled({}, {{{0s, 2s}, 0}}), "");
}

TEST(SpeakerLabels, NamesThatTheUserGaveStay) {
  const std::vector<Turn> turns{{{0s, 3s}, 0}, {{3s, 6s}, 1}, {{6s, 9s}, 0}};
  EXPECT_EQ(labelled({said("abc", 0s, "Ann"), said("def", 3s), said("ghi", 6s)}, turns),
            "Ann:abc / Speaker 1:def / Ann:ghi")
      << "the same voice has the same name";
  EXPECT_EQ(labelled({said("abcd", 0s, "Speaker 1"), said("ef", 4s)}, turns), "Speaker 1:abcd / Speaker 2:ef")
      << "no name is used twice, and the user's segment is not parted";
}

TEST(SpeakerLabels, KnowWhenThereIsNothingToDo) {
  EXPECT_TRUE(all_speakers_named({.segments = {said("a", 0s, "Ann")}}));
  EXPECT_FALSE(all_speakers_named({.segments = {said("a", 0s, "Ann"), said("b", 1s)}}));
}

}  // namespace
}  // namespace reelwright::speech
