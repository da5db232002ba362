#include "clips/job.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <set>

#include "core/digest.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::clips {
namespace {

namespace fs = std::filesystem;
using core::from_seconds;
using Stages = std::set<std::string>;

// Whole sentences of two seconds each.
constexpr const char* said =
    R"({"segments": [
      {"start": 0.2, "end": 1.7, "text": "Bread needs four things.", "words": [
        {"word": "Bread", "start": 0.2, "end": 0.5}, {"word": "needs", "start": 0.6, "end": 0.9},
        {"word": "four", "start": 1.0, "end": 1.2}, {"word": "things.", "start": 1.3, "end": 1.7}]},
      {"start": 2.2, "end": 3.7, "text": "Why does nobody know?", "words": [
        {"word": "Why", "start": 2.2, "end": 2.5}, {"word": "does", "start": 2.6, "end": 2.9},
        {"word": "nobody", "start": 3.0, "end": 3.2}, {"word": "know?", "start": 3.3, "end": 3.7}]},
      {"start": 4.2, "end": 5.7, "text": "Bees fly by sunlight.", "words": [
        {"word": "Bees", "start": 4.2, "end": 4.5}, {"word": "fly", "start": 4.6, "end": 4.9},
        {"word": "by", "start": 5.0, "end": 5.2}, {"word": "sunlight.", "start": 5.3, "end": 5.7}]}]})";

struct Ears : Observer {
  void on_progress(const std::string&, double fraction) override { fractions.push_back(fraction); }
  void on_stage(const std::string& stage, const core::Usage&, bool reused) override {
    (reused ? found : made).insert(stage);
  }
  void on_warning(const core::Warning& warning) override { warnings.insert(warning.code); }
  void on_clip(int, const std::string&, core::Span) override {}

  Stages made, found;
  std::set<std::string> warnings;
  std::vector<double> fractions;
};

struct Shelf : Results {
  void on_source(const media::SourceFacts& facts) override { duration = facts.duration; }
  void on_clip(const FinishedClip& clip) override {
    for (const stage::FinishedFile& file : clip.files) EXPECT_TRUE(fs::exists(file.file)) << file.file;
    clips.push_back(clip);
  }
  void on_done(const Index& index) override { listed = index.clips.size(); }

  const IndexClip& facts(int number) const {
    return std::ranges::find(clips, number, [](const FinishedClip& clip) { return clip.facts.number; })
        ->facts;
  }
  std::string content(int number, const std::string& name) const {
    const auto clip =
        std::ranges::find(clips, number, [](const FinishedClip& other) { return other.facts.number; });
    return core::read_file(std::ranges::find(clip->files, name, &stage::FinishedFile::name)->file, 1 << 20);
  }

  core::Time duration{};
  std::vector<FinishedClip> clips;
  std::size_t listed = 0;
};

class ClipJob : public ::testing::Test {
 protected:
  // What every test begins with: a recording, and the workspace of a first run. Each test has links to it.
  static void SetUpTestSuite() {
    first_ = std::make_unique<testing::TemporaryFolder>();
    testing::make_numbered(*first_ / "talk.mp4", "25", 6.5);
    core::write_file(*first_ / "said.json", said);
    Shelf shelf;
    Ears ears;
    stage::Workspace workspace(*first_ / "workspace");
    make_clips({*first_ / "talk.mp4", upload}, first_options(), shelf, workspace, ears, {});
    ASSERT_EQ(shelf.clips.size(), 2U);
    first_clips_ = {shelf.clips[0].facts, shelf.clips[1].facts};
  }
  static void TearDownTestSuite() { first_.reset(); }

  static Options first_options() {
    Options options;
    options.transcript = *first_ / "said.json";
    options.num_clips = 2;
    options.min_duration = from_seconds(1.5);
    options.max_duration = from_seconds(2.5);
    options.aspect_ratio = "source";
    options.caption_style = "bold";
    return options;
  }

  ClipJob() : options(first_options()) {
    fs::create_hard_link(*first_ / "talk.mp4", folder / "talk.mp4");
    fs::create_directories(folder / "workspace");
    for (const auto& entry : fs::directory_iterator(*first_ / "workspace"))
      if (entry.path().filename() != ".lock")
        fs::create_hard_link(entry.path(), folder / "workspace" / entry.path().filename());
  }

  // One run in the same workspace; what it told and gave is in `ears` and `shelf`.
  void run() {
    ears = {};
    shelf = {};
    stage::Workspace workspace(folder / "workspace");
    make_clips({folder / "talk.mp4", identity}, options, shelf, workspace, ears, {});
  }

  // The stages that run anew with this edit of the second clip.
  Stages made_after(const Edit& edit) {
    options.edits = {edit};
    options.edits[0].clip_number = 2;
    run();
    return ears.made;
  }

