#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace reelwright::core {
class Config;
}

namespace reelwright::net {

/// Where a role is played by a server, as the settings have it; the names of those settings are for messages.
struct Endpoint {
  std::string role;
  std::string base_url;  ///< as `checked_base_url` gives it
  std::string api_key;   ///< empty: the server asks for none
  std::string model;     ///< the only one that may be asked for
  std::vector<std::string> paths;
  std::chrono::milliseconds timeout{120'000};  ///< of one call
  std::uint64_t largest_answer = 1 << 20;      ///< bytes

  std::string url_setting{}, key_setting{}, model_setting{}, timeout_setting{};
};

/// By which settings a role is given to a server; and `OPENAI_API_KEY`, which every role may use at OpenAI's
/// host and nowhere else.
struct EndpointSettings {
  const char *role, *engine, *base_url, *key, *model, *timeout;
};

/// As the settings have it, but for the key, which not every process has. Throws `invalid_input` that names
/// the setting that is missing or wrong.
Endpoint endpoint_from(const core::Config& config, const EndpointSettings& settings);

/// Adds the key. Throws `invalid_input` where OpenAI's own is missing.
void add_key(Endpoint& endpoint, const core::Config& config, const EndpointSettings& settings);

/// `url` without a slash at its end. Throws `invalid_input` that names `setting` for what cannot be a base
/// URL: not http or https, with a name, password, query or fragment in it.
std::string checked_base_url(std::string_view url, std::string_view setting);

/// The host of a base URL, with the port where it names one.
std::string host_of(std::string_view base_url);

}  // namespace reelwright::net
