#include "server/service.h"

#include <fmt/format.h>

#include "core/files.h"
#include "database/keys.h"
#include "database/users.h"
#include "server/access.h"
#include "server/application.h"
#include "server/background.h"
#include "server/links.h"
#include "server/metrics.h"
#include "server/services.h"
#include "storage/keys.h"

namespace reelwright::server {

namespace {

constexpr const char* local_user = "local";

std::filesystem::path incoming(const core::Config& config) {
  std::filesystem::path folder = storage::incoming_folder(config.path("STORAGE_PATH"));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) core::throw_errno(error.value(), "write", folder);
  return folder;
}

void require_keys_where_open(const core::Config& config, database::Database& database) {
  if (is_loopback(config.text("HOST")) || config.flag("ALLOW_OPEN") ||
      database::KeyTable(database).any(core::now()))
    return;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("HOST is {}, so that others could use the service, and there are no keys. Make one with "
                  "`reelwright keys create`, set ADMIN_API_KEY, or say ALLOW_OPEN=true.",
                  config.text("HOST")));
}

Router routes(Services& services) {
  Router router;
  for (const auto add :
       {add_upload_video, add_upload_url,  add_batches,    add_resumable_uploads, add_options,
        add_status,       add_events,      add_job_links,  add_job_list,          add_job_actions,
        add_clip_edits,   add_transcripts, add_candidates, add_downloads,         add_usage,
        add_webhooks,     add_keys,        add_health,     add_metrics,           add_docs})
    add(router, services);
  return router;
}

}  // namespace

struct Service::State {
  State(const core::Config& config, database::Database& database, storage::Storage& storage,
        jobs::Changes& changes, const jobs::Pipelines& pipelines)
      : config_(config),
        database_(database),
        reads(database),
        metrics(database, storage),
        links(database::UserTable(database).link_secret(core::now()),
              std::chrono::minutes(config.integer("LINK_MINUTES"))),
        submissions(database, storage, config),
        services{config,      database, reads,      storage, changes,         pipelines,
                 submissions, metrics,  background, links,   incoming(config)},
        router(routes(services)),
        access(config, database, reads, links, background,
               database::UserTable(database).ensure(local_user, core::now()).id),
        application(router, access, metrics, config.flag("DEBUG")),
        http({.host = config.text("HOST"),
              .port = static_cast<std::uint16_t>(config.integer("PORT")),
              .threads = static_cast<unsigned>(config.integer("HTTP_THREADS"))},
             application) {}

  const core::Config& config_;
  database::Database& database_;
  database::HotReads reads;
  Metrics metrics;
  Background background;
  Links links;
  jobs::Submissions submissions;
  Services services;
  Router router;
  AccessControl access;
  RoutedApplication application;
  HttpServer http;
};

Service::Service(const core::Config& config, database::Database& database, storage::Storage& storage,
                 jobs::Changes& changes, const jobs::Pipelines& pipelines) {
  database::KeyTable(database).set_admin_key(config.text("ADMIN_API_KEY"), core::now());
  require_keys_where_open(config, database);
  state_ = std::make_unique<State>(config, database, storage, changes, pipelines);
}

Service::~Service() = default;

std::string Service::address() const {
  const std::string& host = state_->config_.text("HOST");
  return fmt::format("http://{}:{}", host.contains(':') ? "[" + host + "]" : host, state_->http.port());
}

bool Service::is_open() const { return !database::KeyTable(state_->database_).any(core::now()); }

void Service::stop() { state_->http.stop(); }

}  // namespace reelwright::server
