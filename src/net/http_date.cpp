#include "net/http_date.h"

#include <curl/curl.h>

#include <string>

namespace reelwright::net {

std::optional<core::Moment> http_date(std::string_view text) {
  const time_t seconds = ::curl_getdate(std::string(text).c_str(), nullptr);
  if (seconds < 0) return {};
  return core::Moment(std::chrono::seconds(seconds));
}

}  // namespace reelwright::net
