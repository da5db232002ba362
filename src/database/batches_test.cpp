#include "database/batches.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

class BatchTest : public JobsTest {
 protected:
  BatchTable batches{database};
};

TEST_F(BatchTest, ShowsWhatBecameOfEachItem) {
  batches.insert("batch", "ada", start);
  const std::string id = add();
  EXPECT_TRUE(jobs.report(take(id), {.percentage = 40, .stage = "render"}));
  const JobError refused_url{.code = "invalid_input", .message = "This address is private."};
  batches.put_item("batch", {.position = 1, .source = "http://10.0.0.1/", .error = refused_url});
  batches.put_item("batch", {.position = 0, .source = "talk.mp4", .processing_id = id});
  const Batch batch = batches.find("batch").value();
  EXPECT_EQ(batch.user_id, "ada");
  EXPECT_EQ(batch.created_at, start);
  ASSERT_EQ(batch.items.size(), 2U);
  EXPECT_EQ(batch.items[0], (BatchItem{.position = 0,
                                       .source = "talk.mp4",
                                       .processing_id = id,
                                       .status = JobStatus::processing,
                                       .progress_percentage = 40}));
  EXPECT_EQ(batch.items[1], (BatchItem{.position = 1, .source = "http://10.0.0.1/", .error = refused_url}));
}

TEST_F(BatchTest, AnItemIsReplacedByItsSecond) {
  batches.insert("batch", "ada", start);
  const JobError broken{.code = "internal", .message = "It broke."};
  batches.put_item("batch", {.position = 0, .source = "a", .error = broken});
  batches.put_item("batch", {.position = 0, .source = "a", .processing_id = add()});
  const Batch batch = batches.find("batch").value();
  ASSERT_EQ(batch.items.size(), 1U);
  EXPECT_FALSE(batch.items[0].error.has_value());
  EXPECT_EQ(batch.items[0].status, JobStatus::queued);
}

TEST_F(BatchTest, AJobThatWasDeletedLeavesItsItem) {
  batches.insert("batch", "ada", start);
  const std::string id = add();
  batches.put_item("batch", {.position = 0, .source = "a", .processing_id = id});
  jobs.remove(id, start);
  EXPECT_EQ(batches.find("batch")->items.at(0), (BatchItem{.position = 0, .source = "a"}));
}

TEST_F(BatchTest, AnUnknownBatchIsNone) {
  EXPECT_FALSE(batches.find("batch").has_value());
  EXPECT_THROW(batches.put_item("batch", {.position = 0, .source = "a"}), core::Error);
}

}  // namespace
}  // namespace reelwright::database
