#include "clips/job_stages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "core/digest.h"
#include "core/files.h"
#include "support/media_fixture.h"
#include "support/spoken_transcript.h"

namespace reelwright::clips {
namespace {

constexpr const char* captions =
    "1\n00:00:00,200 --> 00:00:01,600\nThe harbour was quiet.\n\n"
    "2\n00:00:01,800 --> 00:00:03,500\nThe boats were waiting.\n";

class JobStages : public ::testing::Test {
 protected:
  JobStages() {
    testing::make_numbered(folder / "talk.mp4", "25", 4);
    source = Source{.file = folder / "talk.mp4",
                    .identity = core::file_identity(folder / "talk.mp4"),
                    .facts = media::probe(folder / "talk.mp4"),
                    .video = media::probe(folder / "talk.mp4").video.value()};
    plan.clip = {.number = 1,
                 .span = {core::from_seconds(1), core::from_seconds(2)},
                 .title = "Beeps",
                 .description = {},
                 .text_preview = {},
                 .keywords = {},
                 .score = 1,
                 .reasons = {}};
    plan.aspect_ratio = "9:16";
    plan.caption_style = "bold";
    plan.size = {180, 320};
    options.min_duration = std::chrono::seconds(1);
    options.max_duration = std::chrono::seconds(2);
    options.num_clips = 1;
  }

  std::pair<Rendered, bool> rendered(const std::string& ass = {}) {
    return render(source, plan, vision::Framing{}, {.ass = ass, .preview = preview}, workspace, {});
  }

  testing::TemporaryFolder folder;
  stage::Workspace workspace{folder / "workspace"};
  Source source;
  Plan plan{};
  bool preview = false;
  Options options;
};

TEST_F(JobStages, TheSoundIsTakenOutOnce) {
  const auto [wav, reused] = extract_sound(source, workspace, {});
  EXPECT_FALSE(reused);
  const media::SourceFacts facts = media::probe(wav);
  ASSERT_EQ(facts.audio.size(), 1U);
  EXPECT_EQ(facts.audio[0].sample_rate, 16000);
  EXPECT_EQ(facts.audio[0].channels, 1);
  EXPECT_EQ(extract_sound(source, workspace, {}), std::pair(wav, true));
  source.identity += "changed";
  EXPECT_FALSE(extract_sound(source, workspace, {}).second);
}

TEST_F(JobStages, WithoutSoundThereAreNoWordsAndNoLoudness) {
  const auto [words, reused] = find_words(source, options, *speech::make_transcriber(), workspace, {});
  EXPECT_TRUE(words.transcript.empty());
  EXPECT_EQ(words.engine, "none");
  EXPECT_TRUE(measure_sound(source, workspace, {}).first.decibels.empty());
}

TEST_F(JobStages, ABrokenTranscriptIsRefusedEvenWhereNothingIsHeard) {
  core::write_file(folder / "talk.json", "{\"segments\": 7}");
  options.transcript = folder / "talk.json";
  EXPECT_THROW(find_words(source, options, *speech::make_transcriber(), workspace, {}), core::Error);
  options.transcript = folder / "none.srt";
  EXPECT_THROW(find_words(source, options, *speech::make_transcriber(), workspace, {}), core::Error);
}

TEST_F(JobStages, WordTimesThatAreGivenAreKept) {
  source.wav = extract_sound(source, workspace, {}).first;
  core::write_file(folder / "talk.json",
                   R"({"segments": [{"start": 0.5, "end": 1.5, "text": "Good morning", "words": [
                       {"word": "Good", "start": 0.5, "end": 0.75},
                       {"word": "morning", "start": 0.75, "end": 1.5}]}]})");
  options.transcript = folder / "talk.json";
  const auto [words, reused] = find_words(source, options, *speech::make_transcriber(), workspace, {});
  EXPECT_FALSE(reused);
  EXPECT_EQ(words.engine, "given");
  const auto all = words.transcript.words();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].text, "morning");
  EXPECT_EQ(all[1].start, core::from_seconds(0.75));
  EXPECT_TRUE(find_words(source, options, *speech::make_transcriber(), workspace, {}).second);
  core::write_file(folder / "talk.json", captions);  // the same name, another text
  options.language = "de";
  EXPECT_FALSE(find_words(source, options, *speech::make_transcriber(), workspace, {}).second);
}

TEST_F(JobStages, TheLoudnessComesBackFromTheWorkspaceAsItWas) {
  source.wav = extract_sound(source, workspace, {}).first;
  const auto [first, made] = measure_sound(source, workspace, {});
  const auto [again, reused] = measure_sound(source, workspace, {});
  EXPECT_FALSE(made);
  EXPECT_TRUE(reused);
  EXPECT_EQ(first.step, again.step);
  ASSERT_FALSE(first.decibels.empty());
  EXPECT_EQ(first.decibels, again.decibels);
}

TEST_F(JobStages, WhereNobodySpeaksTheChoiceIsByActivityAndSaysSo) {
  source.wav = extract_sound(source, workspace, {}).first;
  const media::Envelope sound = measure_sound(source, workspace, {}).first;
  const auto [selection, reused] = select(source, Words{}, sound, options, workspace, {});
  EXPECT_FALSE(reused);
  ASSERT_EQ(selection.clips.size(), 1U);
  EXPECT_TRUE(std::ranges::contains(selection.warnings, "no_speech", &core::Warning::code));
  EXPECT_TRUE(select(source, Words{}, sound, options, workspace, {}).second);
  options.max_duration = std::chrono::seconds(3);
  EXPECT_FALSE(select(source, Words{}, sound, options, workspace, {}).second) << "another wish";
}

