#include "server/tus.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <charconv>

#include "core/encoding.h"

namespace reelwright::server {

namespace {

constexpr std::string_view version = "1.0.0";
constexpr const char* extensions =
    "creation,creation-with-upload,creation-defer-length,expiration,checksum,termination";
constexpr std::size_t longest_metadata = 8192;

}  // namespace

Response as_tus(Response response, std::int64_t largest) {
  response.with("Tus-Resumable", std::string(version));
  response.with("Tus-Version", std::string(version));
  response.with("Tus-Extension", extensions);
  response.with("Tus-Max-Size", std::to_string(largest));
  response.with("Tus-Checksum-Algorithm", "sha1,sha256,md5");
  return response;
}

void require_tus(const Request& request) {
  if (request.header("Tus-Resumable") != version)
    throw TusRefusal(412, "This service speaks tus 1.0.0; send the header Tus-Resumable: 1.0.0.");
}

std::optional<std::int64_t> byte_count(const Request& request, std::string_view header) {
  const std::string_view text = request.header(header);
  if (text.empty()) return {};
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  if (error != std::errc{} || end != text.end() || value < 0)
    throw TusRefusal(400, fmt::format("The header {} must be a whole number of bytes.", header));
  return value;
}

std::vector<std::pair<std::string, std::string>> upload_metadata(std::string_view header) {
  if (header.size() > longest_metadata)
    throw TusRefusal(400, "The header Upload-Metadata is larger than 8 KiB.");
  std::vector<std::pair<std::string, std::string>> pairs;
  while (!header.empty()) {
    std::string_view pair = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const std::size_t space = std::min(pair.find(' '), pair.size());
    const auto value = core::from_base64(pair.substr(std::min(pair.size(), space + 1)));
    if (space == 0 || !value)
      throw TusRefusal(400, "The header Upload-Metadata must be pairs of a key and base64.");
    pairs.emplace_back(pair.substr(0, space), *value);
  }
  return pairs;
}

std::string http_date(core::Moment moment) {
  return fmt::format("{:%a, %d %b %Y %T} GMT", std::chrono::floor<std::chrono::seconds>(moment));
}

}  // namespace reelwright::server
