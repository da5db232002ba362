#include "jobs/fetch.h"

#include "jobs/test_service.h"
#include "support/http_server.h"

namespace reelwright::jobs {
namespace {

using core::ErrorCode;
using ::testing::ElementsAre;
using testing::HttpServer;
using ::testing::IsEmpty;
using testing::Peer;
using testing::SeenRequest;

using namespace std::string_literals;

const std::string mp4 =
    "\0\0\0\x20"
    "ftypisom and more"s;

class Fetching : public ServiceTest {
 protected:
  using ServiceTest::ServiceTest;

  std::string submit_url(const std::string& url) {
    Submission asked{.user_id = user, .source_url = url, .original_filename = "talk.mp4"};
    return submissions.submit(asked, start);
  }

  HttpServer server{[](const SeenRequest& request, Peer& peer) {
    if (request.target == "/talk.mp4") return peer.answer(200, mp4);
    peer.answer(404);
  }};
  Submissions submissions{database, storage, config};
  InputFiles inputs{database, storage, config};
  core::Context context;
};

TEST_F(Fetching, WhatWasUploadedIsThere) {
  Submission asked = submission(mp4);
  asked.transcript = received("words");
  const std::string id = submissions.submit(asked, start);
  EXPECT_FALSE(inputs.must_fetch(job(id)));
  const auto files = inputs.collect(job(id), claim(id), context);
  EXPECT_EQ(core::read_file(files.at("source"), 100), mp4);
  EXPECT_EQ(core::read_file(files.at("transcript"), 100), "words");
}

TEST_F(Fetching, AUrlBecomesTheSource) {
  const std::string id = submit_url(server.url("/talk.mp4"));
  EXPECT_TRUE(inputs.must_fetch(job(id)));
  const auto files = inputs.collect(job(id), claim(id), context);
  EXPECT_EQ(core::read_file(files.at("source"), 100), mp4);
  EXPECT_THAT(keys(), ElementsAre("uploads/" + id + ".mp4"));
  const database::Job after = job(id);
  EXPECT_FALSE(inputs.must_fetch(after));
  EXPECT_EQ(after.source_bytes, static_cast<std::int64_t>(mp4.size()));
  EXPECT_EQ(after.source_digest, core::sha256(mp4));
  EXPECT_EQ(inputs_from(after.inputs).url, server.url("/talk.mp4"));
  EXPECT_EQ(database::ClipTable(database).find(id).value().input_filename, "uploads/" + id + ".mp4");
  EXPECT_TRUE(std::filesystem::is_empty(folder / "store/incoming"));
}

TEST_F(Fetching, ASecondAttemptFetchesNothing) {
  const std::string id = submit_url(server.url("/talk.mp4"));
  const database::Claim first = claim(id);
  inputs.collect(job(id), first, context);
  jobs.hand_back(first, start);
  inputs.collect(job(id), claim(id), context);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(Fetching, WhatWasCleanedAwayIsFetchedAgain) {
  const std::string id = submit_url(server.url("/talk.mp4"));
  const database::Claim mine = claim(id);
  inputs.collect(job(id), mine, context);
  storage.remove("uploads/" + id + ".mp4");
  EXPECT_TRUE(inputs.must_fetch(job(id)));
  inputs.collect(job(id), mine, context);
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(Fetching, AWorkerThatLostTheJobNotesNothing) {
  const std::string id = submit_url(server.url("/talk.mp4"));
  const database::Claim lost{id, 0};
  EXPECT_EQ(code_of([&] { inputs.collect(job(id), lost, context); }), ErrorCode::conflict);
  EXPECT_EQ(job(id).source_bytes, 0);
}

TEST_F(Fetching, WhatIsNotThereIsSaidSo) {
  const std::string id = submit_url(server.url("/none.mp4"));
  EXPECT_EQ(code_of([&] { inputs.collect(job(id), claim(id), context); }), ErrorCode::not_found);
  const std::string uploaded = submissions.submit(submission(mp4), start);
  storage.remove("uploads/" + uploaded + ".mp4");
  EXPECT_EQ(code_of([&] { inputs.collect(job(uploaded), claim(uploaded), context); }), ErrorCode::not_found);
}

TEST_F(Fetching, TheStorageQuotaHolds) {
  database::UserTable(database).set_quotas(user, {.storage_mb = 1});
  const HttpServer large([](const SeenRequest&, Peer& peer) { peer.answer(200, std::string(2 << 20, 'x')); });
  const std::string id = submit_url(large.url());
  EXPECT_EQ(code_of([&] { inputs.collect(job(id), claim(id), context); }), ErrorCode::over_budget);
  EXPECT_THAT(keys(), IsEmpty());
}

class FetchingFromStrangers : public Fetching {
 protected:
  FetchingFromStrangers() : Fetching({{"ALLOW_PRIVATE_URLS", "false"}}) {}
};

TEST_F(FetchingFromStrangers, NothingOfThisMachineIsFetched) {
  for (const std::string& url :
       {server.url("/talk.mp4"), "http://localhost:" + std::to_string(server.port()) + "/talk.mp4"}) {
    const std::string id = submit_url(url);
    EXPECT_EQ(code_of([&] { inputs.collect(job(id), claim(id), context); }), ErrorCode::invalid_input) << url;
  }
  EXPECT_EQ(server.connections(), 0);
}

}  // namespace
}  // namespace reelwright::jobs
