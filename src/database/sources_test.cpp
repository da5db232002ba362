#include "database/sources.h"

#include "database/clips.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

class Sources : public JobsTest {
 protected:
  Sources() {
    ClipTable(database).insert(new_job("one"),
                               {.input_filename = "",
                                .original_filename = "talk.mp4",
                                .num_clips_requested = 3,
                                .aspect_ratio = "9:16"},
                               start);
  }

  const FetchedSource fetched{.inputs = R"({"source":"uploads/one.mp4"})",
                              .input_filename = "uploads/one.mp4",
                              .bytes = 1234,
                              .digest = "abc"};
};

TEST_F(Sources, WhereItLiesIsNotedInBothTables) {
  const Claim claim = take("one");
  const std::int64_t before = revision("one");
  EXPECT_TRUE(note_fetched(database, claim, fetched, start));
  const Job job = jobs.find("one").value();
  EXPECT_EQ(job.inputs, fetched.inputs);
  EXPECT_EQ(job.source_bytes, 1234);
  EXPECT_EQ(job.source_digest, "abc");
  EXPECT_GT(job.revision, before);
  EXPECT_EQ(ClipTable(database).find("one").value().input_filename, "uploads/one.mp4");
}

TEST_F(Sources, AWorkerThatLostItsClaimChangesNothing) {
  const Claim claim = take("one");
  EXPECT_FALSE(note_fetched(database, {"one", claim.attempt + 1}, fetched, start));
  EXPECT_FALSE(note_fetched(database, {"none", 1}, fetched, start));
  jobs.stop(claim, start);
  EXPECT_FALSE(note_fetched(database, claim, fetched, start));
  EXPECT_EQ(jobs.find("one").value().inputs, "{}");
}

TEST_F(Sources, WhatWasFetchedCountsAsUploadedOnce) {
  const Claim claim = take("one");
  note_fetched(database, claim, fetched, start);
  note_fetched(database, claim, fetched, start);
  EXPECT_EQ(value("SELECT uploaded_bytes FROM usage_days"), "1234");
}

}  // namespace
}  // namespace reelwright::database
