#include "net/url.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::net {
namespace {

std::string refusal(const std::string& text, bool allow_private = false) {
  try {
    parse_user_url(text, allow_private);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  return "";
}

TEST(Url, IsTakenApart) {
  const Url url = parse_user_url("HTTPS://Example.COM:8443/talks/My%20talk.mp4?sig=a%2Fb#t=10", false);
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "example.com");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.path, "/talks/My%20talk.mp4");
  EXPECT_EQ(url.text, "https://example.com:8443/talks/My%20talk.mp4?sig=a%2Fb");
}

TEST(Url, TheFileNameIsTheLastPartAsItReads) {
  const auto name = [](const std::string& rest) {
    return parse_user_url("https://example.com" + rest, false).filename;
  };
  EXPECT_EQ(name("/talks/My%20talk.mp4?a=/b"), "My talk.mp4");
  EXPECT_EQ(name("/talks/%C3%A4.mp4"), "\xC3\xA4.mp4");
  for (const char* none : {"", "/", "/talks/", "/a%0Ab.mp4", "/a%FF.mp4", "/a%00b"})
    EXPECT_EQ(name(none), "") << none;
  EXPECT_EQ(name("/a%2F..%2Fb.mp4"), "b.mp4");
}

TEST(Url, ThePortIsTheSchemesOwnWhereNoneIsNamed) {
  EXPECT_EQ(parse_user_url("http://example.com", false).port, 80);
  EXPECT_EQ(parse_user_url("https://example.com/", false).port, 443);
  EXPECT_EQ(parse_user_url("https://example.com", false).path, "/");
}

TEST(Url, OnlyHttpAndHttps) {
  for (const char* text :
       {"ftp://example.com/a", "file:///etc/passwd", "gopher://example.com", "javascript:alert(1)",
        "dict://example.com:11211/", "ldap://example.com", "smb://example.com/a", "data:text/plain,a"})
    EXPECT_NE(refusal(text, true), "") << text;
  EXPECT_NE(refusal("ftp://example.com/a").find("http://"), std::string::npos);
}

TEST(Url, WhatIsNoneIsRefused) {
  for (const char* text :
       {"", "example.com/a.mp4", "//example.com/a", "/a", "http://", "https://?a", "http://.",
        "http://example.com:0/", "http://example.com:65536/", "http://example.com:-1/",
        "http://example.com:http/", "http://[::1", "http://exa mple.com/", "http://example.com/a b",
        "http://example.com/\r\nX-Injected: 1", "http://example.com/\x01", "http://[fe80::1%25eth0]/"})
    EXPECT_NE(refusal(text, true), "") << text;
  EXPECT_NE(refusal("http://example.com/" + std::string(2048, 'a')), "");
  EXPECT_EQ(refusal("http://example.com/" + std::string(2000, 'a')), "");
}

TEST(Url, NamesAndPasswordsAreRefused) {
  for (const char* text :
       {"http://user@example.com/", "http://user:pass@example.com/", "http://:@example.com/",
        "http://example.com@127.0.0.1/", "http://example.com:80@10.0.0.1/"})
    EXPECT_NE(refusal(text, true), "") << text;
}

TEST(Url, AddressesOfNoPublicUseAreRefusedHoweverTheyAreSpelled) {
  for (const char* host : {"127.0.0.1",
                           "127.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "0177.0.0.1",
                           "017700000001",
                           "127.0.0.1.",
                           "10.0.0.1",
                           "192.168.1.1",
                           "169.254.169.254",
                           "2852039166",
                           "0xa9fea9fe",
                           "0251.0376.0251.0376",
                           "0.0.0.0",
                           "0",
                           "[::]",
                           "[::1]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[0:0:0:0:0:0:0:1]",
                           "[2002:7f00:1::]",
                           "[64:ff9b::7f00:1]",
                           "[fe80::1]",
                           "[fd00:ec2::254]",
                           "localhost",
                           "LOCALHOST",
                           "localhost.",
                           "a.localhost",
                           "localhost.."}) {
    EXPECT_NE(refusal(std::string("http://") + host + "/"), "") << host;
    EXPECT_NE(refusal(std::string("https://") + host + ":8443/a?b"), "") << host;
  }
}

TEST(Url, ASettingAllowsPrivateAddresses) {
  EXPECT_EQ(parse_user_url("http://2130706433:8080/a", true).text, "http://127.0.0.1:8080/a");
  EXPECT_EQ(parse_user_url("http://localhost./", true).host, "localhost");
  EXPECT_EQ(parse_user_url("http://[::1]:8080/a", true).host, "[::1]");
}

TEST(Url, PublicAddressesAndNamesPass) {
  for (const char* text :
       {"http://8.8.8.8/", "https://[2606:4700:4700::1111]/a", "https://xn--mnchen-3ya.de/",
        "https://m\xC3\xBCnchen.de/a", "http://example.com./a", "http://10.example.com/"})
    EXPECT_EQ(refusal(text), "") << text;
  EXPECT_EQ(parse_user_url("http://Example.com./a", false).text, "http://example.com/a");
}

TEST(Url, LogsGetNoQuery) {
  EXPECT_EQ(without_query("https://example.com/a?token=secret#b"), "https://example.com/a");
  EXPECT_EQ(without_query("https://example.com/a#b"), "https://example.com/a");
  EXPECT_EQ(without_query("https://example.com/a"), "https://example.com/a");
}

}  // namespace
}  // namespace reelwright::net
