#include "net/curl_transfer.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "core/error.h"

namespace reelwright::net {
namespace {

using core::ErrorCode;

/// What curl does with a transfer that only public addresses are allowed to, without a network.
class Guarded : public ::testing::Test {
 protected:
  bool opens(const char* address) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    ::inet_pton(AF_INET, address, &name.sin_addr);
    curl_sockaddr asked{AF_INET, SOCK_STREAM, 0, sizeof name, {}};
    std::memcpy(&asked.addr, &name, sizeof name);
    const curl_socket_t opened = CurlTransfer::open_socket(&transfer, CURLSOCKTYPE_IPCXN, &asked);
    if (opened != CURL_SOCKET_BAD) ::close(opened);
    return opened != CURL_SOCKET_BAD;
  }

  void hear(const std::string& line) { CurlTransfer::header(line.data(), 1, line.size(), &transfer); }

  ErrorCode end(CURLcode result) {
    try {
      transfer.finish(result);
    } catch (const core::Error& error) {
      message = error.what();
      return error.code();
    }
    return ErrorCode::internal;
  }

  HttpRequest request{.url = "https://example.com/model?token=secret", .redirects = 3, .https_only = true};
  HttpReceiver receiver;
  CurlTransfer transfer{request, receiver, true};
  std::string message;
};

TEST_F(Guarded, ARedirectToAPrivateAddressIsToldSo) {
  EXPECT_TRUE(opens("8.8.8.8"));
  hear("HTTP/1.1 302 Found\r\n");
  EXPECT_FALSE(opens("127.0.0.1"));
  EXPECT_EQ(end(CURLE_COULDNT_CONNECT), ErrorCode::invalid_input);
  EXPECT_TRUE(message.contains("not public")) << message;
  EXPECT_FALSE(message.contains("secret")) << message;
}

TEST_F(Guarded, AnAddressThatWasAllowedAndIsDownIsNoRefusal) {
  EXPECT_FALSE(opens("10.0.0.1"));
  EXPECT_TRUE(opens("8.8.8.8"));
  EXPECT_EQ(end(CURLE_COULDNT_CONNECT), ErrorCode::unavailable);
}

TEST_F(Guarded, ARedirectToAnotherProtocolIsToldSo) {
  EXPECT_TRUE(opens("8.8.8.8"));
  hear("HTTP/1.1 302 Found\r\n");
  EXPECT_EQ(end(CURLE_UNSUPPORTED_PROTOCOL), ErrorCode::invalid_input);
  EXPECT_TRUE(message.contains("leads to an address that does not begin with https://")) << message;
}

}  // namespace
}  // namespace reelwright::net
