#include "jobs/status.h"

#include "server/owned_job.h"
#include "server/router.h"
#include "server/schema.h"

namespace reelwright::server {

void add_status(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/status/{processing_id}",
              .docs = {.summary = "How far a job is, and what it has made",
                       .tag = "jobs",
                       .answer = std::make_shared<const Schema>(schema_of<jobs::StatusDocument>()),
                       .failures = {404}},
              .handler = Handler([&services](Request& request) {
                return json_response(
                    jobs::status_json(services.database, services.pipelines, owned_facts(services, request)));
              }),
              .quick = true});
}

}  // namespace reelwright::server
