#include "server/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/files.h"
#include "server/router.h"
#include "support/media_fixture.h"

namespace reelwright::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// Counts what it is given.
class CountingConsumer : public BodyConsumer {
 public:
  explicit CountingConsumer(std::atomic<bool>& gone) : gone_(gone) {}
  ~CountingConsumer() override { gone_ = !finished_; }
  void write(std::string_view piece) override {
    bytes_ += piece.size();
    if (piece.contains("poison")) throw core::Error(core::ErrorCode::unsupported_media, "No poison, please.");
  }
  Response finish() override {
    finished_ = true;
    return json_response(fmt::format("{}", bytes_));
  }

 private:
  std::atomic<bool>& gone_;
  std::size_t bytes_ = 0;
  bool finished_ = false;
};

/// Tells of each number that it is given; ends at 0.
class Numbers : public EventSource {
 public:
  std::string next() override {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }
  bool ended() override { return ended_; }
  void on_change(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    watched_.notify_all();
  }
  void tell(int number) {
    std::unique_lock lock(mutex_);
    watched_.wait(lock, [this] { return wake_ != nullptr; });
    waiting_ += fmt::format("data: {}\n\n", number);
    ended_ = number == 0;
    wake_();
  }

 private:
  std::mutex mutex_;
  std::condition_variable watched_;
  std::string waiting_;
  std::atomic<bool> ended_ = false;
  std::function<void()> wake_;
};

class TestApplication : public Application {
 public:
  const Route& admit(Request& request) override {
    if (const Route* route = router.find(request)) return *route;
    throw core::Error(core::ErrorCode::not_found, "There is nothing here.");
  }
  Response refuse(const Request& request, std::exception_ptr error) override {
    try {
      std::rethrow_exception(error);
    } catch (const core::Error& known) {
      return problem(known, request.id, false);
    }
  }
  void complete(const Request& request, Response& response, double) override {
    response.with("X-Request-Id", request.id);
  }

  void add(Method method, std::string path, std::variant<Handler, ConsumerMaker> handler,
           bool quick = false) {
    router.add({.method = method,
                .pattern = std::move(path),
                .docs = {},
                .handler = std::move(handler),
                .quick = quick});
  }

  Router router;
};

/// One connection, as bytes.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// False where the other side has closed.
  bool send(std::string_view bytes) const {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  }
  void half_close() const { ::shutdown(socket_, SHUT_WR); }

  /// All that comes until the other side closes, or until `end` has come.
  std::string read(std::string_view end = "") {
    std::string got;
    std::array<char, 65536> space{};
    while (end.empty() || !got.contains(end)) {
      const ssize_t n = ::recv(socket_, space.data(), space.size(), 0);
      if (n <= 0) break;
      got.append(space.data(), static_cast<std::size_t>(n));
    }
    return got;
  }

 private:
  int socket_;
};

class HttpServerTest : public ::testing::Test {
 protected:
  HttpServerTest() {
    application.add(
        Method::get, "/hello/{name}",
        [](Request& r) { return json_response("\"" + r.path_value("name") + "\""); }, true);
    application.add(Method::post, "/echo", [](Request& r) { return json_response(r.body); });
    application.add(Method::post, "/count",
                    [this](Request&) { return std::make_unique<CountingConsumer>(gone); });
    application.add(Method::get, "/pulled", [](Request&) {
      return Response{.headers = {}, .body = PulledBody([left = 3]() mutable {
                                       return left-- > 0 ? std::string(70'000, 'x') : "";
                                     })};
    });
    application.add(Method::get, "/events", [this](Request&) {
      return Response{.headers = {}, .body = std::shared_ptr<EventSource>(numbers)};
    });
  }

  HttpServer& server() {
    if (!server_) server_ = std::make_unique<HttpServer>(options, application);
    return *server_;
  }
  std::string ask(std::string_view bytes, std::string_view end = "") {
    Client client(server().port());
    client.send(bytes);
    return client.read(end);
  }

  std::atomic<bool> gone = false;
  std::shared_ptr<Numbers> numbers = std::make_shared<Numbers>();
  TestApplication application;
  HttpOptions options{.threads = 2, .slow_threads = 4};

 private:
  std::unique_ptr<HttpServer> server_;
};

TEST_F(HttpServerTest, AnswersAndKeepsTheConnection) {
  Client client(server().port());
  for (const char* who : {"you", "me"}) {
    client.send(fmt::format("GET /hello/{} HTTP/1.1\r\nHost: x\r\n\r\n", who));
    const std::string answer = client.read(fmt::format("\"{}\"", who));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("X-Request-Id: "));
    EXPECT_THAT(answer, Not(HasSubstr("Connection: close")));
  }
}

TEST_F(HttpServerTest, PipelinedRequestsAreAnsweredInOrder) {
  const std::string answers = ask(
      "GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\nPOST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n42"
      "GET /hello/c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_LT(answers.find("\"a\""), answers.find("\r\n\r\n42"));
  EXPECT_LT(answers.find("\r\n\r\n42"), answers.find("\"c\""));
}

