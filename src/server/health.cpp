#include <fmt/ranges.h>

#include <functional>
#include <map>

#include "core/log.h"
#include "database/job_statistics.h"
#include "jobs/sandbox.h"
#include "jobs/whole_json.h"
#include "language/model_options.h"
#include "language/openai_embedder.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"
#include "speech/openai_transcriber.h"

namespace reelwright::server {

struct HealthCheck {
  std::string status;  ///< `ok`, `degraded`, `failed`
  std::string message;
};

struct Health {
  std::string status;
  std::string version;
  std::map<std::string, HealthCheck> checks;
};

namespace {

HealthCheck checked(const std::function<HealthCheck()>& check) {
  try {
    return check();
  } catch (const core::Error& error) {
    return {"failed", error.what()};
  }
}

HealthCheck room(const Services& services) {
  const auto free = services.storage.free_bytes();
  const auto wanted = static_cast<std::uint64_t>(services.config.integer("MIN_FREE_MB")) << 20U;
  if (!free) return {"ok", "without end"};
  if (*free < wanted)
    return {"failed", fmt::format("{} MiB left, less than MIN_FREE_MB; uploads are refused", *free >> 20U)};
  return {"ok", fmt::format("{} MiB left", *free >> 20U)};
}

HealthCheck queue(const Services& services) {
  const auto depth = database::queue_depth(services.database, core::now());
  return {"ok", fmt::format("{} jobs wait", depth.jobs)};
}

HealthCheck sandbox(const Services& services) {
  const jobs::SandboxState state = jobs::sandbox_state();
  if (state.whole()) return {"ok", "jobs are confined"};
  const bool required = services.config.text("SANDBOX") == "required";
  return {required ? "failed" : "degraded", fmt::format("{}", fmt::join(state.lacks, " "))};
}

/// What is set; it is not called for that.
HealthCheck ai_services(Services& services) {
  std::vector<std::string> models;
  for (const net::EndpointSettings* role :
       {&language::language_endpoint, &language::embedder_endpoint, &speech::transcriber_endpoint}) {
    const std::string& engine = services.config.text(role->engine);
    const std::string& model = services.config.text(role->model);
    if (engine == "openai") net::endpoint_from(services.config, *role);
    if (engine != "none" && !model.empty()) models.push_back(fmt::format("{}: {}", role->role, model));
  }
  if (models.empty()) return {"ok", "embedded engines; none is remote"};
  return {"ok", fmt::format("{}", fmt::join(models, ", "))};
}

/// Database, queue, storage and room decide; what is merely wanting makes it `degraded`.
Health health_of(Services& services) {
  Health health{.status = "ok", .version = REELWRIGHT_VERSION, .checks = {}};
  const auto ok = [](auto act) {
    return [act]() -> HealthCheck {
      act();
      return {"ok", ""};
    };
  };
  health.checks["database"] = checked(ok([&] { services.database.check(); }));
  health.checks["queue"] = checked([&] { return queue(services); });
  health.checks["storage"] = checked(ok([&] { services.storage.check(); }));
  health.checks["disk"] = checked([&] { return room(services); });
  health.checks["sandbox"] = checked([&] { return sandbox(services); });
  health.checks["ai_services"] = checked([&] { return ai_services(services); });
  for (const auto& [name, check] : health.checks) {
    if (check.status == "failed") health.status = "failed";
    if (check.status == "degraded" && health.status == "ok") health.status = "degraded";
  }
  return health;
}

}  // namespace

void add_health(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/health",
              .access = Access::open,
              .docs = {.summary = "Whether the service works: 200, or 503",
                       .tag = "operation",
                       .answer = std::make_shared<const Schema>(schema_of<Health>()),
                       .failures = {503}},
              .handler = Handler([&services](Request&) {
                const Health health = health_of(services);
                return json_response(jobs::whole_json(health, "the health"),
                                     health.status == "failed" ? 503 : 200);
              })});
  router.add({.method = Method::get,
              .pattern = "/api/health/live",
              .access = Access::open,
              .docs = {.summary = "Whether the process answers", .tag = "operation"},
              .handler = Handler([](Request&) { return json_response(R"({"status":"ok"})"); }),
              .quick = true});
}

}  // namespace reelwright::server
