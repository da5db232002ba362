#include "speech/aligner.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "material/speech.h"
#include "speech/test_tones.h"
#include "support/media_fixture.h"
#include "transcript/formats.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;
using material::Speech;
using transcript::Timing;

constexpr const char* harbour =
    "The harbour was quiet that morning, and the fishing boats were waiting for the tide.";
constexpr const char* market = "Meanwhile at the market, everybody was talking about the price of bread.";
constexpr const char* physics =
    "Quantum chromodynamics describes the strong interaction between quarks and gluons inside a proton.";

/// An aligner, and the voice that it knows.
struct Driver {
  std::string name;
  std::unique_ptr<Aligner> (*make)();
  Speech (*speak)(const std::string& text);
};

const Driver pocketsphinx{"Pocketsphinx", [] { return make_aligner(); },
                          [](const std::string& text) { return material::speak(text); }};
const Driver ctc{
    "Ctc", [] { return make_aligner({.engine = "ctc", .models = {{"", test_model("tones.onnx")}}}, "en"); },
    [](const std::string& text) { return speak_tones(text); }};

void PrintTo(const Driver& driver, std::ostream* out) { *out << driver.name; }

/// What every aligner does, each with its own voice.
class AlignerTest : public ::testing::TestWithParam<Driver> {
 protected:
  static Speech speak(const std::string& text) { return GetParam().speak(text); }

  transcript::Transcript align(const std::vector<float>& samples, const transcript::Draft& draft,
                               unsigned threads = 2) {
    const auto file = folder_ / "sound.wav";
    material::write_speech(file, samples);
    core::Context context;
    context.threads = threads;
    warnings_.clear();
    return GetParam().make()->align(file, draft, context, warnings_);
  }

  transcript::Transcript align(const std::vector<float>& samples, const std::string& text) {
    return align(samples, transcript::read_draft(text));
  }

  bool warned(std::string_view code) const {
    return std::ranges::contains(warnings_, code, &core::Warning::code);
  }

  testing::TemporaryFolder folder_;
  std::vector<core::Warning> warnings_;
};

void expect_whole(const transcript::Transcript& transcript, std::size_t words) {
  const auto all = transcript.words();
  EXPECT_EQ(all.size(), words);
  core::Time last{};
  for (const auto& word : all) {
    EXPECT_LE(last, word.start) << word.text;
    EXPECT_LE(word.start, word.end) << word.text;
    EXPECT_NE(word.timing, Timing::given);
    last = word.start;
  }
}

// `said` are flite's words from `first` on; they must be the words of the transcript.
void expect_near(const transcript::Transcript& transcript, const std::vector<Speech::Word>& said) {
  const auto all = transcript.words();
  ASSERT_EQ(all.size(), said.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].timing, Timing::aligned) << all[i].text;
    EXPECT_NEAR(core::to_seconds(all[i].start), core::to_seconds(said[i].start), 0.1) << all[i].text;
  }
}

TEST_P(AlignerTest, FindsTheWordsOfATextAsTheyAreWritten) {
  Speech speech;
  speech.add_silence(1s);
  speech.add(speak(harbour));
  speech.add_silence(2s);
  speech.add(speak(market));
  const auto result = align(speech.samples, std::string(harbour) + " " + market);
  expect_near(result, speech.words);
  EXPECT_EQ(result.words()[5].text, "morning,");
  EXPECT_GE(result.segments.size(), 2U);  // broken at the pause
  EXPECT_TRUE(warnings_.empty());
}

TEST_P(AlignerTest, SpansNumbersAndUnknownWords) {
  const Speech speech = speak("in nineteen eighty four the zorblax company paid five million dollars");
  const auto words = align(speech.samples, "In 1984 the Zorblax company paid $5 million").words();
  ASSERT_EQ(words.size(), 8U);
  const auto said = [&](std::size_t i) { return core::to_seconds(speech.words[i].start); };
  EXPECT_NEAR(core::to_seconds(words[1].start), said(1), 0.1);  // 1984
  EXPECT_NEAR(core::to_seconds(words[1].end), said(4), 0.12);
  EXPECT_NEAR(core::to_seconds(words[3].start), said(5), 0.1);  // Zorblax
  EXPECT_NEAR(core::to_seconds(words[6].start), said(8), 0.1);  // $5
  EXPECT_EQ(words[6].text, "$5");
}

TEST_P(AlignerTest, DoesNotTimeTheTextOfAnotherRecording) {
  const auto result = align(speak(std::string(harbour) + " " + market).samples, physics);
  expect_whole(result, 13);
  const auto words = result.words();
  EXPECT_LE(std::ranges::count(words, Timing::aligned, &transcript::Word::timing), 1);
  EXPECT_TRUE(warned("text_not_spoken"));
}

TEST_P(AlignerTest, LeavesOutTheSentenceThatWasNotSaid) {
  Speech speech = speak(harbour);
  speech.add_silence(500ms);
  speech.add(speak(market));
  const auto result = align(speech.samples, std::string(harbour) + " " + physics + " " + market);
  expect_whole(result, 15 + 13 + 12);
  const auto words = result.words();
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool said = i < 15 || i >= 28;
    EXPECT_EQ(words[i].timing, said ? Timing::aligned : Timing::interpolated) << words[i].text;
  }
  EXPECT_TRUE(warned("text_not_spoken"));
}