TEST_F(HttpServerTest, AHeadHasTheLengthAndNoBody) {
  const std::string answer = ask("HEAD /hello/you HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 5\r\n"));
  EXPECT_THAT(answer, Not(HasSubstr("\"you\"")));
}

TEST_F(HttpServerTest, ABodyComesWholeInPiecesAndInChunks) {
  const std::string body(3'000'000, 'a');
  EXPECT_THAT(
      ask(fmt::format("POST /count HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{}",
                      body.size(), body)),
      HasSubstr("\r\n\r\n3000000"));
  EXPECT_THAT(ask("POST /count HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n"),
              HasSubstr("\r\n\r\n8"));
  EXPECT_FALSE(gone);
}

TEST_F(HttpServerTest, WhoAsksFirstIsToldToGoOn) {
  Client client(server().port());
  client.send(
      "POST /count HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: "
      "2\r\n\r\n");
  EXPECT_THAT(client.read("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue"));
  client.send("hi");
  EXPECT_THAT(client.read(), HasSubstr("\r\n\r\n2"));
}

TEST_F(HttpServerTest, ARefusalIsReadByWhoIsStillSending) {
  Client client(server().port());
  client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\npoison");
  const std::string block(1'000'000, 'a');
  for (int i = 0; i < 5 && client.send(block); ++i) {
  }
  EXPECT_THAT(client.read(), StartsWith("HTTP/1.1 415"));
}

TEST_F(HttpServerTest, ABodyThatBreaksOffIsNotFinished) {
  {
    Client client(server().port());
    client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhi");
    client.half_close();
    EXPECT_EQ(client.read(), "");
  }
  server().stop();
  EXPECT_TRUE(gone);
}

TEST_F(HttpServerTest, ABodyOverTheLimitIsRefusedBeforeItIsRead) {
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(ask("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n" +
                  std::string(0x200000, 'a')),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, WhatIsNoHttpIsRefused) {
  for (const char* bad :
       {"hello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET /hello/a HTTP/1.1\r\nHost: x\r\nBad\x01Header: 1\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "GET /hello/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"}) {
    EXPECT_THAT(ask(bad), ::testing::AnyOf(StartsWith("HTTP/1.1 400"), StartsWith("HTTP/1.1 422"))) << bad;
  }
}

TEST_F(HttpServerTest, HeadersHaveALimit) {
  const std::string many = "GET /hello/a HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'a');
  EXPECT_THAT(ask(many), StartsWith("HTTP/1.1 431"));
}

TEST_F(HttpServerTest, SlowHeadersEndTheConnection) {
  options.header_time = std::chrono::seconds(1);
  Client client(server().port());
  client.send("GET /hello/a HTTP/1.1\r\nX");
  EXPECT_EQ(client.read(), "");  // it would wait for ever where nobody closes
}

TEST_F(HttpServerTest, ABodyThatStallsEndsTheConnection) {
  options.stall_time = std::chrono::seconds(1);
  Client client(server().port());
  client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhi");
  EXPECT_EQ(client.read(), "");
}

TEST_F(HttpServerTest, AFileIsSentFromWhereItIsAskedFor) {
  const reelwright::testing::TemporaryFolder folder;
  core::write_file(folder / "f", "0123456789" + std::string(5'000'000, 'x'));
  application.add(Method::get, "/file", [&](Request&) {
    return Response{.headers = {}, .body = FileBody{folder / "f", 5, 3'000'000}};
  });
  const std::string answer = ask("GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 3000000\r\n"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\n56789xx"));
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 3'000'000U);
}

TEST_F(HttpServerTest, APulledBodyComesInChunks) {
  const std::string answer = ask("GET /pulled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked"));
  EXPECT_EQ(std::ranges::count(answer, 'x'), 210'000);
  EXPECT_TRUE(answer.ends_with("\r\n0\r\n\r\n"));
}

TEST_F(HttpServerTest, EventsComeWhenTheyHappen) {
  Client client(server().port());
  client.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  numbers->tell(7);
  EXPECT_THAT(client.read("data: 7\n\n"), HasSubstr("data: 7\n\n"));
  numbers->tell(0);
  EXPECT_THAT(client.read(), HasSubstr("data: 0\n\n"));
}

TEST_F(HttpServerTest, StoppingEndsIdleConnectionsAndStreams) {
  Client idle(server().port());
  idle.send("GET /hello/a HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.read("\"a\"");
  Client stream(server().port());
  stream.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
  numbers->tell(1);
  stream.read("data: 1\n\n");
  server().stop();
  EXPECT_EQ(idle.read(), "");
  EXPECT_EQ(server().connections(), 0U);
}

TEST_F(HttpServerTest, ATakenAddressIsSaidClearly) {
  HttpOptions same = options;
  same.port = server().port();
  try {
    const HttpServer second(same, application);
    FAIL() << "it listens twice";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::unavailable);
    EXPECT_THAT(error.what(), HasSubstr(std::to_string(same.port)));
  }
}

}  // namespace
}  // namespace reelwright::server
