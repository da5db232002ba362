#include <array>
#include <filesystem>

#include "server/assets.h"
#include "server/openapi.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

namespace {

constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Reelwright: API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</html>
)";

constexpr std::string_view start = R"(window.ui = SwaggerUIBundle({
  url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true, persistAuthorization: false
});
)";

constexpr std::array files = {std::pair{"swagger-ui.css", "text/css"},
                              std::pair{"swagger-ui-bundle.js", "text/javascript"}};

Response text(std::string_view body, std::string type) {
  Response response{.headers = {}, .body = std::string(body)};
  response.with("Content-Type", std::move(type));
  // Swagger UI sets styles by script, and its pictures are data.
  response.with(
      "Content-Security-Policy",
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");
  return response;
}

Route open(const char* pattern, const char* summary, std::string answer_type, Handler handler) {
  return {.method = Method::get,
          .pattern = pattern,
          .access = Access::open,
          .docs = {.summary = summary, .tag = "documentation", .answer_type = std::move(answer_type)},
          .handler = std::move(handler)};
}

Response asset(const std::filesystem::path& file, std::string type) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error)
    throw core::Error(core::ErrorCode::not_found,
                      "The documentation's page was not built; /openapi.json says the same.");
  Response response{.headers = {}, .body = FileBody{file, 0, size}};
  return std::move(
      response.with("Content-Type", std::move(type)).with("Cache-Control", "public, max-age=86400"));
}

}  // namespace

/// To be called last: the document tells of the routes that stand by then.
void add_docs(Router& router, Services&) {
  router.add(open("/docs", "This API as a page to try out", "text/html",
                  [](Request&) { return text(page, "text/html; charset=utf-8"); }));
  router.add(open("/docs/start.js", "What starts that page", "text/javascript",
                  [](Request&) { return text(start, "text/javascript"); }));
  for (const auto& [name, type] : files)
    router.add(open(name == files[0].first ? "/docs/swagger-ui.css" : "/docs/swagger-ui-bundle.js",
                    "A part of that page", type,
                    [file = assets_folder() / "swagger-ui" / name, type = std::string(type)](Request&) {
                      return asset(file, type);
                    }));
  const auto document = std::make_shared<std::string>();
  router.add(open("/openapi.json", "This API as OpenAPI 3.1", "application/json",
                  [document](Request&) { return json_response(*document); }));
  *document = openapi(router.routes());
}

}  // namespace reelwright::server
