#include "net/http_client.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <latch>

#include "core/error.h"
#include "support/http_server.h"
#include "support/media_fixture.h"

namespace reelwright::net {
namespace {

using core::ErrorCode;
using testing::HttpServer;
using testing::Peer;
using testing::SeenRequest;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

template <typename Work>
std::optional<ErrorCode> code_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  return {};
}

HttpServer::Handler answers(const std::string& raw) {
  return [raw](const SeenRequest&, Peer& peer) { peer.send(raw); };
}

void echo(const SeenRequest& request, Peer& peer) {
  peer.answer(200, request.method + ' ' + request.target + ' ' + request.body,
              {{"X-Seen", request.headers.at("x-mine")}});
}

/// Strangers' hosts may be of this machine here, or there would be nothing to talk to.
const HttpClient client(HttpClient::Settings{.allow_private = true});
const HttpClient guarded(HttpClient::Settings{});

TEST(HttpClient, SendsAndReceives) {
  const HttpServer server(echo);
  const HttpResponse response = client.send(
      {.method = "POST", .url = server.url("/a?b=c"), .headers = {{"X-Mine", "yes"}}, .body = "hello"});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "POST /a?b=c hello");
  ASSERT_NE(find_header(response.headers, "x-seen"), nullptr);
  EXPECT_EQ(*find_header(response.headers, "x-seen"), "yes");
  EXPECT_EQ(find_header(response.headers, "x-none"), nullptr);
}

TEST(HttpClient, EachMethodIsSentAsItIs) {
  const HttpServer server(echo);
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    const HttpResponse response =
        client.send({.method = method, .url = server.url(), .headers = {{"X-Mine", ""}}});
    EXPECT_EQ(response.body, std::string(method) + " / ");
  }
  EXPECT_EQ(client.send({.method = "HEAD", .url = server.url(), .headers = {{"X-Mine", "1"}}}).body, "");
}

TEST(HttpClient, ABodyMayBeAFile) {
  const HttpServer server(
      [](const SeenRequest& request, Peer& peer) { peer.answer(200, std::to_string(request.body.size())); });
  const testing::TemporaryFolder folder;
  std::ofstream(folder / "body") << std::string(3'000'000, 'x');
  EXPECT_EQ(client.send({.method = "PUT", .url = server.url(), .body_file = folder / "body"}).body,
            "3000000");
  EXPECT_EQ(
      code_of([&] { client.send({.method = "PUT", .url = server.url(), .body_file = folder / "none"}); }),
      ErrorCode::not_found);
}

TEST(HttpClient, EveryAnswerIsAResult) {
  for (const int status : {204, 301, 304, 404, 410, 429, 500, 503, 599}) {
    const HttpServer server([status](const SeenRequest&, Peer& peer) { peer.answer(status); });
    EXPECT_EQ(client.send({.url = server.url()}).status, status);
  }
}

TEST(HttpClient, ThatMoreIsComingIsNotTheLastWord) {
  const HttpServer server(
      answers("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nETag: \"x\"\r\n\r\nbody"));
  const HttpResponse response = client.send({.url = server.url()});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers, (Headers{{"etag", "\"x\""}}));
  EXPECT_EQ(response.body, "body");
}

TEST(HttpClient, RedirectsAreFollowedOnlyWhereAsked) {
  const HttpServer server([](const SeenRequest& request, Peer& peer) {
    if (request.target == "/end") return peer.answer(200, "end");
    peer.answer(302, "moved", {{"Location", request.target == "/loop" ? "/loop" : "/end"}});
  });
  EXPECT_EQ(client.send({.url = server.url("/a")}).status, 302);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(client.send({.url = server.url("/a"), .redirects = 3}).body, "end");
  EXPECT_EQ(code_of([&] { client.send({.url = server.url("/loop"), .redirects = 3}); }),
            ErrorCode::unavailable);
}

