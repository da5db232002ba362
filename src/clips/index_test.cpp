#include "clips/index.h"

#include <gtest/gtest.h>

#include <glaze/glaze.hpp>
#include <set>

namespace reelwright::clips {
namespace {

ChosenClip chosen() {
  return {.number = 3,
          .span = {core::from_seconds(12.25), core::from_seconds(42.75)},
          .title = "Why \"7 of 10\" fail",
          .description = "They stop.",
          .text_preview = "Seven of ten ...",
          .keywords = {"failure", "habit"},
          .score = 0.75,
          .reasons = {{"hook", 0.5, 0.25}}};
}

IndexClip indexed() {
  vision::Framing framing;
  framing.report.subject_share = 0.9;
  framing.report.inside_share = 0.8;
  const RenderResult render{.loudness_lufs = -14.1,
                            .true_peak_dbtp = -1.5,
                            .encoder = "libx264",
                            .frames = 915,
                            .duration = core::from_seconds(30.5)};
  const Plan plan{.clip = chosen(), .aspect_ratio = "9:16", .caption_style = "bold", .size = {1080, 1920}};
  return index_clip(plan, framing, render, 29.97);
}

TEST(Index, FilesAreNamedByNumberAndTitle) {
  const IndexFiles files = file_names(chosen());
  EXPECT_EQ(files.video, "clip_03_why-7-of-10-fail.mp4");
  EXPECT_EQ(files.captions, "clip_03_why-7-of-10-fail.json");
  EXPECT_EQ(files.remotion_captions, "clip_03_why-7-of-10-fail.captions.json");
  EXPECT_EQ(files.srt, "clip_03_why-7-of-10-fail.srt");
  EXPECT_EQ(files.vtt, "clip_03_why-7-of-10-fail.vtt");
  EXPECT_EQ(files.ass, "clip_03_why-7-of-10-fail.ass");
  EXPECT_EQ(files.poster, "clip_03_why-7-of-10-fail.jpg");
  EXPECT_EQ(files.crop, "clip_03_why-7-of-10-fail.crop.json");
}

TEST(Index, ClipsOfOneTitleStillHaveFilesOfTheirOwn) {
  ChosenClip other = chosen();
  other.number = 12;
  EXPECT_EQ(file_names(other).video, "clip_12_why-7-of-10-fail.mp4");
}

TEST(Index, AClipSpeaksInSeconds) {
  const IndexClip clip = indexed();
  EXPECT_EQ(clip.number, 3);
  EXPECT_DOUBLE_EQ(clip.start, 12.25);
  EXPECT_DOUBLE_EQ(clip.end, 42.75);
  EXPECT_DOUBLE_EQ(clip.duration, 30.5) << "as rendered, not as asked for";
  EXPECT_EQ(clip.width, 1080);
  EXPECT_EQ(clip.height, 1920);
  EXPECT_DOUBLE_EQ(clip.framing.subject_share, 0.9);
  EXPECT_DOUBLE_EQ(clip.framing.inside_share, 0.8);
  EXPECT_DOUBLE_EQ(clip.loudness.integrated_lufs, -14.1);
  EXPECT_DOUBLE_EQ(clip.loudness.true_peak_dbtp, -1.5);
}

TEST(Index, OnlyAClipWithAPreviewNamesOne) {
  EXPECT_EQ(file_names(chosen()).preview, std::nullopt);
  EXPECT_EQ(file_names(chosen(), true).preview, "clip_03_why-7-of-10-fail_preview.mp4");
  EXPECT_FALSE(to_text(indexed()).contains("preview.mp4"));
}

TEST(Index, AClipComesBackFromItsFacts) {
  IndexClip clip = indexed();
  clip.files.preview = "p.mp4";
  const std::string text = to_text(clip);
  EXPECT_FALSE(text.contains('\n')) << "on one line";
  EXPECT_EQ(to_text(read_index_clip(text)), text);
  EXPECT_THROW(read_index_clip("{}"), core::Error);
  EXPECT_THROW(read_index_clip("not JSON"), core::Error);
}

TEST(Index, ItsJsonHasTheDocumentedNames) {
  Index index;
  index.source.file = "talk.mp4";
  index.clips.push_back(indexed());
  index.engines = {"pocketsphinx", "haar", "libx264"};
  index.warnings.push_back({"fewer_clips", "The source holds 1 good clip."});
  index.stages.push_back({"render 1", 2.5, 4.5, 123, false});
  const std::string text = to_text(index);
  EXPECT_TRUE(text.ends_with("}\n"));
  glz::generic read;
  ASSERT_FALSE(glz::read_json(read, text)) << text;
  EXPECT_EQ(read["source"]["file"].get<std::string>(), "talk.mp4");
  auto& clip = read["clips"][0];
  EXPECT_EQ(clip["title"].get<std::string>(), "Why \"7 of 10\" fail");
  EXPECT_EQ(clip["aspect_ratio"].get<std::string>(), "9:16");
  EXPECT_EQ(clip["caption_style"].get<std::string>(), "bold");
  EXPECT_EQ(clip["keywords"][1].get<std::string>(), "habit");
  EXPECT_EQ(clip["reasons"][0]["name"].get<std::string>(), "hook");
  EXPECT_EQ(clip["reasons"][0]["weight"].get<double>(), 0.25);
  EXPECT_EQ(clip["files"]["poster"].get<std::string>(), "clip_03_why-7-of-10-fail.jpg");
  EXPECT_EQ(read["warnings"][0]["code"].get<std::string>(), "fewer_clips");
  EXPECT_EQ(read["stages"][0]["cpu_seconds"].get<double>(), 4.5);
  EXPECT_EQ(read["engines"]["transcript"].get<std::string>(), "pocketsphinx");
}

}  // namespace
}  // namespace reelwright::clips
