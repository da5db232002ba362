#include "net/endpoint.h"

#include <fmt/format.h>

#include "core/error.h"
#include "net/url.h"

namespace reelwright::net {

std::string checked_base_url(std::string_view url, std::string_view setting) {
  const auto refuse = [&](std::string_view why) {
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("{} is no base URL: {}. It is like https://api.openai.com/v1.", setting, why));
  };
  if (url.contains('?') || url.contains('#')) refuse("it has a query or a fragment");
  try {
    parse_user_url(url, true);
  } catch (const core::Error& error) {
    std::string why = error.what();
    while (why.ends_with('.')) why.pop_back();
    refuse(why);
  }
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

std::string host_of(std::string_view base_url) {
  const std::size_t scheme = base_url.find("://");
  if (scheme != std::string_view::npos) base_url.remove_prefix(scheme + 3);
  return std::string(base_url.substr(0, base_url.find('/')));
}

}  // namespace reelwright::net
