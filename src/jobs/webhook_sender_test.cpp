#include "jobs/webhook_sender.h"

#include <latch>
#include <mutex>
#include <thread>

#include "jobs/test_service.h"
#include "jobs/webhook_signature.h"
#include "jobs/webhooks.h"
#include "support/http_server.h"

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;
using database::DeliveryStatus;
using testing::HttpServer;
using testing::Peer;
using testing::SeenRequest;

/// An endpoint that answers as it is told and keeps what it was sent.
class Receiver {
 public:
  std::string url() const { return server_.url("/hook"); }

  void answer(int status, std::map<std::string, std::string> headers = {}) {
    const std::scoped_lock lock(mutex_);
    status_ = status;
    headers_ = std::move(headers);
  }

  std::vector<SeenRequest> seen() {
    const std::scoped_lock lock(mutex_);
    return seen_;
  }

 private:
  std::mutex mutex_;
  int status_ = 200;
  std::map<std::string, std::string> headers_;
  std::vector<SeenRequest> seen_;
  HttpServer server_{[this](const SeenRequest& request, Peer& peer) {
    const std::scoped_lock lock(mutex_);
    seen_.push_back(request);
    peer.answer(status_, "ignored", headers_);
  }};
};

class Sending : public ServiceTest {
 protected:
  /// A job that was cancelled, which `url` is told of.
  std::string cancelled(const std::string& url, core::Moment at = start) {
    const std::string id = "job-" + std::to_string(++made_);
    jobs.insert({.processing_id = id, .kind = "clips", .user_id = user, .settings = "{}", .webhook_url = url},
                start);
    jobs.cancel(id, at);
    return id;
  }

  database::Delivery delivery(const std::string& job) {
    const auto found = table.list(user, job, "", 10);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0);
  }

  static std::optional<std::string> document(const std::string& id, std::size_t) {
    return R"({"processing_id":")" + id + R"(","status":"cancelled"})";
  }

  net::HttpClient client{{.allow_private = true}};
  WebhookSender sender{database, client, document};
  database::WebhookTable table{database};
  Receiver receiver;

 private:
  int made_ = 0;
};

TEST_F(Sending, ArrivesAsStandardWebhooksHaveIt) {
  const std::string id = cancelled(receiver.url());
  EXPECT_TRUE(sender.send_next(start + 2s));
  ASSERT_EQ(receiver.seen().size(), 1U);
  const SeenRequest seen = receiver.seen()[0];
  EXPECT_EQ(seen.method, "POST");
  EXPECT_EQ(seen.target, "/hook");
  EXPECT_EQ(seen.headers.at("content-type"), "application/json");
  EXPECT_EQ(seen.body, R"({"type":"job.cancelled","timestamp":"2027-01-15T08:00:00.000Z","data":)" +
                           document(id, 0).value() + "}");
  EXPECT_EQ(seen.headers.at("webhook-id"), delivery(id).id);
  EXPECT_EQ(seen.headers.at("webhook-timestamp"), "1800000002");
  const std::string secret = database::UserTable(database).webhook_secrets(user, start).current;
  EXPECT_EQ(seen.headers.at("webhook-signature"),
            sign_webhook({secret}, delivery(id).id, 1800000002, seen.body));
  EXPECT_EQ(delivery(id).status, DeliveryStatus::delivered);
  EXPECT_EQ(delivery(id).last_status_code, 200);
  EXPECT_FALSE(sender.send_next(start + 3s)) << "nothing else is due";
}

TEST_F(Sending, BothSecretsSignWhileOneIsReplaced) {
  const std::string id = cancelled(receiver.url());
  database::UserTable users(database);
  const std::string old = users.webhook_secrets(user, start).current;
  const std::string fresh = users.rotate_webhook_secret(user, start);
  sender.send_next(start);
  const SeenRequest seen = receiver.seen().at(0);
  EXPECT_EQ(seen.headers.at("webhook-signature"),
            sign_webhook({fresh, old}, delivery(id).id, 1800000000, seen.body));
}

