#include "net/download.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>
#include <mutex>
#include <thread>
#include <tuple>
#include <utility>

#include "core/error.h"
#include "support/http_server.h"
#include "support/media_fixture.h"

namespace reelwright::net {
namespace {

using core::ErrorCode;
using std::chrono_literals::operator""ms;
using testing::HttpServer;
using testing::Peer;
using testing::SeenRequest;

std::string some_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 31 + i / 256);
  return bytes;
}

/// Serves `bytes`, by ranges too, and remembers what was asked.
class FileServer {
 public:
  explicit FileServer(std::string bytes, std::string etag = "\"v1\"")
      : bytes_(std::move(bytes)), etag_(std::move(etag)) {}

  std::string url() const { return server_.url("/talk.mp4"); }
  std::vector<std::string> ranges() {
    const std::scoped_lock lock(mutex_);
    return ranges_;
  }
  /// Breaks the connection of each of the next answers after so many bytes.
  void break_after(std::vector<std::size_t> counts) {
    const std::scoped_lock lock(mutex_);
    breaks_ = std::move(counts);
  }
  /// Serves another version from the second answer on.
  void then_become(std::string bytes, std::string etag) {
    const std::scoped_lock lock(mutex_);
    next_ = {std::move(bytes), std::move(etag)};
  }

 private:
  void serve(const SeenRequest& request, Peer& peer) { peer.send(answer(request)); }

  std::string answer(const SeenRequest& request) {
    const std::scoped_lock lock(mutex_);
    const auto range = request.headers.find("range");
    const auto condition = request.headers.find("if-range");
    ranges_.push_back(range == request.headers.end() ? "" : range->second);
    const bool part =
        range != request.headers.end() && condition != request.headers.end() && condition->second == etag_;
    const std::size_t from = part ? std::stoul(range->second.substr(6)) : 0;
    if (part && from >= bytes_.size())
      return fmt::format("HTTP/1.1 416 X\r\nContent-Length: 0\r\nContent-Range: bytes */{}\r\n\r\n",
                         bytes_.size());
    std::string head =
        fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\n", part ? 206 : 200, bytes_.size() - from);
    if (!etag_.empty()) head += "ETag: " + etag_ + "\r\n";
    if (part)
      head += fmt::format("Content-Range: bytes {}-{}/{}\r\n", from, bytes_.size() - 1, bytes_.size());
    std::size_t count = bytes_.size() - from;
    if (!breaks_.empty()) {
      count = std::min(count, breaks_.front());
      breaks_.erase(breaks_.begin());
    }
    const std::string whole = head + "\r\n" + bytes_.substr(from, count);
    if (next_) std::tie(bytes_, etag_) = *std::exchange(next_, std::nullopt);
    return whole;
  }

  std::mutex mutex_;
  std::string bytes_, etag_;
  std::optional<std::pair<std::string, std::string>> next_;
  std::vector<std::string> ranges_;
  std::vector<std::size_t> breaks_;
  HttpServer server_{[this](const SeenRequest& request, Peer& peer) { serve(request, peer); }};
};

class Downloading : public ::testing::Test {
 protected:
  std::optional<ErrorCode> run(const std::string& url) {
    try {
      PartialFile file(path);
      download(client,
               {.url = url,
                .most_bytes = most_bytes,
                .redirects = redirects,
                .check_room = check_room,
                .tries = 3,
                .first_pause = 1ms},
               file, context);
      digest = file.finish();
    } catch (const core::Error& error) {
      message = error.what();
      return error.code();
    }
    return {};
  }

  std::string content() const { return core::read_file(path, 100 << 20); }

  testing::TemporaryFolder folder;
  std::filesystem::path path = folder / "part";
  HttpClient client{{.allow_private = true}};
  std::uint64_t most_bytes = 10 << 20;
  int redirects = 0;
  std::function<void(std::uint64_t)> check_room;
  core::Context context;
  std::string digest, message;
};

const std::string talk = some_bytes(500'000);

TEST_F(Downloading, FetchesTheWhole) {
  FileServer server(talk);
  std::vector<double> told;
  context.progress = [&](double share) { told.push_back(share); };
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(content(), talk);
  EXPECT_EQ(digest, core::sha256(talk));
  ASSERT_FALSE(told.empty());
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_EQ(told.back(), 1.0);
}

TEST_F(Downloading, GoesOnWhereTheConnectionBroke) {
  FileServer server(talk);
  server.break_after({100'000, 150'000});
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(talk));
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", "bytes=100000-", "bytes=250000-"));
}

