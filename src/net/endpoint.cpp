#include "net/endpoint.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "net/url.h"

namespace reelwright::net {

namespace {

constexpr std::string_view openai_host = "api.openai.com";

void require(bool there, const core::Config& config, const EndpointSettings& settings,
             std::string_view what) {
  const core::Config::Value& engine = config.value(settings.engine);
  if (!there)
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("{} is {} ({}), so {}.", settings.engine, engine.text, engine.place, what));
}

}  // namespace

Endpoint endpoint_from(const core::Config& config, const EndpointSettings& settings) {
  const std::string& model = config.text(settings.model);
  require(!model.empty(), config, settings,
          fmt::format("{} must name the server's model to ask", settings.model));
  return {.role = settings.role,
          .base_url = checked_base_url(config.text(settings.base_url), settings.base_url),
          .api_key = {},
          .model = model,
          .paths = {},
          .timeout = std::chrono::seconds(config.integer(settings.timeout)),
          .url_setting = settings.base_url,
          .key_setting = settings.key,
          .model_setting = settings.model,
          .timeout_setting = settings.timeout};
}

void add_key(Endpoint& endpoint, const core::Config& config, const EndpointSettings& settings) {
  const bool is_openai = host_of(endpoint.base_url) == openai_host;
  if (is_openai && config.text(settings.key).empty()) endpoint.key_setting = "OPENAI_API_KEY";
  endpoint.api_key = config.text(endpoint.key_setting);
  require(!is_openai || !endpoint.api_key.empty(), config, settings,
          fmt::format("{} or OPENAI_API_KEY must hold a key of OpenAI's", settings.key));
}

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
