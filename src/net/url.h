#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace reelwright::net {

/// Parts of an http or https URL that curl would connect to.
struct Url {
  std::string text;      ///< the whole, in one spelling: what to give to the client
  std::string scheme;    ///< `http` or `https`
  std::string host;      ///< in lower case, numbers as 1.2.3.4, IPv6 in brackets, no dot at the end
  int port = 0;          ///< the scheme's own where none was named
  std::string path;      ///< begins with `/`, without query and fragment
  std::string filename;  ///< the last part of the path as it reads; empty where it is no name of a file
};

/// A URL that a stranger gave. Throws `invalid_input` that says what is wrong: another scheme than http and
/// https, a name or password in it, no host, control characters or spaces, more than 2048 bytes; and, unless
/// `allow_private`, a host that is an address of no public use or a name of this machine ("localhost"). What
/// a name resolves to is seen only when the client connects, and checked there.
Url parse_user_url(std::string_view text, bool allow_private);

/// The URL without its query and fragment, which may carry secrets: for logs.
std::string without_query(std::string_view url);

}  // namespace reelwright::net
