#include "jobs/clip_pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "core/files.h"
#include "database/clips.h"
#include "database/users.h"
#include "jobs/child.h"
#include "jobs/publisher.h"
#include "storage/keys.h"
#include "storage/local_storage.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

// Whole sentences of two seconds each.
constexpr const char* said =
    "1\n00:00:00,200 --> 00:00:01,700\nBread needs four things.\n\n"
    "2\n00:00:02,200 --> 00:00:03,700\nWhy does nobody know?\n\n"
    "3\n00:00:04,200 --> 00:00:05,700\nBees fly by sunlight.\n";

struct Notes : ChildListener {
  void on_report(FromChild report) override { reports.push_back(std::move(report)); }
  void on_line(std::string_view line) override { lines += std::string(line) + "\n"; }

  template <typename Report>
  std::vector<Report> all() const {
    std::vector<Report> found;
    for (const FromChild& report : reports)
      if (const auto* one = std::get_if<Report>(&report)) found.push_back(*one);
    return found;
  }

  std::vector<FromChild> reports;
  std::string lines;
};

/// A talk that was cut by a confined child, and a claim to publish it.
class ClipPipelineTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    made_ = std::make_unique<testing::TemporaryFolder>();
    fs::create_directory(*made_ / "workspace");
    testing::make_numbered(*made_ / "talk.mp4", "25", 6.5);
    core::write_file(*made_ / "said.srt", said);
    first_ = std::make_unique<Notes>();
    run(*first_);
  }
  static void TearDownTestSuite() { made_.reset(), first_.reset(); }

  ClipPipelineTest() {
    database.migrate();
    clips.insert({.processing_id = "one",
                  .kind = "clips",
                  .user_id = database::UserTable(database).ensure("ada", core::now()).id,
                  .settings = settings},
                 {"uploads/one.mp4", "talk.mp4", 2, "source"}, core::now());
    claim = jobs.claim("one", "worker", core::now(), core::now() + 1h).value();
  }

  static void run(Notes& told) {
    const Launch launch{
        .order = {.processing_id = "one",
                  .kind = "clips",
                  .settings = settings,
                  .inputs = {{"source", *made_ / "talk.mp4"}, {"transcript", *made_ / "said.srt"}}},
        .workspace = *made_ / "workspace",
        .readable = {},
        .disk_mib = 1000,
        .cpu_seconds = 600};
    const ChildEnd end = run_child({.file = JOB_CHILD, .arguments = {"job_child"}}, launch, {}, told, {});
    ASSERT_EQ(end.how, ChildEnd::How::done) << end.why.message << end.why.details << told.lines;
  }

  static std::vector<Result> results() { return first_->all<Result>(); }

  static constexpr const char* settings =
      R"({"num_clips_requested":2,"min_duration":1.5,"max_duration":2.5,"aspect_ratio":"source"})";
  testing::TemporaryFolder folder;
  const fs::path workspace = *made_ / "workspace";
  database::Database database{"sqlite:///" + (folder / "jobs.db").string()};
  database::JobTable jobs{database};
  database::ClipTable clips{database};
  storage::LocalStorage storage{folder / "storage"};
  const ClipPipeline pipeline;
  database::Claim claim;

  static inline std::unique_ptr<testing::TemporaryFolder> made_;
  static inline std::unique_ptr<Notes> first_;
};

TEST_F(ClipPipelineTest, AConfinedChildCutsATalkAndItsClipsArePublished) {
  EXPECT_NEAR(first_->all<SourceFacts>().at(0).duration.value(), 6.5, 0.2);
  EXPECT_THAT(first_->all<SourceFacts>().at(0).container, HasSubstr("mp4"));
  EXPECT_FALSE(first_->all<StageDone>().empty());
  EXPECT_EQ(first_->lines, "");

  Publisher publisher(database, storage, pipeline, claim, workspace);
  for (const Result& one : results()) EXPECT_TRUE(publisher.publish(one, core::now()));
  EXPECT_TRUE(publisher.finish(core::now()));
  const auto published = clips.clips("one");
  ASSERT_EQ(published.size(), 2U);
  for (const database::PublishedClip& clip : published) {
    const auto file = storage.stat(storage::result_key("results/clips", "one", clip.clip_filename));
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(static_cast<std::int64_t>(file->size), clip.file_size_bytes);
    EXPECT_TRUE(storage.stat(storage::result_key("results/clips", "one", clip.caption_filename)).has_value());
    EXPECT_NEAR(clip.duration_seconds, 2, 0.6);
    EXPECT_FALSE(clip.clip_text_preview.empty());
  }
  EXPECT_THAT(pipeline.results(database, "one"), HasSubstr(published[0].clip_filename));
}

TEST_F(ClipPipelineTest, EveryFileOfAClipIsKnown) {
  Publisher publisher(database, storage, pipeline, claim, workspace);
  for (const Result& one : results()) publisher.publish(one, core::now());
  std::vector<std::string> stored;
  storage.list("results/clips/one/", [&](const storage::Object& object) {
    stored.push_back(object.key.substr(std::string("results/clips/one/").size()));
  });
  EXPECT_THAT(pipeline.files(database, "one"), ::testing::UnorderedElementsAreArray(stored));
}

TEST_F(ClipPipelineTest, ASecondRunFindsAllOfItThere) {
  Notes again;
  run(again);
  EXPECT_EQ(again.all<Result>().size(), 2U);
  for (const StageDone& stage : again.all<StageDone>()) EXPECT_TRUE(stage.reused) << stage.name;
}

TEST_F(ClipPipelineTest, WhatAChildMakesUpIsNotPublished) {
  Publisher publisher(database, storage, pipeline, claim, workspace);
  const Result good = results().at(0);
  Result bad = good;
  const auto expect_refused = [&](const Result& made_up) {
    try {
      publisher.publish(made_up, core::now());
      FAIL() << "was published";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    }
  };
  bad.number = good.number + 1;
  expect_refused(bad);
  bad = good;
  bad.facts = "{}";
  expect_refused(bad);
  bad = good;
  bad.files.pop_back();
  expect_refused(bad);
  fs::create_symlink("/etc/passwd", workspace / "link");
  bad = good;
  bad.files[0].file = "link";
  expect_refused(bad);
  fs::remove(workspace / "link");
  EXPECT_TRUE(clips.clips("one").empty());
}

TEST_F(ClipPipelineTest, AStaleClaimPublishesNothing) {
  const database::Claim stale{claim.processing_id, claim.attempt - 1};
  Publisher publisher(database, storage, pipeline, stale, workspace);
  EXPECT_FALSE(publisher.publish(results().at(0), core::now()));
  EXPECT_FALSE(publisher.finish(core::now()));
  EXPECT_TRUE(clips.clips("one").empty());
}

}  // namespace
}  // namespace reelwright::jobs
