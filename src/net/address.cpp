#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

namespace reelwright::net {

namespace {

struct Block {
  const char* beginning;
  unsigned bits;
  std::string_view use;
};

/// IANA's IPv4 Special-Purpose Address Registry, with multicast (RFC 5771), and one address at which a
/// cloud's machines find their keys although it looks public.
constexpr Block ipv4_blocks[] = {
    {"0.0.0.0", 8, "this network"},
    {"10.0.0.0", 8, "private"},
    {"100.64.0.0", 10, "shared"},
    {"127.0.0.0", 8, "loopback"},
    {"168.63.129.16", 32, "cloud metadata"},
    {"169.254.0.0", 16, "link-local"},
    {"172.16.0.0", 12, "private"},
    {"192.0.0.0", 24, "protocol assignments"},
    {"192.0.2.0", 24, "documentation"},
    {"192.31.196.0", 24, "AS112"},
    {"192.52.193.0", 24, "AMT"},
    {"192.88.99.0", 24, "6to4 relay"},
    {"192.168.0.0", 16, "private"},
    {"192.175.48.0", 24, "AS112"},
    {"198.18.0.0", 15, "benchmarking"},
    {"198.51.100.0", 24, "documentation"},
    {"203.0.113.0", 24, "documentation"},
    {"224.0.0.0", 4, "multicast"},
    {"255.255.255.255", 32, "broadcast"},
    {"240.0.0.0", 4, "reserved"},
};

/// The IPv6 registry, with what is deprecated; the first that fits names it. All else outside of 2000::/3 has
/// not been given out.
constexpr Block ipv6_blocks[] = {
    {"::", 128, "unspecified"},
    {"::1", 128, "loopback"},
    {"::ffff:0:0:0", 96, "IPv4-translated"},
    {"::ffff:0:0", 96, "IPv4-mapped"},
    {"::", 96, "IPv4-compatible"},
    {"64:ff9b::", 96, "NAT64"},
    {"64:ff9b:1::", 48, "NAT64"},
    {"100::", 64, "discard-only"},
    {"100:0:0:1::", 64, "dummy"},
    {"2001::", 32, "Teredo"},
    {"2001:2::", 48, "benchmarking"},
    {"2001:10::", 28, "ORCHID"},
    {"2001:20::", 28, "ORCHID"},
    {"2001::", 23, "protocol assignments"},
    {"2001:db8::", 32, "documentation"},
    {"2002::", 16, "6to4"},
    {"2620:4f:8000::", 48, "AS112"},
    {"3fff::", 20, "documentation"},
    {"5f00::", 16, "segment routing"},
    {"fc00::", 7, "unique local"},
    {"fe80::", 10, "link-local"},
    {"fec0::", 10, "site-local"},
    {"ff00::", 8, "multicast"},
};

using Bytes = std::span<const std::uint8_t>;

struct Parsed {
  unsigned bits;
  std::string_view use;
  std::array<std::uint8_t, 16> bytes{};
};

std::vector<Parsed> parse(int family, std::span<const Block> blocks) {
  std::vector<Parsed> parsed;
  for (const Block& block : blocks) {
    parsed.push_back({block.bits, block.use});
    ::inet_pton(family, block.beginning, parsed.back().bytes.data());
  }
  return parsed;
}

bool is_in(Bytes address, const Parsed& block) {
  const unsigned whole = block.bits / 8;
  const unsigned rest = block.bits % 8;
  if (!std::equal(address.begin(), address.begin() + whole, block.bytes.begin())) return false;
  return rest == 0 || (static_cast<unsigned>(address[whole] ^ block.bytes[whole]) >> (8 - rest)) == 0;
}

std::string_view use_in(const std::vector<Parsed>& blocks, Bytes address) {
  const auto found = std::ranges::find_if(blocks, [&](const Parsed& block) { return is_in(address, block); });
  return found == blocks.end() ? std::string_view{} : found->use;
}

/// RFC 5214: an interface identifier of 0000:5efe or 0200:5efe with an IPv4 address behind, under any prefix.
bool is_isatap(Bytes address) {
  return (address[8] & 0xFDU) == 0 && address[9] == 0 && address[10] == 0x5E && address[11] == 0xFE;
}

std::string_view ipv4_use(Bytes address) {
  static const std::vector<Parsed> blocks = parse(AF_INET, ipv4_blocks);
  return use_in(blocks, address);
}

std::string_view ipv6_use(Bytes address) {
  static const std::vector<Parsed> blocks = parse(AF_INET6, ipv6_blocks);
  if (const std::string_view use = use_in(blocks, address); !use.empty()) return use;
  if (is_isatap(address)) return "ISATAP";
  return (address[0] >> 5U) == 1 ? "" : "reserved";
}

/// Copies: a `sockaddr` is but the beginning of what it points to, and need not be aligned.
template <typename Address>
Address as(const sockaddr& address) {
  Address copy{};
  std::memcpy(&copy, &address, sizeof copy);
  return copy;
}

template <typename Number>
Bytes bytes_of(const Number& number) {
  return {reinterpret_cast<const std::uint8_t*>(&number), sizeof number};
}

constexpr std::string_view none = "no internet address";

}  // namespace

std::string_view special_use(const sockaddr& address) {
  if (address.sa_family == AF_INET) return ipv4_use(bytes_of(as<sockaddr_in>(address).sin_addr));
  if (address.sa_family == AF_INET6) return ipv6_use(bytes_of(as<sockaddr_in6>(address).sin6_addr));
  return none;
}

std::string_view special_use(const std::string& address) {
  in_addr four{};
  if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return ipv4_use(bytes_of(four));
  in6_addr six{};
  if (::inet_pton(AF_INET6, address.c_str(), &six) == 1) return ipv6_use(bytes_of(six));
  return none;
}

std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    const auto four = as<sockaddr_in>(address);
    ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    const auto six = as<sockaddr_in6>(address);
    ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace reelwright::net
