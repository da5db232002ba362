#include "jobs/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clips/index.h"
#include "core/json.h"
#include "database/users.h"
#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr core::Moment start{std::chrono::microseconds(1'800'000'000'000'000)};

/// As a client reads it: every member must stand, none may be unknown.
template <typename Document>
Document read(const std::string& json) {
  constexpr glz::opts strict{.error_on_unknown_keys = true, .error_on_missing_keys = true};
  Document document;
  const auto error = glz::read<strict>(document, json);
  EXPECT_FALSE(error) << glz::format_error(error, json);
  return document;
}

/// Shows the clips that the database has; the rest is not asked for here.
class ClipsShown : public Pipeline {
 public:
  std::string_view kind() const override { return "clips"; }
  std::string_view results_prefix() const override { return "results/clips"; }
  void run(const Order&, stage::Workspace&, Reporter&, const core::Context&) const override {}
  bool publish(database::Database&, const database::Claim&, const Result&, core::Moment) const override {
    return false;
  }
  bool retain(database::Database&, const database::Claim&, const std::vector<int>&,
              core::Moment) const override {
    return false;
  }
  std::string results(database::Database& database, const std::string& processing_id) const override {
    return clip_status_json(processing_id, database::ClipTable(database).clips(processing_id));
  }
  std::vector<std::string> files(database::Database&, const std::string&) const override { return {}; }
};

class StatusTest : public ::testing::Test {
 protected:
  StatusTest() {
    database.migrate();
    const std::string user = database::UserTable(database).ensure("ada", start).id;
    clips.insert(
        {.processing_id = "one", .kind = "clips", .user_id = user, .settings = "{}", .batch_id = "batch"},
        {"uploads/one.mp4", "\"Über\" uns\t.mp4", 3, "9:16"}, start);
  }

  database::Claim take() { return jobs.claim("one", "worker", start + 1s, start + 31s).value(); }

  void publish(const database::Claim& claim, int number) {
    clips::IndexClip facts{};
    facts.title = "Bees";
    facts.start = 12.5;
    facts.end = 44;
    facts.score = 0.75;
    facts.aspect_ratio = "9:16";
    facts.files = {.video = "clip_01_bees.mp4",
                   .captions = "clip_01_bees.json",
                   .remotion_captions = "clip_01_bees.captions.json",
                   .srt = "clip_01_bees.srt",
                   .vtt = "clip_01_bees.vtt",
                   .ass = "clip_01_bees.ass",
                   .poster = "clip_01_bees.jpg",
                   .crop = "clip_01_bees.crop.json",
                   .preview = "clip_01_bees_preview.mp4"};
    EXPECT_TRUE(clips.publish(claim,
                              {number, "clip_01_bees.mp4", "clip_01_bees.json", 31.5, 5'000'000'000,
                               "Bees dance.", clips::to_text(facts)},
                              start));
  }

  std::string json(std::size_t most_bytes = static_cast<std::size_t>(-1)) {
    return status_json(database, pipelines, reads.job("one").value(), most_bytes);
  }

  testing::TemporaryFolder folder;
  database::Database database{"sqlite:///" + (folder / "status.db").string()};
  database::JobTable jobs{database};
  database::ClipTable clips{database};
  database::HotReads reads{database};
  const ClipsShown clips_shown;
  const Pipelines pipelines{&clips_shown};
};

TEST_F(StatusTest, AJobThatWaitsHasEveryMember) {
  const auto status = read<StatusDocument>(json());
  EXPECT_EQ(status.processing_id, "one");
  EXPECT_EQ(status.kind, "clips");
  EXPECT_EQ(status.status, "queued");
  EXPECT_EQ(status.created_at, "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(status.original_filename, "\"Über\" uns\t.mp4");
  EXPECT_EQ(status.num_clips_requested, 3);
  EXPECT_EQ(status.aspect_ratio, "9:16");
  EXPECT_EQ(status.batch_id, "batch");
  EXPECT_FALSE(status.started_at || status.completed_at || status.seconds_left || status.error);
  EXPECT_THAT(status.clips, IsEmpty());
}

