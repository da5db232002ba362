#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/config.h"
#include "database/database.h"
#include "database/hot_reads.h"
#include "jobs/changes.h"
#include "jobs/pipeline.h"
#include "jobs/submission.h"
#include "storage/storage.h"

namespace reelwright::server {

class Background;
class Links;
class Metrics;
class Router;

/// What the resources stand on. Everything outlives the server.
struct Services {
  const core::Config& config;
  database::Database& database;
  database::HotReads& reads;
  storage::Storage& storage;
  jobs::Changes& changes;
  const jobs::Pipelines& pipelines;
  jobs::Submissions& submissions;
  Metrics& metrics;
  Background& background;
  const Links& links;
  std::filesystem::path incoming;  ///< where uploads grow
};

/// One function a resource: adds its routes.
void add_batches(Router& router, Services& services);
void add_candidates(Router& router, Services& services);
void add_clip_edits(Router& router, Services& services);
void add_docs(Router& router, Services& services);
void add_downloads(Router& router, Services& services);
void add_events(Router& router, Services& services);
void add_health(Router& router, Services& services);
void add_job_actions(Router& router, Services& services);
void add_job_links(Router& router, Services& services);
void add_job_list(Router& router, Services& services);
void add_keys(Router& router, Services& services);
void add_metrics(Router& router, Services& services);
void add_options(Router& router, Services& services);
void add_resumable_uploads(Router& router, Services& services);
void add_status(Router& router, Services& services);
void add_transcripts(Router& router, Services& services);
void add_upload_url(Router& router, Services& services);
void add_upload_video(Router& router, Services& services);
void add_usage(Router& router, Services& services);
void add_webhooks(Router& router, Services& services);

}  // namespace reelwright::server
