#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelwright::server {

enum class Method { get, head, post, put, patch, remove, options };

/// `GET`, `POST`, ...
std::string_view name(Method method);

/// Nothing for a method that HTTP has and this service does not.
std::optional<Method> method_named(std::string_view text);

/// Who asks: a key, a signed link, or anybody where the service is open.
struct Caller {
  std::string user_id{};
  std::string key_id{};  ///< empty without a key
  bool admin = false;
  bool by_link = false;  ///< may only get what the link names
};

using Parameters = std::map<std::string, std::string, std::less<>>;

/// One request, its body apart. Views are good until the answer is made.
struct Request {
  Method method = Method::get;
  std::string_view target;  ///< path and query as they were sent
  std::string path;         ///< decoded, without query
  Parameters query;         ///< decoded; of a name that stands twice the last one
  Parameters path_values;   ///< what stands in place of `{processing_id}`
  std::vector<std::pair<std::string_view, std::string_view>> headers;
  std::string body;     ///< whole; empty for routes that read it themselves
  std::string address;  ///< of the other side
  std::string id;       ///< names this request in the log and in `X-Request-Id`
  bool is_http_1_0 = false;
  std::optional<std::uint64_t> content_length;
  const struct Route* route = nullptr;  ///< once it is known
  Caller caller;
  std::vector<std::pair<std::string, std::string>> answer_headers;  ///< that whatever answer has to bear

  /// Empty where there is none. Names of headers know no case.
  std::string_view header(std::string_view name) const;

  /// Empty where there is none.
  std::string_view query_value(std::string_view name) const;

  /// Of a route whose path has it.
  const std::string& path_value(std::string_view name) const;
};

/// `%41` as `A`, and where `plus_is_space` `+` as a space. Nothing for broken escapes and null bytes.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// Every byte but letters, digits and `-._~` escaped.
std::string percent_encoded(std::string_view text);

/// Nothing for broken escapes or over 100 parameters.
std::optional<Parameters> parse_query(std::string_view query);

}  // namespace reelwright::server
