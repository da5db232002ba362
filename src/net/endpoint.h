#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace reelwright::net {

/// Where a role is played by a server, as the settings have it; the names of those settings are for messages.
struct Endpoint {
  std::string role;
  std::string base_url;  ///< as `checked_base_url` gives it
  std::string api_key;   ///< empty: the server asks for none
  std::string model;     ///< the only one that may be asked for
  std::vector<std::string> paths;
  std::chrono::milliseconds timeout{120'000};  ///< of one call

  std::string url_setting, key_setting, model_setting, timeout_setting;
};

/// `url` without a slash at its end. Throws `invalid_input` that names `setting` for what cannot be a base
/// URL: not http or https, with a name, password, query or fragment in it.
std::string checked_base_url(std::string_view url, std::string_view setting);

/// The host of a base URL, with the port where it names one.
std::string host_of(std::string_view base_url);

}  // namespace reelwright::net
