#pragma once

#include <sys/socket.h>

#include <string>
#include <string_view>

namespace reelwright::net {

/// Why an address is none of the public internet ("loopback", "private", "6to4", ...), by the registries of
/// special addresses of IANA (RFC 6890); empty where it is public. IPv6 addresses that carry an IPv4 address
/// inside are never public, whatever they carry. What is neither IPv4 nor IPv6 is "no internet address".
std::string_view special_use(const sockaddr& address);

/// The same of an address as text, `10.1.2.3` or `fe80::1`; "no internet address" for anything else.
std::string_view special_use(const std::string& address);

inline bool is_public(const sockaddr& address) { return special_use(address).empty(); }
inline bool is_public(const std::string& address) { return special_use(address).empty(); }

/// The address as text, without the port; empty where it is neither IPv4 nor IPv6.
std::string address_text(const sockaddr& address);

}  // namespace reelwright::net
