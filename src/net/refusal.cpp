#include "net/refusal.h"

#include <fmt/format.h>

namespace reelwright::net {

using core::Error;
using core::ErrorCode;

bool is_no_model(const ApiAnswer& answer, const VendorError& error) {
  return error.mentions("model_not_found") || (answer.status == 404 && error.mentions("model"));
}

Error refusal(const ApiAnswer& answer, const VendorError& error, const Asked& asked) {
  const std::string details = fmt::format("status {}, x-request-id {}", answer.status, answer.request_id);
  if (is_no_model(answer, error))
    return {ErrorCode::invalid_input,
            fmt::format("{} has no model {} ({}); set {} to one that it has.", asked.base_url, asked.model,
                        error.message, asked.settings.model),
            details};
  if (answer.status == 413)
    return {ErrorCode::too_large,
            fmt::format("What is sent is too much for {} ({}); set {} to another model.", asked.model,
                        error.message, asked.settings.model),
            details};
  if (answer.status == 400 || answer.status == 422)
    return {ErrorCode::invalid_input,
            fmt::format("{} does not take the question (status {}: {}); set {} to another model.",
                        asked.base_url, answer.status, error.message, asked.settings.model),
            details};
  return {ErrorCode::invalid_input,
          fmt::format("{} has no {} (status {}); set {} to the base URL of an API.", asked.base_url,
                      asked.path, answer.status, asked.settings.base_url),
          details};
}

}  // namespace reelwright::net
