#include "server/metrics.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

void add_metrics(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/metrics",
              .access = Access::admin,
              .docs = {.summary = "Numbers for Prometheus", .tag = "operation", .answer_type = "text/plain"},
              .handler = Handler([&services](Request&) {
                Response response{.headers = {}, .body = services.metrics.page()};
                return std::move(response.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
              })});
}

}  // namespace reelwright::server