TEST_F(Downloading, FollowsRedirectsWhereItMay) {
  FileServer server(talk);
  const HttpServer outer(
      [&](const SeenRequest&, Peer& peer) { peer.answer(302, "", {{"Location", server.url()}}); });
  EXPECT_EQ(run(outer.url()), ErrorCode::invalid_input);
  redirects = 1;
  server.break_after({100'000});
  EXPECT_EQ(run(outer.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(talk));
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", "bytes=100000-"));
}

TEST_F(Downloading, AnotherVersionBeginsAnew) {
  FileServer server(talk);
  server.break_after({100'000});
  const std::string newer = some_bytes(300'000) + "newer";
  server.then_become(newer, "\"v2\"");
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(newer));
  EXPECT_EQ(content(), newer);
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", "bytes=100000-"));
}

TEST_F(Downloading, WithoutAVersionItBeginsAnew) {
  FileServer server(talk, "");
  server.break_after({100'000});
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(talk));
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", ""));
}

TEST_F(Downloading, AWeakETagIsNoVersion) {
  FileServer server(talk, "W/\"v1\"");
  server.break_after({100'000});
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", ""));
}

TEST_F(Downloading, ALaterAttemptGoesOnToo) {
  FileServer server(talk);
  server.break_after({100'000, 0, 0, 0});
  EXPECT_EQ(run(server.url()), ErrorCode::unavailable);
  // What was not yet surely on the disk is fetched again; here that is all of it.
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(talk));
}

TEST_F(Downloading, AFinishedOneIsNotFetchedAgain) {
  FileServer server(talk);
  EXPECT_EQ(run(server.url()), std::nullopt);
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
  EXPECT_EQ(digest, core::sha256(talk));
  EXPECT_THAT(server.ranges(), ::testing::ElementsAre("", "bytes=500000-"));
}

TEST_F(Downloading, PartsOfAnotherUrlAreNotMixedIn) {
  FileServer first(talk);
  EXPECT_EQ(run(first.url()), std::nullopt);
  const std::string other = some_bytes(1000);
  FileServer second(other);  // with the same ETag
  EXPECT_EQ(run(second.url()), std::nullopt);
  EXPECT_EQ(content(), other);
}

TEST_F(Downloading, GivesUpWhereNothingMoves) {
  FileServer server(talk);
  server.break_after({0, 0, 0, 0, 0, 0});
  EXPECT_EQ(run(server.url()), ErrorCode::unavailable);
  EXPECT_EQ(server.ranges().size(), 3U);
}

TEST_F(Downloading, AServerThatAnswersAnotherRangeIsNotBelieved) {
  const HttpServer server([](const SeenRequest& request, Peer& peer) {
    if (!request.headers.contains("range"))
      return static_cast<void>(
          peer.send("HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 10\r\n\r\n01234"));
    peer.answer(206, "56789", {{"Content-Range", "bytes 4-8/10"}});
  });
  EXPECT_EQ(run(server.url()), ErrorCode::unavailable);
}

TEST_F(Downloading, TooLargeIsRefusedBeforeAByteIsTaken) {
  FileServer server(talk);
  most_bytes = 499'999;
  EXPECT_EQ(run(server.url()), ErrorCode::too_large);
  EXPECT_EQ(content(), "");
  most_bytes = 500'000;
  EXPECT_EQ(run(server.url()), std::nullopt) << message;
}

TEST_F(Downloading, TooLargeIsFoundOutWhereTheLengthIsNotTold) {
  const HttpServer server([](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
    while (peer.send(std::string(100'000, 'x'))) continue;
  });
  EXPECT_EQ(run(server.url()), ErrorCode::too_large);
  EXPECT_LE(content().size(), most_bytes);
}

TEST_F(Downloading, ADiskWithoutRoomIsSaidSoBeforeAByteIsTaken) {
  FileServer server(talk);
  check_room = [](std::uint64_t bytes) {
    EXPECT_EQ(bytes, 500'000U);
    throw core::Error(ErrorCode::storage_full, "full");
  };
  EXPECT_EQ(run(server.url()), ErrorCode::storage_full);
  EXPECT_EQ(content(), "");
}

TEST_F(Downloading, EachRefusalHasItsCode) {
  const std::pair<int, ErrorCode> rows[] = {{301, ErrorCode::invalid_input}, {400, ErrorCode::invalid_input},
                                            {401, ErrorCode::invalid_input}, {403, ErrorCode::invalid_input},
                                            {404, ErrorCode::not_found},     {410, ErrorCode::not_found},
                                            {416, ErrorCode::invalid_input}, {429, ErrorCode::unavailable},
                                            {500, ErrorCode::unavailable},   {503, ErrorCode::unavailable}};
  for (const auto& [status, code] : rows) {
    const HttpServer server([&](const SeenRequest&, Peer& peer) {
      peer.answer(status, "<html>no</html>", {{"Location", "https://example.com/elsewhere?token=secret"}});
    });
    EXPECT_EQ(run(server.url()), code) << status;
    EXPECT_EQ(message.find("secret"), std::string::npos);
    EXPECT_EQ(server.connections(), code == ErrorCode::unavailable ? 3 : 1) << status;
  }
}

TEST_F(Downloading, NoAddressOfThisMachineIsAsked) {
  FileServer server(talk);
  client = HttpClient({});
  EXPECT_EQ(run(server.url()), ErrorCode::invalid_input);
  EXPECT_TRUE(server.ranges().empty());
}

TEST_F(Downloading, AStopIsObeyedInTheMiddle) {
  std::latch sending(1);
  const HttpServer server([&](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegin");
    sending.count_down();
    peer.wait_for_close();
  });
  std::stop_source source;
  context.stop = source.get_token();
  const std::jthread stopper([&] {
    sending.wait();
    source.request_stop();
  });
  EXPECT_EQ(run(server.url()), ErrorCode::cancelled);
}

}  // namespace
}  // namespace reelwright::net
