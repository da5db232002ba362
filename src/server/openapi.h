#pragma once

#include <string>
#include <vector>

#include "server/route.h"

namespace reelwright::server {

/// The OpenAPI 3.1 document of these routes, as JSON.
std::string openapi(const std::vector<Route>& routes);

}  // namespace reelwright::server
