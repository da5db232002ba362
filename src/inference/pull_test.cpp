#include "inference/pull.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <latch>
#include <map>
#include <mutex>
#include <thread>

#include "core/digest.h"
#include "core/error.h"
#include "core/files.h"
#include "inference/checksums.h"
#include "inference/installed.h"
#include "inference/remove.h"
#include "inference/test_models.h"
#include "support/http_server.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

namespace fs = std::filesystem;
using core::ErrorCode;
using std::chrono_literals::operator""ms;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HttpServer;
using ::testing::IsEmpty;
using testing::Peer;
using testing::SeenRequest;

/// Serves files, by ranges too; remembers what was asked.
class Host {
 public:
  std::string url(const std::string& name) const { return server_.url("/" + name); }
  void put(const std::string& name, const std::string& bytes) { files_["/" + name] = bytes; }
  /// Breaks each of the next answers after so many bytes of the body.
  void break_after(std::vector<std::size_t> counts) { breaks_ = std::move(counts); }
  std::vector<std::string> asked() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(asked_, {});
  }

 private:
  std::string answer(const SeenRequest& request) {
    const std::scoped_lock lock(mutex_);
    const auto range = request.headers.find("range");
    asked_.push_back(request.target + (range == request.headers.end() ? "" : " " + range->second));
    const auto file = files_.find(request.target);
    if (file == files_.end()) return "HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno";
    const std::string& bytes = file->second;
    const std::size_t from = range == request.headers.end() ? 0 : std::stoul(range->second.substr(6));
    std::string text = fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nETag: \"1\"\r\n", from ? 206 : 200,
                                   bytes.size() - from);
    if (from) text += fmt::format("Content-Range: bytes {}-{}/{}\r\n", from, bytes.size() - 1, bytes.size());
    std::size_t count = bytes.size() - from;
    if (!breaks_.empty()) {
      count = std::min(count, breaks_.front());
      breaks_.erase(breaks_.begin());
    }
    return text + "\r\n" + bytes.substr(from, count);
  }

  std::mutex mutex_;
  std::map<std::string, std::string> files_;
  std::vector<std::size_t> breaks_;
  std::vector<std::string> asked_;
  HttpServer server_{[this](const SeenRequest& request, Peer& peer) { peer.send(answer(request)); }};
};

class Pulling : public ::testing::Test {
 protected:
  Model whisper(bool with_checksum) const {
    Model model{.name = "w",
                .role = Role::transcriber,
                .format = Format::ggml,
                .files = {{"w.bin", host.url("w.bin")}}};
    if (with_checksum) {
      model.files[0].bytes = weights.size();
      model.files[0].sha256 = core::sha256(weights);
    }
    return model;
  }
  Pulled take(const Model& model) { return pull(client, models, registry, model, options, context); }
  ErrorCode refused(const Model& model) {
    try {
      take(model);
    } catch (const core::Error& error) {
      message = error.what();
      return error.code();
    }
    return ErrorCode::internal;
  }
  std::vector<InstalledModel> installed() const { return installed_models(models, registry); }