  fs::path workspace_file(const std::string& beginning) const {
    for (const auto& entry : fs::directory_iterator(folder / "workspace"))
      if (entry.path().filename().string().starts_with(beginning)) return entry.path();
    return {};
  }

  // What was told of the second clip before.
  static const IndexClip& before() { return first_clips_[1]; }

  testing::TemporaryFolder folder;
  std::string identity = upload;
  Options options;
  Ears ears;
  Shelf shelf;

 private:
  static constexpr const char* upload = "an upload's SHA-256";
  static inline std::unique_ptr<testing::TemporaryFolder> first_;
  static inline std::vector<IndexClip> first_clips_;
};

TEST_F(ClipJob, GivesEachClipWithAllItsFiles) {
  identity = "another upload";
  run();
  EXPECT_EQ(shelf.duration, media::probe(folder / "talk.mp4").duration);
  ASSERT_EQ(shelf.clips.size(), 2U);
  EXPECT_EQ(shelf.listed, 2U);
  for (const FinishedClip& clip : shelf.clips) {
    EXPECT_EQ(clip.files.size(), 8U);
    EXPECT_FALSE(clip.reused);
    const IndexFiles& names = clip.facts.files;
    for (const std::string& name : {names.video, names.captions, names.remotion_captions, names.srt,
                                    names.vtt, names.ass, names.poster, names.crop})
      EXPECT_EQ(std::ranges::count(clip.files, name, &stage::FinishedFile::name), 1) << name;
  }
  EXPECT_TRUE(shelf.content(1, shelf.facts(1).files.captions).contains("word_segments"));
  EXPECT_TRUE(shelf.content(1, shelf.facts(1).files.crop).contains("keyframes"));
  EXPECT_TRUE(std::ranges::is_sorted(ears.fractions));
}

TEST_F(ClipJob, TheSameAgainMakesNothing) {
  run();
  EXPECT_EQ(ears.made, Stages{});
  EXPECT_TRUE(shelf.clips.at(0).reused);
}

TEST_F(ClipJob, TheSourceIsKnownByItsIdentityWhereverItLies) {
  fs::last_write_time(folder / "talk.mp4", fs::file_time_type::clock::now());
  run();
  EXPECT_EQ(ears.made, Stages{});
  identity = "another";
  run();
  EXPECT_EQ(ears.found, Stages{});
}

TEST_F(ClipJob, ANewTitleChangesNamesAlone) {
  EXPECT_EQ(made_after({.title = "Na\u00efve \"Title\""}), Stages{});
  EXPECT_EQ(shelf.facts(2).title, "Na\u00efve \"Title\"");
  EXPECT_EQ(shelf.facts(2).files.video, "clip_02_naive-title.mp4");
  EXPECT_EQ(shelf.clips[1].files[0].name, "clip_02_naive-title.mp4");
}

TEST_F(ClipJob, ANewStyleIsDrawnAgain) {
  EXPECT_EQ(made_after({.caption_style = "karaoke"}), (Stages{"captions 2", "render 2"}));
  EXPECT_EQ(shelf.facts(2).caption_style, "karaoke");
  EXPECT_EQ(shelf.facts(1).caption_style, "bold");
}

TEST_F(ClipJob, CaptionsThatAreNoLongerBurnedInLeaveTheirFiles) {
  EXPECT_EQ(made_after({.caption_style = "none"}), Stages{"render 2"});
}

TEST_F(ClipJob, CorrectedWordsAreWrittenAndDrawn) {
  const double start = before().start;
  const std::vector<transcript::Word> words{
      {.text = "Corrected", .start = from_seconds(start + 0.3), .end = from_seconds(start + 0.6)}};
  EXPECT_EQ(made_after({.words = words}), (Stages{"captions 2", "render 2"}));
  EXPECT_TRUE(shelf.content(2, shelf.facts(2).files.srt).contains("Corrected"));
  EXPECT_EQ(shelf.facts(2).text_preview, "Corrected");
}

TEST_F(ClipJob, CorrectedWordsThatAreNotBurnedInLeaveThePicture) {
  options.caption_style = "none";
  run();
  EXPECT_EQ(made_after({.words = std::vector<transcript::Word>{}}), Stages{"captions 2"});
}

TEST_F(ClipJob, ACameraSetByHandIsFilmedAgain) {
  EXPECT_EQ(made_after({.crop = {{.time = {}, .x = 20, .y = 10, .width = 160.0}}}),
            (Stages{"captions 2", "render 2", "poster 2"}));
  EXPECT_TRUE(shelf.content(2, shelf.facts(2).files.crop).contains(R"("x":20,"y":10,"w":160,"h":90)"));
  options.edits[0].crop[0].x = 21;
  run();
  EXPECT_EQ(ears.made, (Stages{"captions 2", "render 2", "poster 2"}));
}