TEST_F(StatusTest, ARunningJobTellsHowFarItIs) {
  const auto claim = take();
  jobs.report(claim, {.percentage = 42,
                      .stage = "render 1",
                      .seconds_left = 12.5,
                      .warnings = R"([{"code":"no_subject","message":"Nobody is seen."}])"});
  publish(claim, 1);
  jobs.cancel("one", start);
  const auto status = read<StatusDocument>(json());
  EXPECT_EQ(status.status, "processing");
  EXPECT_EQ(status.progress_percentage, 42);
  EXPECT_EQ(status.stage, "render 1");
  EXPECT_EQ(status.seconds_left, 12.5);
  EXPECT_THAT(status.warnings, ElementsAre(core::Warning{"no_subject", "Nobody is seen."}));
  EXPECT_EQ(status.started_at, "2027-01-15T08:00:01.000Z");
  EXPECT_TRUE(status.cancel_requested);
  EXPECT_EQ(status.num_clips_ready, 1);
  ASSERT_EQ(status.clips.size(), 1U);
  const StatusClip& clip = status.clips[0];
  EXPECT_EQ(clip.title, "Bees");
  EXPECT_EQ(clip.start, 12.5);
  EXPECT_EQ(clip.end, 44);
  EXPECT_EQ(clip.duration_seconds, 31.5);
  EXPECT_EQ(clip.file_size_bytes, 5'000'000'000);
  EXPECT_EQ(clip.files.video, "/api/download/clips/one/clip_01_bees.mp4");
  EXPECT_EQ(clip.files.captions, "/api/download/captions/one/clip_01_bees.json");
  EXPECT_EQ(clip.files.srt, "/api/download/captions/one/clip_01_bees.srt");
  EXPECT_EQ(clip.files.poster, "/api/download/clips/one/clip_01_bees.jpg");
  EXPECT_EQ(clip.files.preview, "/api/download/clips/one/clip_01_bees_preview.mp4");
}

TEST_F(StatusTest, AFailedJobTellsWhyAndWhatWentWrongBefore) {
  const database::JobError first{"timeout", "It took too long.", "render 1", true};
  const database::JobError last{"internal", "It broke.", "probe", false};
  jobs.retry_later(take(), first, start, start);
  EXPECT_FALSE(read<StatusDocument>(json()).error.has_value());
  EXPECT_THAT(read<StatusDocument>(json()).errors, ElementsAre(first));
  jobs.fail(take(), last, start + 90s);
  const auto status = read<StatusDocument>(json());
  EXPECT_EQ(status.status, "failed");
  EXPECT_EQ(status.error, last);
  EXPECT_THAT(status.errors, ElementsAre(first, last));
  EXPECT_EQ(status.attempt, 2);
  EXPECT_EQ(status.completed_at, "2027-01-15T08:01:30.000Z");
  const auto summary = read<JobSummary>(summary_json(jobs.find("one").value()));
  EXPECT_EQ(summary.error_code, "internal");
  EXPECT_EQ(summary.error_message, "It broke.");
}

TEST_F(StatusTest, ALongListOfErrorsIsCut) {
  auto facts = reads.job("one").value();
  for (int i = 0; i < 30; ++i) facts.errors.push_back({"timeout", std::to_string(i), "probe", true});
  const auto status = read<StatusDocument>(status_json(database, pipelines, facts));
  ASSERT_EQ(status.errors.size(), 10U);
  EXPECT_EQ(status.errors.front().message, "20");
  EXPECT_EQ(status.errors.back().message, "29");
}

TEST_F(StatusTest, ADocumentThatMustFitLeavesClipsOut) {
  const auto claim = take();
  for (int number = 1; number <= 20; ++number) publish(claim, number);
  EXPECT_EQ(read<StatusDocument>(json()).clips.size(), 20U);
  EXPECT_GT(json().size(), 6000U);
  const std::string fitting = json(6000);
  EXPECT_LE(fitting.size(), 6000U);
  const auto status = read<StatusDocument>(fitting);
  EXPECT_GT(status.clips.size(), 2U);
  EXPECT_EQ(status.clips[0].clip_number, 1);
  EXPECT_EQ(status.num_clips_ready, 20);
  EXPECT_THAT(read<StatusDocument>(json(10)).clips, IsEmpty());
}

TEST_F(StatusTest, AJobOfAKindThatIsUnknownShowsNoClips) {
  publish(take(), 1);
  EXPECT_THAT(read<StatusDocument>(status_json(database, {}, reads.job("one").value())).clips, IsEmpty());
}

TEST_F(StatusTest, AListShowsWhoseAJobIsAndWhatItTakes) {
  jobs.note_stored("one", {.source = 5, .workspace = 30, .results = 200});
  const auto summary = read<JobSummary>(summary_json(jobs.find("one").value()));
  EXPECT_EQ(summary.processing_id, "one");
  EXPECT_EQ(summary.user_id, jobs.find("one")->user_id);
  EXPECT_EQ(summary.storage_bytes, 235);
  EXPECT_EQ(summary.original_filename, "\"Über\" uns\t.mp4");
}

TEST_F(StatusTest, FactsOfAnOlderVersionAreShownAsFarAsTheyGo) {
  const std::vector<database::PublishedClip> old = {
      {1, "a.mp4", "a.json", 31.5, 5, "text", R"({"title":"Bees","x":1})"}};
  const auto shown = read<std::vector<StatusClip>>(clip_status_json("one", old));
  EXPECT_EQ(shown.at(0).title, "Bees");
  EXPECT_EQ(shown.at(0).files.srt, "");
  EXPECT_FALSE(shown.at(0).files.preview.has_value());
}

}  // namespace
}  // namespace reelwright::jobs
