#include "net/url.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "core/error.h"
#include "core/text.h"
#include "net/address.h"

namespace reelwright::net {

namespace {

constexpr std::size_t longest_url = 2048;

[[noreturn]] void refuse(std::string_view why) {
  throw core::Error(core::ErrorCode::invalid_input, fmt::format("The URL {}.", why));
}

struct Close {
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, Close>;

std::optional<std::string> part(const Handle& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (::curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
  std::string copy(text);
  ::curl_free(text);
  return copy;
}

Handle parse(const std::string& text) {
  Handle url(::curl_url());
  if (!url) throw core::Error(core::ErrorCode::internal, "curl has no memory for a URL.");
  switch (::curl_url_set(url.get(), CURLUPART_URL, text.c_str(),
                         CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER)) {
    case CURLUE_OK:
      return url;
    case CURLUE_BAD_SCHEME:
    case CURLUE_UNSUPPORTED_SCHEME:
      refuse("must begin with http:// or https://");
    case CURLUE_USER_NOT_ALLOWED:
      refuse("must not carry a name or password");
    case CURLUE_BAD_PORT_NUMBER:
      refuse("has a port that is none");
    default:
      refuse("is not a valid one");
  }
}

/// A dot at the end names the same host as none, and would hide it from comparisons.
std::string canonical_host(std::string host) {
  std::ranges::transform(host, host.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  while (host.ends_with('.')) host.pop_back();
  if (host.empty()) refuse("names no host");
  return host;
}

/// It comes from a stranger and is shown to people.
std::string filename_of(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  return core::printable(name, name.size()) == name ? name : "";
}

int port_of(const Handle& url) {
  const std::string text = part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or("");
  int port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  if (port <= 0) refuse("has a port that is none");
  return port;
}

void check_host(const std::string& host) {
  if (host == "localhost" || host.ends_with(".localhost"))
    refuse("names this machine; public addresses only are called");
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  const std::string_view use = special_use(bracketed ? host.substr(1, host.size() - 2) : host);
  // A name is no address yet: it is checked when it is connected to.
  if (use.empty() || (use == special_use(std::string()) && !bracketed)) return;
  refuse(fmt::format("names an address that is not public ({})", use));
}

}  // namespace

Url parse_user_url(std::string_view text, bool allow_private) {
  if (text.size() > longest_url) refuse(fmt::format("is longer than {} bytes", longest_url));
  if (core::printable(text, longest_url) != text || text.contains(' '))
    refuse("has spaces or control characters in it");
  const Handle handle = parse(std::string(text));
  Url url;
  url.scheme = part(handle, CURLUPART_SCHEME).value_or("");
  if (url.scheme != "http" && url.scheme != "https") refuse("must begin with http:// or https://");
  url.host = canonical_host(part(handle, CURLUPART_HOST).value_or(""));
  url.port = port_of(handle);
  url.path = part(handle, CURLUPART_PATH).value_or("/");
  url.filename = filename_of(part(handle, CURLUPART_PATH, CURLU_URLDECODE).value_or("/"));
  if (part(handle, CURLUPART_ZONEID)) refuse("names an address that is not public (link-local)");
  if (!allow_private) check_host(url.host);
  ::curl_url_set(handle.get(), CURLUPART_HOST, url.host.c_str(), 0);
  ::curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
  url.text = part(handle, CURLUPART_URL).value_or("");
  if (url.text.empty()) refuse("is not a valid one");
  return url;
}

std::string without_query(std::string_view url) {
  return std::string(url.substr(0, url.find_first_of("?#")));
}

}  // namespace reelwright::net
