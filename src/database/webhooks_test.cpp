#include "database/webhooks.h"

#include "database/clips.h"
#include "database/test_database.h"

namespace reelwright::database {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

const std::string hook = "https://example.org/hook";

class WebhookTableTest : public JobsTest {
 protected:
  std::string add_with_hook() {
    NewJob job = new_job(core::make_uuid());
    job.webhook_url = hook;
    jobs.insert(job, start);
    return job.processing_id;
  }

  /// A delivery that waits.
  Delivery deliver() {
    jobs.cancel(add_with_hook(), start);
    return webhooks.list("ada", "", "", 1).at(0);
  }

  std::vector<Delivery> claim(Moment now, int limit = 10) {
    return webhooks.claim_due("sender", now, now + 30s, limit);
  }

  WebhookTable webhooks{database};
  const DeliveryAttempt refused_attempt{start + 1s, 0.25, 503, "503 Service Unavailable"};
};

TEST_F(WebhookTableTest, TheEndsOfAJobAreTold) {
  const std::string completed = add_with_hook(), failed = add_with_hook(), cancelled = add_with_hook();
  EXPECT_TRUE(jobs.complete(take(completed), start + 1s));
  EXPECT_TRUE(jobs.fail(take(failed), error, start + 2s));
  jobs.cancel(cancelled, start + 3s);
  jobs.cancel(add(), start + 4s);  // nobody wants to know
  std::vector<std::pair<std::string, std::string>> told;
  for (const Delivery& delivery : claim(start + 1min)) {
    told.emplace_back(delivery.event, delivery.processing_id);
    EXPECT_THAT(delivery.id, StartsWith("msg_"));
    EXPECT_EQ(delivery.url, hook);
    EXPECT_EQ(delivery.user_id, "ada");
    EXPECT_FALSE(delivery.clip_number.has_value());
  }
  EXPECT_THAT(told, ElementsAre(std::pair("job.completed", completed), std::pair("job.failed", failed),
                                std::pair("job.cancelled", cancelled)));
}

TEST_F(WebhookTableTest, AClipIsToldOfOnce) {
  ClipTable clips(database);
  NewJob job = new_job("one");
  job.webhook_url = hook;
  clips.insert(job, {"uploads/one.mp4", "one.mp4", 3, "9:16"}, start);
  const Claim claimed = take("one");
  PublishedClip clip{2, "a.mp4", "a.json", 31.5, 5, "text", "{}"};
  EXPECT_TRUE(clips.publish(claimed, clip, start));
  EXPECT_TRUE(clips.publish(claimed, clip, start));
  EXPECT_EQ(webhooks.list("ada", "one", "", 10).size(), 1U);
  EXPECT_EQ(webhooks.list("ada", "one", "", 10)[0].event, "clip.ready");
  EXPECT_EQ(webhooks.list("ada", "one", "", 10)[0].clip_number, 2);
  clip.duration_seconds = 30;
  EXPECT_TRUE(clips.publish(claimed, clip, start));
  EXPECT_EQ(webhooks.list("ada", "one", "", 10).size(), 2U);
}

TEST_F(WebhookTableTest, AChangeThatIsUndoneIsNotToldOf) {
  const std::string id = add_with_hook();
  run("CREATE TRIGGER full_disk BEFORE INSERT ON webhook_deliveries BEGIN SELECT RAISE(ABORT, 'no'); END");
  EXPECT_THROW(jobs.cancel(id, start), core::Error);
  EXPECT_EQ(status(id), JobStatus::queued);
}

TEST_F(WebhookTableTest, ADeliveryIsClaimedByOneAndComesAgainWhereThatOneDies) {
  const Delivery waiting = deliver();
  EXPECT_EQ(webhooks.next_due(), start);
  const Delivery first = claim(start).at(0);
  EXPECT_EQ(first.id, waiting.id);
  EXPECT_EQ(first.attempts, 1);
  EXPECT_TRUE(claim(start + 29s).empty());
  const Delivery second = claim(start + 30s).at(0);
  EXPECT_EQ(second.id, waiting.id);
  EXPECT_FALSE(webhooks.note_attempt(first, {start, 1, 200, ""}, std::nullopt));
  EXPECT_TRUE(webhooks.note_attempt(second, {start, 1, 200, ""}, std::nullopt));
  EXPECT_FALSE(webhooks.next_due().has_value());
}

TEST_F(WebhookTableTest, AnAttemptThatFailedIsRepeatedThenGivenUp) {
  deliver();
  const Delivery first = claim(start).at(0);
  EXPECT_TRUE(webhooks.note_attempt(first, refused_attempt, start + 6s));
  EXPECT_TRUE(claim(start + 5s).empty());
  const Delivery second = claim(start + 6s).at(0);
  EXPECT_EQ(second.attempts, 2);
  EXPECT_EQ(second.last_status_code, 503);
  const DeliveryAttempt silent{start + 7s, 15, std::nullopt, "timed out"};
  EXPECT_TRUE(webhooks.note_attempt(second, silent, std::nullopt));
  const Delivery given_up = webhooks.find(first.id).value();
  EXPECT_EQ(given_up.status, DeliveryStatus::failed);
  EXPECT_EQ(given_up.last_error, "timed out");
  EXPECT_FALSE(given_up.last_status_code.has_value());
  EXPECT_THAT(webhooks.attempts(first.id), ElementsAre(refused_attempt, silent));
}

TEST_F(WebhookTableTest, AllAttemptsSendTheSameBytes) {
  const Delivery delivery = deliver();
  EXPECT_EQ(delivery.payload, "");
  EXPECT_EQ(webhooks.set_payload(delivery.id, "first"), "first");
  EXPECT_EQ(webhooks.set_payload(delivery.id, "second"), "first");
  EXPECT_EQ(webhooks.find(delivery.id)->payload, "first");
}

TEST_F(WebhookTableTest, AReplayBeginsAnewUnderTheOldId) {
  const Delivery delivery = deliver();
  EXPECT_FALSE(webhooks.replay(delivery.id, "ada", start)) << "it is under way";
  EXPECT_TRUE(webhooks.note_attempt(claim(start).at(0), {start, 1, 200, ""}, std::nullopt));
  EXPECT_EQ(webhooks.find(delivery.id)->status, DeliveryStatus::delivered);
  EXPECT_EQ(webhooks.find(delivery.id)->delivered_at, start);
  EXPECT_FALSE(webhooks.replay(delivery.id, "eve", start + 1h)) << "it is not hers";
  EXPECT_TRUE(webhooks.replay(delivery.id, "ada", start + 1h));
  const Delivery again = claim(start + 1h).at(0);
  EXPECT_EQ(again.id, delivery.id);
  EXPECT_EQ(again.attempts, 1);
  EXPECT_EQ(again.sent, 2);
}

TEST_F(WebhookTableTest, ADisabledEndpointGetsNothingUntilAReplay) {
  const Delivery waiting = deliver();
  webhooks.disable_endpoint("ada", hook, "410 Gone", start);
  EXPECT_TRUE(webhooks.is_disabled("ada", hook));
  EXPECT_FALSE(webhooks.is_disabled("eve", hook));
  EXPECT_EQ(webhooks.find(waiting.id)->status, DeliveryStatus::failed);
  const Delivery later = deliver();
  EXPECT_EQ(later.status, DeliveryStatus::failed);
  EXPECT_EQ(later.last_error, "The endpoint is disabled: 410 Gone");
  EXPECT_TRUE(claim(start + 24h).empty());
  EXPECT_TRUE(webhooks.replay(later.id, "ada", start));
  EXPECT_FALSE(webhooks.is_disabled("ada", hook));
  EXPECT_EQ(claim(start).at(0).id, later.id);
}

TEST_F(WebhookTableTest, ADeliveryThatIsHandedBackIsDueAtOnce) {
  deliver();
  webhooks.hand_back(claim(start).at(0), start + 1s);
  EXPECT_EQ(claim(start + 1s).at(0).attempts, 1);
}

TEST_F(WebhookTableTest, ListsAreInPagesOfTheNewestFirst) {
  for (int i = 0; i < 3; ++i) deliver();
  const std::vector<Delivery> page = webhooks.list("ada", "", "", 2);
  ASSERT_EQ(page.size(), 2U);
  EXPECT_GT(page[0].id, page[1].id);
  EXPECT_EQ(webhooks.list("ada", "", page[1].id, 2).size(), 1U);
  EXPECT_EQ(webhooks.list("ada", page[0].processing_id, "", 9).size(), 1U);
  EXPECT_TRUE(webhooks.list("eve", "", "", 9).empty());
}

TEST_F(WebhookTableTest, WhatHasEndedIsCleanedAndWhatWaitsIsNot) {
  const Delivery ended = deliver();
  EXPECT_TRUE(webhooks.note_attempt(claim(start).at(0), refused_attempt, std::nullopt));
  const Delivery waiting = deliver();
  EXPECT_EQ(webhooks.clean(start), 0);
  EXPECT_EQ(webhooks.clean(start + 1s), 1);
  EXPECT_FALSE(webhooks.find(ended.id).has_value());
  EXPECT_TRUE(webhooks.attempts(ended.id).empty());
  EXPECT_TRUE(webhooks.find(waiting.id).has_value());
}

}  // namespace
}  // namespace reelwright::database