TEST_P(AlignerTest, StepsOverSpeechThatIsNotInTheText) {
  Speech speech = speak(harbour);
  speech.add_silence(500ms);
  speech.add(speak(physics));
  speech.add_silence(500ms);
  const std::size_t first = speech.words.size();
  speech.add(speak(market));
  const auto result = align(speech.samples, std::string(harbour) + " " + market);
  std::vector<Speech::Word> said(speech.words.begin(), speech.words.begin() + 15);
  said.insert(said.end(), speech.words.begin() + static_cast<std::ptrdiff_t>(first), speech.words.end());
  expect_near(result, said);
}

TEST_P(AlignerTest, UsesTheTimesOfCues) {
  Speech speech;
  speech.add_silence(2s);
  speech.add(speak(harbour));
  speech.add_silence(3s);
  const double second = core::to_seconds(speech.duration());
  speech.add(speak(market));
  const auto cue = [](double from, double to, const char* text) {
    const auto clock = [](double t) {
      return fmt::format("00:00:{:02}.{:03}", static_cast<int>(t), static_cast<int>(t * 1000) % 1000);
    };
    return clock(from) + " --> " + clock(to) + "\n" + text + "\n\n";
  };
  const std::string vtt =
      "WEBVTT\n\n" + cue(2.1, second - 3, harbour) + cue(second, core::to_seconds(speech.duration()), market);
  const auto result = align(speech.samples, vtt);
  expect_near(result, speech.words);
  EXPECT_EQ(result.segments.size(), 2U);
}

TEST_P(AlignerTest, IsTheSameForAnyNumberOfThreads) {
  Speech speech;
  std::string text;
  for (const char* part : {harbour, market, harbour, physics}) {
    speech.add(speak(part));
    speech.add_silence(2500ms);
    text += std::string(part) + " ";
  }
  const auto draft = transcript::read_draft(text);
  const std::string one = transcript::to_whisperx_json(align(speech.samples, draft, 1));
  EXPECT_EQ(one, transcript::to_whisperx_json(align(speech.samples, draft, 3)));
}

TEST_P(AlignerTest, GuessesWithoutSpeech) {
  expect_whole(align(std::vector<float>(16000 * 5, 0.0F), harbour), 15);
  EXPECT_TRUE(warned("text_not_spoken"));
  expect_whole(align(material::white_noise(5s, 0.1F), harbour), 15);
  EXPECT_TRUE(warned("text_not_spoken"));
}

TEST_P(AlignerTest, SurvivesHostileTexts) {
  const auto samples = speak(harbour).samples;
  std::string garbage;
  std::uint32_t random = 5;
  for (int i = 0; i < 100'000; ++i) {
    random = random * 1664525U + 1013904223U;
    for (std::uint32_t letters = 1 + (random >> 28U); letters > 0; --letters) {
      random = random * 1664525U + 1013904223U;
      garbage += static_cast<char>('!' + (random >> 24U) % 94);
    }
    garbage += ' ';
  }
  transcript::Draft draft;
  draft.segments.push_back(
      {std::nullopt,
       {},
       {{"🎉", {}, 1}, {"привет", {}, 1}, {"brrr", {}, 1}, {"\x01\x02", {}, 1}, {"—", {}, 1}}});
  expect_whole(align(samples, draft), 5);
  draft.segments.clear();
  draft.segments.emplace_back();
  for (std::size_t at = 0; at < garbage.size();) {
    const std::size_t space = garbage.find(' ', at);
    draft.segments.back().words.push_back({garbage.substr(at, space - at), {}, 1});
    at = space + 1;
  }
  expect_whole(align(samples, draft), 100'000);
  EXPECT_TRUE(warned("text_not_spoken"));
}

TEST_P(AlignerTest, RefusesATextWithoutWords) {
  EXPECT_THROW(align(std::vector<float>(16000, 0.0F), transcript::Draft{}), core::Error);
}

TEST_P(AlignerTest, StopsWhenAsked) {
  const auto file = folder_ / "sound.wav";
  material::write_speech(file, speak(harbour).samples);
  std::stop_source stop;
  stop.request_stop();
  core::Context context;
  context.stop = stop.get_token();
  try {
    GetParam().make()->align(file, transcript::read_draft(harbour), context, warnings_);
    FAIL() << "went on";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::cancelled);
  }
}

INSTANTIATE_TEST_SUITE_P(Drivers, AlignerTest, ::testing::Values(pocketsphinx, ctc),
                         [](const auto& driver) { return driver.param.name; });

TEST(PocketsphinxAlignerTest, WarnsOfOtherLanguages) {
  const testing::TemporaryFolder folder;
  material::write_speech(folder / "sound.wav", material::speak(harbour).samples);
  auto draft = transcript::read_draft("Der Hafen war ruhig");
  draft.language = "de";
  std::vector<core::Warning> warnings;
  expect_whole(make_aligner()->align(folder / "sound.wav", draft, {}, warnings), 4);
  EXPECT_EQ(warnings.at(0).code, "language_mismatch");
}

}  // namespace
}  // namespace reelwright::speech