TEST_F(Sending, OnlyTwoHundredsSucceed) {
  for (const int status : {301, 302, 400, 404, 429, 500, 503}) {
    receiver.answer(status, {{"Location", receiver.url()}});
    const std::string id = cancelled(receiver.url());
    const std::size_t before = receiver.seen().size();
    sender.send_next(start);
    EXPECT_EQ(receiver.seen().size(), before + 1) << "no redirect is followed";
    EXPECT_EQ(delivery(id).status, DeliveryStatus::pending) << status;
    EXPECT_EQ(delivery(id).last_status_code, status);
    EXPECT_NEAR(std::chrono::duration<double>(delivery(id).next_attempt_at.value() - start).count(), 5, 0.6);
  }
  for (const int status : {200, 202, 204}) {
    receiver.answer(status);
    const std::string id = cancelled(receiver.url());
    sender.send_next(start);
    EXPECT_EQ(delivery(id).status, DeliveryStatus::delivered) << status;
  }
}

TEST_F(Sending, TheSameBytesUnderTheSameIdTenTimesThenNoMore) {
  receiver.answer(500);
  const std::string id = cancelled(receiver.url());
  core::Moment now = start;
  int attempts = 0;
  while (delivery(id).status == DeliveryStatus::pending) {
    now = delivery(id).next_attempt_at.value();
    EXPECT_FALSE(sender.send_next(now - 1ms)) << "not before its time";
    ASSERT_TRUE(sender.send_next(now));
    ASSERT_LE(++attempts, 10);
  }
  EXPECT_EQ(attempts, 10);
  EXPECT_EQ(delivery(id).status, DeliveryStatus::failed);
  EXPECT_NEAR(std::chrono::duration<double>(now - start).count() / 3600, 75.6, 8);
  EXPECT_EQ(table.attempts(delivery(id).id).size(), 10U);
  const auto seen = receiver.seen();
  for (const SeenRequest& request : seen) {
    EXPECT_EQ(request.body, seen[0].body);
    EXPECT_EQ(request.headers.at("webhook-id"), seen[0].headers.at("webhook-id"));
  }
  EXPECT_NE(seen[0].headers.at("webhook-timestamp"), seen[9].headers.at("webhook-timestamp"));
}

TEST_F(Sending, AReplayBeginsTheScheduleAnew) {
  receiver.answer(500);
  const std::string id = cancelled(receiver.url());
  for (int i = 0; i < 10; ++i) sender.send_next(delivery(id).next_attempt_at.value());
  receiver.answer(200);
  EXPECT_TRUE(table.replay(delivery(id).id, user, start + 1000h));
  EXPECT_TRUE(sender.send_next(start + 1000h));
  EXPECT_EQ(delivery(id).status, DeliveryStatus::delivered);
  EXPECT_EQ(receiver.seen()[10].body, receiver.seen()[0].body);
}

TEST_F(Sending, WaitsAsLongAsItIsAskedTo) {
  receiver.answer(429, {{"Retry-After", "3600"}});
  const std::string id = cancelled(receiver.url());
  sender.send_next(start);
  EXPECT_EQ(delivery(id).next_attempt_at, start + 1h);
  receiver.answer(503, {{"Retry-After", "1"}});  // shorter than the schedule
  sender.send_next(start + 1h);
  EXPECT_GE(delivery(id).next_attempt_at.value(), start + 1h + 4min);
}

TEST_F(Sending, AnEndpointThatIsGoneGetsNothingMore) {
  receiver.answer(410);
  const std::string first = cancelled(receiver.url());
  const std::string waiting = cancelled(receiver.url());
  sender.send_next(start);
  EXPECT_EQ(delivery(first).status, DeliveryStatus::failed);
  EXPECT_EQ(delivery(waiting).status, DeliveryStatus::failed);
  EXPECT_EQ(delivery(cancelled(receiver.url())).status, DeliveryStatus::failed);
  EXPECT_FALSE(sender.send_next(start + 100h));
  EXPECT_EQ(receiver.seen().size(), 1U);
}

TEST_F(Sending, NoAddressOfThisMachineIsCalled) {
  WebhookSender guarded(database, net::HttpClient({}), document);
  const std::string id = cancelled(receiver.url());
  EXPECT_TRUE(guarded.send_next(start));
  EXPECT_TRUE(receiver.seen().empty());
  EXPECT_EQ(delivery(id).status, DeliveryStatus::failed);
  EXPECT_NE(delivery(id).last_error.find("not public"), std::string::npos);
}

