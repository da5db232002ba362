#pragma once

// Inside `jobs/` only. Include only in sources: glaze is slow to compile.

#include <string>
#include <string_view>

#include "core/json.h"

namespace reelwright::jobs {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

[[noreturn]] inline void refuse_message(const std::string& details) {
  throw core::Error(core::ErrorCode::invalid_input, "What came over the socket is no message.", details);
}

/// Every member must be there, the type first, and nothing else.
template <typename Message>
Message parse_message(std::string_view json) {
  // Without a type glaze takes the first one that fits.
  if (!json.starts_with(R"({"type":")")) refuse_message("no type");
  Message message{};
  constexpr glz::opts strict{.error_on_unknown_keys = true, .error_on_missing_keys = true};
  if (const auto error = glz::read<strict>(message, json))
    refuse_message(glz::format_error(error, json.substr(0, 200)));
  return message;
}

}  // namespace reelwright::jobs
