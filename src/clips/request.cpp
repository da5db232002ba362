#include "clips/request.h"

#include "core/request_json.h"

namespace reelwright::clips {

Request read_request(std::string_view json) { return core::read_request_json<Request>(json); }

std::string to_text(const Request& request) { return core::to_json(request, "the request"); }

}  // namespace reelwright::clips
