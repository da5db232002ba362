#include "net/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>

namespace reelwright::net {
namespace {

struct Row {
  const char* address;
  const char* use;  ///< empty: public
};

// Each block by its first and last address, and the addresses just outside.
constexpr Row rows[] = {
    {"0.0.0.0", "this network"},
    {"0.255.255.255", "this network"},
    {"1.0.0.0", ""},
    {"1.1.1.1", ""},
    {"8.8.8.8", ""},
    {"9.255.255.255", ""},
    {"10.0.0.0", "private"},
    {"10.255.255.255", "private"},
    {"11.0.0.0", ""},
    {"100.63.255.255", ""},
    {"100.64.0.0", "shared"},
    {"100.100.100.200", "shared"},  // metadata of a cloud
    {"100.127.255.255", "shared"},
    {"100.128.0.0", ""},
    {"126.255.255.255", ""},
    {"127.0.0.0", "loopback"},
    {"127.0.0.1", "loopback"},
    {"127.255.255.255", "loopback"},
    {"128.0.0.0", ""},
    {"168.63.129.15", ""},
    {"168.63.129.16", "cloud metadata"},
    {"168.63.129.17", ""},
    {"169.253.255.255", ""},
    {"169.254.0.0", "link-local"},
    {"169.254.169.254", "link-local"},  // metadata of most clouds
    {"169.254.255.255", "link-local"},
    {"169.255.0.0", ""},
    {"172.15.255.255", ""},
    {"172.16.0.0", "private"},
    {"172.31.255.255", "private"},
    {"172.32.0.0", ""},
    {"191.255.255.255", ""},
    {"192.0.0.0", "protocol assignments"},
    {"192.0.0.192", "protocol assignments"},  // metadata of a cloud
    {"192.0.0.255", "protocol assignments"},
    {"192.0.1.0", ""},
    {"192.0.1.255", ""},
    {"192.0.2.0", "documentation"},
    {"192.0.2.255", "documentation"},
    {"192.0.3.0", ""},
    {"192.31.196.1", "AS112"},
    {"192.52.193.1", "AMT"},
    {"192.88.98.255", ""},
    {"192.88.99.1", "6to4 relay"},
    {"192.88.100.0", ""},
    {"192.167.255.255", ""},
    {"192.168.0.0", "private"},
    {"192.168.255.255", "private"},
    {"192.169.0.0", ""},
    {"192.175.48.1", "AS112"},
    {"198.17.255.255", ""},
    {"198.18.0.0", "benchmarking"},
    {"198.19.255.255", "benchmarking"},
    {"198.20.0.0", ""},
    {"198.51.99.255", ""},
    {"198.51.100.0", "documentation"},
    {"198.51.100.255", "documentation"},
    {"198.51.101.0", ""},
    {"203.0.112.255", ""},
    {"203.0.113.0", "documentation"},
    {"203.0.113.255", "documentation"},
    {"203.0.114.0", ""},
    {"223.255.255.255", ""},
    {"224.0.0.0", "multicast"},
    {"239.255.255.255", "multicast"},
    {"240.0.0.0", "reserved"},
    {"255.255.255.254", "reserved"},
    {"255.255.255.255", "broadcast"},

    {"::", "unspecified"},
    {"::1", "loopback"},
    {"::2", "IPv4-compatible"},
    {"::127.0.0.1", "IPv4-compatible"},
    {"::8.8.8.8", "IPv4-compatible"},
    {"::ffff:127.0.0.1", "IPv4-mapped"},
    {"::ffff:169.254.169.254", "IPv4-mapped"},
    {"::ffff:8.8.8.8", "IPv4-mapped"},
    {"::ffff:0:127.0.0.1", "IPv4-translated"},
    {"::1:0:0", "reserved"},
    {"64:ff9b::", "NAT64"},
    {"64:ff9b::127.0.0.1", "NAT64"},
    {"64:ff9b::8.8.8.8", "NAT64"},
    {"64:ff9b::ffff:ffff", "NAT64"},
    {"64:ff9b:0:0:0:1::", "reserved"},
    {"64:ff9b:1::", "NAT64"},
    {"64:ff9b:1:7f00:0:100::", "NAT64"},  // 127.0.0.1 under a prefix of 48 bits
    {"64:ff9b:1:ffff:ffff:ffff:ffff:ffff", "NAT64"},
    {"64:ff9b:2::", "reserved"},
    {"100::1", "discard-only"},
    {"100:0:0:1::1", "dummy"},
    {"1fff:ffff::1", "reserved"},
    {"2000::1", ""},
    {"2001::", "Teredo"},
    {"2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"},
    {"2001:1::1", "protocol assignments"},
    {"2001:2::1", "benchmarking"},
    {"2001:3::1", "protocol assignments"},
    {"2001:10::1", "ORCHID"},
    {"2001:2f:ffff::1", "ORCHID"},
    {"2001:1ff:ffff::1", "protocol assignments"},
    {"2001:200::1", ""},
    {"2001:db7::1", ""},
    {"2001:db8::", "documentation"},
    {"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation"},
    {"2001:db9::1", ""},
    {"2001:4860:4860::8888", ""},
    {"2002::", "6to4"},
    {"2002:7f00:1::1", "6to4"},     // 127.0.0.1
    {"2002:a9fe:a9fe::1", "6to4"},  // 169.254.169.254
    {"2002:808:808::1", "6to4"},    // 8.8.8.8
    {"2003::1", ""},
    {"2606:4700:4700::1111", ""},
    {"2620:4f:8000::1", "AS112"},
    {"2a00::5efe:7f00:1", "ISATAP"},
    {"2a00::5efe:127.0.0.1", "ISATAP"},
    {"2a00:1:2:3:200:5efe:10.0.0.1", "ISATAP"},
    {"2a00:1:2:3:100:5efe:10.0.0.1", ""},
    {"2a00:1:2:3:0:5eff:10.0.0.1", ""},
    {"3ffe:ffff::1", ""},
    {"3fff::1", "documentation"},
    {"3fff:fff:ffff::1", "documentation"},
    {"3fff:1000::1", ""},
    {"4000::1", "reserved"},
    {"5f00::1", "segment routing"},
    {"fbff::1", "reserved"},
    {"fc00::1", "unique local"},
    {"fd00:ec2::254", "unique local"},  // metadata of a cloud
    {"fdff:ffff::1", "unique local"},
    {"fe00::1", "reserved"},
    {"fe80::1", "link-local"},
    {"fe80::5efe:8.8.8.8", "link-local"},
    {"febf:ffff::1", "link-local"},
    {"fec0::1", "site-local"},
    {"feff:ffff::1", "site-local"},
    {"ff02::1", "multicast"},
    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast"},

    {"", "no internet address"},
    {"localhost", "no internet address"},
    {"010.0.0.1", "no internet address"},  // octal or not: not taken at all
    {"2130706433", "no internet address"},
    {"1.1.1.1 ", "no internet address"},
};

sockaddr_storage socket_address(const char* text) {
  sockaddr_storage storage{};
  sockaddr_in four{.sin_family = AF_INET, .sin_port = htons(80), .sin_addr = {}, .sin_zero = {}};
  sockaddr_in6 six{};
  six.sin6_family = AF_INET6;
  if (::inet_pton(AF_INET, text, &four.sin_addr) == 1)
    std::memcpy(&storage, &four, sizeof four);
  else if (::inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
    std::memcpy(&storage, &six, sizeof six);
  return storage;
}

TEST(Address, IsPublicOrHasASpecialUse) {
  for (const Row& row : rows) {
    EXPECT_EQ(special_use(std::string(row.address)), row.use) << row.address;
    EXPECT_EQ(is_public(std::string(row.address)), std::string_view(row.use).empty()) << row.address;
  }
}

TEST(Address, OfASocketIsJudgedAsItsText) {
  for (const Row& row : rows) {
    const sockaddr_storage storage = socket_address(row.address);
    const auto& address = reinterpret_cast<const sockaddr&>(storage);
    EXPECT_EQ(special_use(address), row.use) << row.address;
  }
}

TEST(Address, OfAnotherFamilyIsNone) {
  sockaddr_storage storage{};
  storage.ss_family = AF_UNIX;
  const auto& address = reinterpret_cast<const sockaddr&>(storage);
  EXPECT_EQ(special_use(address), "no internet address");
  EXPECT_EQ(address_text(address), "");
}

TEST(Address, IsWrittenAsUsual) {
  for (const char* text : {"1.2.3.4", "2001:db8::1", "::ffff:1.2.3.4"}) {
    const sockaddr_storage storage = socket_address(text);
    EXPECT_EQ(address_text(reinterpret_cast<const sockaddr&>(storage)), text);
  }
}

}  // namespace
}  // namespace reelwright::net
