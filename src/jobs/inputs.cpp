#include "jobs/inputs.h"

#include "core/json.h"

namespace reelwright::jobs {

namespace {

constexpr std::string_view url_key = "url";

}  // namespace

std::string source_key(const Inputs& inputs) {
  const auto source = inputs.keys.find(source_role);
  return source == inputs.keys.end() ? "" : source->second;
}

std::string to_json(const Inputs& inputs) {
  std::map<std::string, std::string, std::less<>> told = inputs.keys;
  if (!inputs.url.empty()) told.emplace(url_key, inputs.url);
  return core::to_json(told, "the inputs of a job");
}

Inputs inputs_from(std::string_view json) {
  Inputs inputs;
  if (const auto error = glz::read_json(inputs.keys, json))
    throw core::Error(core::ErrorCode::internal, "The inputs of a job cannot be read.",
                      glz::format_error(error, json));
  if (auto url = inputs.keys.extract(std::string(url_key)); !url.empty())
    inputs.url = std::move(url.mapped());
  return inputs;
}

}  // namespace reelwright::jobs