TEST_F(ClipJob, AnotherShapeIsFramedAgain) {
  EXPECT_EQ(made_after({.aspect_ratio = "1:1"}), (Stages{"framing 2", "captions 2", "render 2", "poster 2"}));
  EXPECT_EQ(shelf.facts(2).width, 1080);
  EXPECT_EQ(shelf.facts(1).width, 320);
}

TEST_F(ClipJob, AnotherSpanIsAnotherClip) {
  EXPECT_EQ(made_after({.end = from_seconds(before().end - 0.4)}),
            (Stages{"spans", "framing 2", "captions 2", "render 2", "poster 2"}));
  EXPECT_DOUBLE_EQ(shelf.facts(2).end, before().end - 0.4);
  EXPECT_EQ(shelf.facts(2).title, before().title);
  EXPECT_EQ(shelf.facts(2).reasons.size(), before().reasons.size());
}

TEST_F(ClipJob, APinnedClipIsTheOneThatWas) {
  EXPECT_EQ(made_after({.start = from_seconds(before().start), .end = from_seconds(before().end)}), Stages{});
}

TEST_F(ClipJob, MoreClipsCostNoMoreThanThemselves) {
  identity = "another upload";
  options.num_clips = 1;
  run();
  options.num_clips = 2;
  run();
  EXPECT_EQ(ears.found.size() + ears.made.size(), 12U);
  EXPECT_TRUE(ears.made.contains("selection"));
  EXPECT_EQ(ears.made.size(), 5U) << "the choice, and four stages of one clip, whatever its number";
}

TEST_F(ClipJob, OwnSpansAreCutInsteadOfTheChosen) {
  options.spans = {{{from_seconds(0), from_seconds(1.9)}, "Mine"}, {{from_seconds(4), from_seconds(6)}}};
  run();
  ASSERT_EQ(shelf.clips.size(), 2U);
  EXPECT_EQ(shelf.facts(1).title, "Mine");
  EXPECT_EQ(shelf.facts(1).text_preview, "Bread needs four things.");
  EXPECT_FALSE(shelf.facts(2).title.empty());
  EXPECT_TRUE(ears.found.contains("selection")) << "the candidates still stand";
  options.keep_chosen = true;
  run();
  EXPECT_EQ(shelf.clips.size(), 4U);
}

TEST_F(ClipJob, AnEditOfNoClipIsAWarning) {
  options.edits = {{.clip_number = 9, .title = "Nobody"}};
  run();
  EXPECT_TRUE(ears.warnings.contains("edit_without_clip"));
  EXPECT_EQ(shelf.clips.size(), 2U);
}

TEST_F(ClipJob, PreviewsAreMadeWhereTheyAreWanted) {
  options.previews = true;
  run();
  EXPECT_EQ(ears.made, (Stages{"render 1", "render 2"})) << "from the clips, which stand";
  EXPECT_EQ(shelf.clips[0].files.size(), 9U);
  EXPECT_EQ(shelf.clips[0].files.back().name, shelf.facts(1).files.preview);
  EXPECT_TRUE(shelf.facts(1).files.preview->ends_with("_preview.mp4"));
  options.edits = {{.clip_number = 2, .caption_style = "karaoke"}};
  run();
  EXPECT_EQ(ears.made, (Stages{"captions 2", "render 2"}));
  EXPECT_EQ(media::probe(shelf.clips[1].files.back().file).duration,
            media::probe(shelf.clips[1].files[0].file).duration);
}

TEST_F(ClipJob, WhatDoesNotFitTheSourceIsRefusedBeforeAnyWork) {
  options.spans = {{{from_seconds(5), from_seconds(8)}}};
  try {
    run();
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    EXPECT_TRUE(std::string(error.what()).starts_with("spans[0].end lies beyond")) << error.what();
  }
  EXPECT_TRUE(ears.fractions.empty());
}

TEST_F(ClipJob, WhatNoClipNeedsIsSwept) {
  run();
  const fs::path before = workspace_file("clip~");
  options.num_clips = 1;
  options.caption_style = "none";
  run();
  EXPECT_FALSE(fs::exists(before));
  EXPECT_TRUE(fs::exists(shelf.clips[0].files[0].file));
}

TEST_F(ClipJob, WhatTheSinkThrowsEndsTheJobAndWhatIsDoneStays) {
  identity = "another upload";
  struct Full : Shelf {
    void on_clip(const FinishedClip&) override {
      throw core::Error(core::ErrorCode::storage_full, "The disk is full.");
    }
  } full;
  {
    stage::Workspace workspace(folder / "workspace");
    EXPECT_THROW(make_clips({folder / "talk.mp4", identity}, options, full, workspace, ears, {}),
                 core::Error);
  }
  run();
  EXPECT_TRUE(ears.found.contains("render 1"));
}

}  // namespace
}  // namespace reelwright::clips