  Host host;
  testing::TemporaryFolder base;
  fs::path models = base / "models";
  const std::string weights = testing::whisper_model(300'000);
  Registry registry = Registry::parse(R"({"models": []})", "test.json");
  net::HttpClient client{{.allow_private = true}};
  PullOptions options{.allow_http = true, .tries = 2, .first_pause = 1ms};
  core::Context context;
  std::string message;
};

TEST_F(Pulling, BringsAModelWhole) {
  host.put("w.bin", weights);
  double told = 0;
  context.progress = [&](double share) { told = share; };
  const Pulled pulled = take(whisper(true));
  EXPECT_EQ(pulled.weights, models / "transcriber/w/w.bin");
  EXPECT_EQ(pulled.bytes, weights.size());
  EXPECT_THAT(pulled.first_seen, IsEmpty());
  EXPECT_EQ(core::read_file(pulled.weights, 1 << 20), weights);
  EXPECT_EQ(told, 1.0);
  EXPECT_FALSE(fs::exists(models / ".incoming"));
  EXPECT_EQ(std::distance(fs::directory_iterator(pulled.weights.parent_path()), {}), 1);
  EXPECT_TRUE(take(whisper(true)).was_there);
  EXPECT_THAT(host.asked(), ElementsAre("/w.bin"));
}

TEST_F(Pulling, GoesOnWhereTheServerDroppedIt) {
  host.put("w.bin", weights);
  host.break_after({100'000, 50'000});
  take(whisper(true));
  EXPECT_THAT(host.asked(), ElementsAre("/w.bin", "/w.bin bytes=100000-", "/w.bin bytes=150000-"));
}

TEST_F(Pulling, ALaterPullGoesOnToo) {
  host.put("w.bin", weights);
  host.break_after({100'000, 0});
  EXPECT_EQ(refused(whisper(true)), ErrorCode::unavailable);
  EXPECT_THAT(message,
              HasSubstr("broke off. The 0.1 MiB that came are kept, and the same command goes on there."));
  EXPECT_THAT(installed(), IsEmpty());
  host.asked();
  take(whisper(true));
  EXPECT_THAT(host.asked(), ElementsAre("/w.bin bytes=100000-"));
  EXPECT_EQ(installed().size(), 1U);
}

TEST_F(Pulling, AModelOfSeveralFilesAppearsAtOnce) {
  Model voice{.name = "v",
              .role = Role::synthesizer,
              .format = Format::onnx,
              .files = {{"v.onnx", host.url("v.onnx")}, {"v.onnx.json", host.url("v.onnx.json")}}};
  host.put("v.onnx", testing::onnx_model());
  EXPECT_EQ(refused(voice), ErrorCode::not_found);
  EXPECT_THAT(message, HasSubstr("says that there is nothing (404)"));
  EXPECT_THAT(message, HasSubstr("models add v.onnx.json --role synthesizer"));
  EXPECT_THAT(installed(), IsEmpty());
  host.put("v.onnx.json", "{}");
  host.asked();
  const Pulled pulled = take(voice);
  EXPECT_THAT(host.asked(), ElementsAre("/v.onnx.json")) << "the first file was there already";
  EXPECT_EQ(installed().at(0).files.size(), 2U);
  EXPECT_THAT(pulled.first_seen, ElementsAre("v.onnx.json"));
}

TEST_F(Pulling, WrongBytesAreThrownAway) {
  std::string other = weights;
  other.back() = 'x';
  host.put("w.bin", other);
  EXPECT_EQ(refused(whisper(true)), ErrorCode::invalid_input);
  EXPECT_THAT(message,
              HasSubstr("its SHA-256 is " + core::sha256(other) + " instead of " + core::sha256(weights)));
  EXPECT_THAT(message, HasSubstr("nothing was installed"));
  EXPECT_THAT(installed(), IsEmpty());
  EXPECT_FALSE(fs::exists(models / ".incoming"));
  host.put("w.bin", weights.substr(0, 1000));
  EXPECT_EQ(refused(whisper(true)), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("1000 bytes instead of 300000"));
  host.put("w.bin", weights + "more");
  EXPECT_EQ(refused(whisper(true)), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("more than the 300000 bytes"));
  host.put("w.bin", "<!doctype html><p>Please log in</p>");
  EXPECT_EQ(refused(whisper(false)), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("is a web page, not a ggml model"));
  EXPECT_THAT(read_checksums(models), IsEmpty());
}

TEST_F(Pulling, WithoutAChecksumTheFirstOneSeenCounts) {
  host.put("w.bin", weights);
  EXPECT_THAT(take(whisper(false)).first_seen, ElementsAre("w.bin"));
  EXPECT_THAT(take(whisper(false)).first_seen, IsEmpty());
  remove_model(models, Registry::load(), "w");
  remember_checksums(models, {{"w", "w.bin", weights.size(), core::sha256(weights), "", ""}});
  std::string other = weights;
  other.back() = 'x';
  host.put("w.bin", other);
  EXPECT_EQ(refused(whisper(false)), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("not what came the last time"));
  EXPECT_THAT(message, HasSubstr("models pull w --accept-change"));
  options.accept_change = true;
  EXPECT_THAT(take(whisper(false)).first_seen, ElementsAre("w.bin"));
  EXPECT_EQ(read_checksums(models).at(0).sha256, core::sha256(other));
}

TEST_F(Pulling, WhatStandsAndIsNotWholeIsNotPassedOver) {
  fs::create_directories(models / "transcriber/w");
  core::write_file(models / "transcriber/w/w.bin", weights.substr(0, 10));
  EXPECT_EQ(refused(whisper(true)), ErrorCode::conflict);
  EXPECT_THAT(message, HasSubstr("w.bin is cut short: 10 of 300000 bytes"));
  EXPECT_THAT(message, HasSubstr("models remove w"));
}

TEST_F(Pulling, OnlyHttpsAndPublicAddressesAreCalled) {
  host.put("w.bin", weights);
  options.allow_http = false;
  client = net::HttpClient({});
  EXPECT_EQ(refused(whisper(true)), ErrorCode::invalid_input);
  Model plain = whisper(true);
  plain.files[0].url = "http://example.com/w.bin";
  EXPECT_EQ(refused(plain), ErrorCode::invalid_input);
  EXPECT_THAT(message, HasSubstr("ALLOW_PRIVATE_URLS"));
  EXPECT_THAT(host.asked(), IsEmpty());
  EXPECT_FALSE(fs::exists(models));
}

TEST_F(Pulling, OfTwoAtOnceOneIsTurnedAway) {
  std::latch begun(1);
  std::latch go_on(1);
  const HttpServer slow([&](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n");
    begun.count_down();
    go_on.wait();
    peer.send(weights);
  });
  Model model = whisper(true);
  model.files[0].url = slow.url("/w.bin");
  const std::jthread first([&] { take(model); });
  begun.wait();
  EXPECT_EQ(refused(model), ErrorCode::conflict);
  EXPECT_THAT(message, HasSubstr("Another process is at work on the model w"));
  EXPECT_THROW(remove_model(models, registry, "w"), core::Error);
  go_on.count_down();
}

TEST_F(Pulling, AStopKeepsWhatCame) {
  std::stop_source source;
  context.stop = source.get_token();
  const HttpServer slow([&](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\nETag: \"1\"\r\n\r\n" +
              weights.substr(0, 200'000));
    peer.wait_for_close();
  });
  context.progress = [&](double share) {
    if (share > 0.6) source.request_stop();
  };
  Model model = whisper(true);
  model.files[0].url = slow.url("/w.bin");
  EXPECT_EQ(refused(model), ErrorCode::cancelled);
  EXPECT_THAT(message, HasSubstr("the same command goes on there"));
  EXPECT_GT(fs::file_size(models / ".incoming/w/w.bin.part"), 180'000U);
  EXPECT_EQ(remove_model(models, registry, "w").place, models / ".incoming/w");
  EXPECT_FALSE(fs::exists(models / ".incoming"));
}

TEST_F(Pulling, ABrokenFileOfChecksumsStopsItBeforeAnythingIsFetched) {
  fs::create_directories(models);
  core::write_file(models / "checksums.json", "{");
  host.put("w.bin", weights);
  EXPECT_EQ(refused(whisper(true)), ErrorCode::invalid_input);
  EXPECT_THAT(host.asked(), IsEmpty());
}

}  // namespace
}  // namespace reelwright::inference