TEST_F(Sending, WhoDoesNotAnswerIsTriedAgain) {
  const std::string id = cancelled("http://127.0.0.1:1/");
  sender.send_next(start);
  EXPECT_EQ(delivery(id).status, DeliveryStatus::pending);
  EXPECT_FALSE(delivery(id).last_status_code);
  EXPECT_FALSE(delivery(id).last_error.empty());
}

TEST_F(Sending, PayloadsStayShort) {
  std::size_t asked = 0;
  WebhookSender wordy(database, client, [&](const std::string&, std::size_t most) {
    asked = most;
    return std::optional(std::string(30'000, 'x'));
  });
  cancelled(receiver.url());
  wordy.send_next(start);
  EXPECT_LT(asked, 20'000U);
  EXPECT_EQ(
      receiver.seen().at(0).body,
      R"({"type":"job.cancelled","timestamp":"2027-01-15T08:00:00.000Z","data":{"processing_id":"job-1"}})");
}

TEST_F(Sending, AJobThatIsGoneIsStillToldOf) {
  WebhookSender late(database, client, [](const std::string&, std::size_t) { return std::nullopt; });
  const std::string id = cancelled(receiver.url());
  jobs.remove(id, start);
  late.send_next(start);
  EXPECT_TRUE(receiver.seen().at(0).body.contains(R"("data":{"processing_id":"job-1"})"));
}

TEST_F(Sending, AClipIsToldByItsNumber) {
  const database::NewJob clip_job{.processing_id = "clips",
                                  .kind = "clips",
                                  .user_id = user,
                                  .settings = "{}",
                                  .webhook_url = receiver.url()};
  database::ClipTable(database).insert(clip_job, {"uploads/a.mp4", "a.mp4", 1, "9:16"}, start);
  database::ClipTable(database).publish(claim("clips"), {3, "3.mp4", "3.json", 10, 1000, "words", "{}"},
                                        start);
  sender.send_next(start);
  EXPECT_TRUE(receiver.seen().at(0).body.starts_with(
      R"({"type":"clip.ready","timestamp":"2027-01-15T08:00:00.000Z","clip_number":3,)"));
}

TEST_F(Sending, AStopHandsItBack) {
  std::latch asked(1);
  const HttpServer hanging([&](const SeenRequest&, Peer& peer) {
    asked.count_down();
    peer.wait_for_close();
  });
  const std::string id = cancelled(hanging.url());
  std::stop_source source;
  const std::jthread stopper([&] {
    asked.wait();
    source.request_stop();
  });
  EXPECT_TRUE(sender.send_next(start, source.get_token()));
  EXPECT_EQ(delivery(id).status, DeliveryStatus::pending);
  EXPECT_EQ(delivery(id).attempts, 0);
  EXPECT_EQ(delivery(id).next_attempt_at, start);
  EXPECT_TRUE(table.attempts(delivery(id).id).empty());
}

TEST_F(Sending, WhatADeadProcessHadTakenIsSentByAnother) {
  const std::string id = cancelled(receiver.url());
  table.claim_due("dead", start, start + 60s, 1);
  EXPECT_FALSE(sender.send_next(start + 59s));
  EXPECT_TRUE(sender.send_next(start + 61s));
  EXPECT_EQ(delivery(id).status, DeliveryStatus::delivered);
}

TEST_F(Sending, ThreadsSendWhatComesOnceEach) {
  std::latch all(20);
  std::mutex mutex;
  std::map<std::string, int> times;
  const HttpServer server([&](const SeenRequest& request, Peer& peer) {
    peer.answer(200);
    {
      const std::scoped_lock lock(mutex);
      ++times[request.headers.at("webhook-id")];
    }
    all.count_down();
  });
  {
    Webhooks webhooks(database, config, document);
    for (int i = 0; i < 20; ++i) cancelled(server.url(), core::now());
    webhooks.wake();
    all.wait();
  }
  EXPECT_EQ(times.size(), 20U);
}

TEST_F(Sending, ThreadsEndWithinASecondAlthoughAnEndpointHangs) {
  std::latch asked(1);
  const HttpServer hanging([&](const SeenRequest&, Peer& peer) {
    asked.count_down();
    peer.wait_for_close();
  });
  cancelled(hanging.url(), core::now());
  std::optional<Webhooks> webhooks(std::in_place, database, config, document);
  asked.wait();
  const auto from = std::chrono::steady_clock::now();
  webhooks.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - from, 1s);
}

}  // namespace
}  // namespace reelwright::jobs
