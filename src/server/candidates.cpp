#include "clips/candidates_json.h"
#include "server/owned_job.h"
#include "server/router.h"
#include "server/schema.h"
#include "storage/keys.h"

namespace reelwright::server {

namespace {

Response candidates(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const auto folder = services.storage.local_folder(storage::workspace_prefix(job.processing_id));
  const auto found = folder ? clips::read_candidates(*folder) : std::nullopt;
  if (!found)
    throw core::Error(
        core::ErrorCode::conflict,
        "What the clips were chosen among is not known yet, or was cleared away; rerun the job to see it.");
  return json_response(clips::to_text(*found));
}

}  // namespace

void add_candidates(Router& router, Services& services) {
  router.add(
      {.method = Method::get,
       .pattern = "/api/jobs/{processing_id}/candidates",
       .docs = {.summary = "Every span that could have been a clip, with its score and the reasons for it",
                .tag = "clips",
                .answer = std::make_shared<const Schema>(schema_of<clips::CandidatesJson>()),
                .failures = {404, 409}},
       .handler = Handler([&services](Request& request) { return candidates(services, request); })});
}

}  // namespace reelwright::server