TEST_F(JobStages, AClipIsRenderedOnceForEachWish) {
  const auto [first, made] = rendered();
  EXPECT_FALSE(made);
  EXPECT_EQ(first.result.duration, core::from_seconds(1));
  const auto [again, reused] = rendered();
  EXPECT_TRUE(reused);
  EXPECT_EQ(again.video, first.video);
  EXPECT_EQ(again.result.loudness_lufs, first.result.loudness_lufs);
  plan.clip.span.end = core::from_seconds(1.48);
  EXPECT_FALSE(rendered().second) << "another span";
}

TEST_F(JobStages, APreviewIsMadeWithTheClipOrFromIt) {
  preview = true;
  const Rendered both = rendered().first;
  EXPECT_EQ(media::probe(both.preview).duration, media::probe(both.video).duration);
  EXPECT_TRUE(rendered().second);
  std::filesystem::remove(both.preview);
  const std::string video = core::read_file(both.video, 10 << 20);
  const auto [again, reused] = rendered();
  EXPECT_FALSE(reused);
  EXPECT_EQ(media::probe(again.preview).video->width, 180);
  EXPECT_EQ(core::read_file(again.video, 10 << 20), video) << "which is not rendered again for it";
  std::filesystem::remove(both.video);
  EXPECT_FALSE(rendered().second);
  EXPECT_TRUE(std::filesystem::exists(both.video)) << "also where the preview stands";
  preview = false;
  EXPECT_TRUE(rendered().first.preview.empty());
}

TEST_F(JobStages, AVideoThatLostItsFactsIsRenderedAgain) {
  const Rendered first = rendered().first;
  for (const auto& entry : std::filesystem::directory_iterator(workspace.folder()))
    if (entry.path().filename().string().starts_with("render~")) core::write_file(entry.path(), "{\"loud");
  const auto [again, reused] = rendered();
  EXPECT_FALSE(reused);
  EXPECT_EQ(again.result.frames, first.result.frames);
  EXPECT_EQ(again.result.encoder, first.result.encoder);
  EXPECT_TRUE(std::filesystem::exists(again.video));
  EXPECT_TRUE(rendered().second);
}

TEST_F(JobStages, APosterIsTheSizeOfTheClip) {
  const vision::Framing framing;
  const auto [poster, reused] = make_poster(source, plan, framing, workspace, {});
  EXPECT_FALSE(reused);
  EXPECT_EQ(core::read_file(poster, 1 << 20).substr(0, 3), "\xFF\xD8\xFF") << "the signature of JPEG";
  EXPECT_TRUE(make_poster(source, plan, framing, workspace, {}).second);
}

TEST_F(JobStages, ClipsDoNotTakeEachOthersPlace) {
  const auto first = rendered().first;
  plan.clip.span = {core::from_seconds(2), core::from_seconds(3)};
  const auto second = rendered().first;
  EXPECT_NE(first.video, second.video);
  EXPECT_TRUE(std::filesystem::exists(first.video));
  plan.clip = {.number = 7,
               .span = {core::from_seconds(1), core::from_seconds(2)},
               .title = "Another",
               .description = {},
               .text_preview = {},
               .keywords = {},
               .score = 0,
               .reasons = {}};
  EXPECT_TRUE(rendered().second) << "the number and the title are not in the picture";
}

TEST_F(JobStages, CaptionsAreMadeOnceForWordsStyleAndCamera) {
  transcript::Transcript said;
  testing::say(said, 1, "One two three");
  const auto captioned = [&] { return caption(source, plan, said, vision::Framing{}, workspace, {}); };
  const auto [files, made] = captioned();
  EXPECT_FALSE(made);
  EXPECT_TRUE(core::read_file(files.json, 10'000).contains("\"two\""));
  EXPECT_TRUE(core::read_file(files.srt, 10'000).contains("One"));
  EXPECT_TRUE(core::read_file(files.vtt, 10'000).starts_with("WEBVTT"));
  EXPECT_TRUE(core::read_file(files.ass, 10'000).contains("PlayResX: 180"));
  EXPECT_TRUE(core::read_file(files.remotion, 10'000).contains("startMs"));
  EXPECT_TRUE(captioned().second);
  plan.caption_style = "none";
  EXPECT_TRUE(captioned().second) << "the file for editors has the look of bold then";
  plan.caption_style = "karaoke";
  EXPECT_FALSE(captioned().second);
  plan.words = said.words();
  plan.words->front().text = "Two";
  EXPECT_FALSE(captioned().second);
  plan.crop = {{.time = {}, .x = 1, .y = 0}};
  EXPECT_FALSE(captioned().second);
}

TEST_F(JobStages, AStopReachesTheStages) {
  std::stop_source stop;
  stop.request_stop();
  const core::Context stopped{.stop = stop.get_token(), .progress = {}};
  EXPECT_THROW(extract_sound(source, workspace, stopped), core::Error);
  EXPECT_THROW(make_poster(source, plan, {}, workspace, stopped), core::Error);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(workspace.folder()),
                          std::filesystem::directory_iterator()),
            1)
      << "only the lock";
}

}  // namespace
}  // namespace reelwright::clips