TEST(HttpClient, ABodyOverTheLimitIsGivenUp) {
  const std::string body(1000, 'x');
  const HttpServer announced([&](const SeenRequest&, Peer& peer) { peer.answer(200, body); });
  EXPECT_EQ(client.send({.url = announced.url(), .most_bytes = 1000}).body.size(), 1000U);
  EXPECT_EQ(code_of([&] { client.send({.url = announced.url(), .most_bytes = 999}); }), ErrorCode::too_large);
  const HttpServer unannounced(answers("HTTP/1.1 200 OK\r\n\r\n" + body));
  EXPECT_EQ(client.send({.url = unannounced.url(), .most_bytes = 1000}).body.size(), 1000U);
  EXPECT_EQ(code_of([&] { client.send({.url = unannounced.url(), .most_bytes = 999}); }),
            ErrorCode::too_large);
}

TEST(HttpClient, AnEndlessBodyEnds) {
  const HttpServer server([](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
    while (peer.send(std::string(100'000, 'x'))) continue;
  });
  EXPECT_EQ(code_of([&] { client.send({.url = server.url()}); }), ErrorCode::too_large);
}

TEST(HttpClient, EndlessHeadersEnd) {
  const HttpServer server([](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\n");
    while (peer.send("X-More: " + std::string(1000, 'x') + "\r\n")) continue;
  });
  EXPECT_EQ(code_of([&] { client.send({.url = server.url()}); }), ErrorCode::too_large);
}

TEST(HttpClient, WhatIsNoHttpIsSaidSo) {
  for (const char* raw : {"", "SSH-2.0-OpenSSH_9.9\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
                          "\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    const HttpServer server(answers(raw));
    EXPECT_EQ(code_of([&] { client.send({.url = server.url()}); }), ErrorCode::unavailable) << raw;
  }
}

TEST(HttpClient, WhoIsNotThereIsUnavailable) {
  int port = 0;
  {
    const HttpServer server(echo);
    port = server.port();
  }
  EXPECT_EQ(code_of([&] { client.send({.url = "http://127.0.0.1:" + std::to_string(port)}); }),
            ErrorCode::unavailable);
  EXPECT_EQ(code_of([&] { client.send({.url = "http://nobody.invalid/"}); }), ErrorCode::unavailable);
  EXPECT_EQ(code_of([&] { client.send({.url = "http://"}); }), ErrorCode::invalid_input);
  EXPECT_EQ(code_of([&] { client.send({.url = "file:///etc/passwd"}); }), ErrorCode::invalid_input);
}

TEST(HttpClient, ASilentServerIsGivenUp) {
  const HttpServer server([](const SeenRequest&, Peer& peer) { peer.wait_for_close(); });
  EXPECT_EQ(code_of([&] { client.send({.url = server.url(), .total_timeout = 200ms}); }), ErrorCode::timeout);
}

TEST(HttpClient, ATrickleIsGivenUp) {
  const HttpServer server([](const SeenRequest&, Peer& peer) {
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx");
    peer.wait_for_close();
  });
  EXPECT_EQ(code_of([&] {
              client.send({.url = server.url(), .total_timeout = 0ms, .slow_bytes = 100, .slow_for = 1s});
            }),
            ErrorCode::timeout);
}

TEST(HttpClient, AStopIsObeyedWithinASecond) {
  std::latch asked(1);
  const HttpServer server([&](const SeenRequest&, Peer& peer) {
    asked.count_down();
    peer.wait_for_close();
  });
  std::stop_source source;
  const std::jthread stopper([&] {
    asked.wait();
    source.request_stop();
  });
  const auto from = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of([&] { client.send({.url = server.url()}, source.get_token()); }), ErrorCode::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - from, 1s);
  EXPECT_EQ(code_of([&] { client.send({.url = server.url()}, source.get_token()); }), ErrorCode::cancelled);
}

TEST(HttpClient, TheReceiverSeesTheHeadFirstAndMayEndIt) {
  const HttpServer server(
      [](const SeenRequest&, Peer& peer) { peer.answer(404, std::string(500'000, 'x')); });
  std::size_t received = 0;
  int status = 0;
  const HttpHead ended = client.stream({.url = server.url()}, {.on_head =
                                                                   [&](const HttpHead& head) {
                                                                     status = head.status;
                                                                     return false;
                                                                   },
                                                               .on_bytes =
                                                                   [&](std::string_view bytes) {
                                                                     received += bytes.size();
                                                                     return true;
                                                                   }});
  EXPECT_EQ(status, 404);
  EXPECT_EQ(ended.status, 404);
  EXPECT_EQ(received, 0U);
  client.stream({.url = server.url()},
                {.on_bytes = [&](std::string_view bytes) { return (received += bytes.size()) < 1000; }});
  EXPECT_LT(received, 500'000U);
}

TEST(HttpClient, TheHeadIsToldOfAnEmptyBodyToo) {
  const HttpServer server([](const SeenRequest&, Peer& peer) { peer.answer(204); });
  int told = 0;
  client.stream({.url = server.url()},
                {.on_head = [&](const HttpHead& head) { return told = head.status, true; }});
  EXPECT_EQ(told, 204);
}

TEST(HttpClient, WhatTheReceiverThrowsPassesThrough) {
  const HttpServer server([](const SeenRequest&, Peer& peer) { peer.answer(200, "body"); });
  const auto full = [](std::string_view) -> bool { throw core::Error(ErrorCode::storage_full, "full"); };
  EXPECT_EQ(code_of([&] { client.stream({.url = server.url()}, {.on_bytes = full}); }),
            ErrorCode::storage_full);
}

TEST(HttpClient, AHeaderCannotBreakItsLine) {
  const HttpServer server(echo);
  for (const Headers& bad :
       {Headers{{"X-Mine", "a\r\nX-Injected: b"}}, Headers{{"X-Mine: a\r\nX", "b"}}, Headers{{"", "b"}}})
    EXPECT_EQ(code_of([&] { client.send({.url = server.url(), .headers = bad}); }), ErrorCode::internal);
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClientGuard, NoAddressOfThisMachineIsConnectedToWhateverItsName) {
  const HttpServer server(echo, "0.0.0.0");
  const std::string port = ":" + std::to_string(server.port());
  // "localhost" is what a name that turns to another address between check and use comes to.
  for (const char* host : {"127.0.0.1", "localhost", "rebound.localhost", "0.0.0.0", "[::1]",
                           "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"})
    EXPECT_EQ(code_of([&] { guarded.send({.url = "http://" + (host + port)}); }), ErrorCode::invalid_input)
        << host;
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClientGuard, AnOperatorMayNameAnyAddress) {
  const HttpServer server(answers("HTTP/1.1 200 OK\r\n\r\n"));
  EXPECT_EQ(guarded.send({.url = server.url(), .named_by = HttpRequest::NamedBy::operator_}).status, 200);
}

TEST(HttpClientGuard, ARedirectToThisMachineIsNotConnectedToEither) {
  const HttpServer inner(echo);
  const HttpServer outer(
      [&](const SeenRequest&, Peer& peer) { peer.answer(302, "", {{"Location", inner.url()}}); });
  EXPECT_EQ(client.send({.url = outer.url()}).status, 302);
  EXPECT_EQ(inner.connections(), 0);
  for (const char* target : {"file:///etc/passwd", "ftp://127.0.0.1/a", "gopher://127.0.0.1/a"}) {
    const HttpServer elsewhere(
        [&](const SeenRequest&, Peer& peer) { peer.answer(302, "", {{"Location", target}}); });
    EXPECT_EQ(code_of([&] { client.send({.url = elsewhere.url(), .redirects = 5}); }),
              ErrorCode::invalid_input)
        << target;
  }
}

TEST(HttpClientGuard, WhereHttpsIsAskedForHttpIsNotConnectedTo) {
  const HttpServer server(echo);
  EXPECT_EQ(code_of([&] { client.send({.url = server.url(), .https_only = true}); }),
            ErrorCode::invalid_input);
  EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClientGuard, TheProxyOfTheEnvironmentIsTheOperatorsAlone) {
  const HttpServer proxy(
      [](const SeenRequest& request, Peer& peer) { peer.answer(200, "by proxy: " + request.target); });
  const HttpServer direct([](const SeenRequest&, Peer& peer) { peer.answer(200, "direct"); });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  const HttpResponse stranger = client.send({.url = direct.url()});
  const HttpResponse operators =
      client.send({.url = direct.url("/a"), .named_by = HttpRequest::NamedBy::operator_});
  ::unsetenv("http_proxy");
  EXPECT_EQ(stranger.body, "direct");
  EXPECT_EQ(operators.body, "by proxy: " + direct.url("/a"));
}

}  // namespace
}  // namespace reelwright::net
