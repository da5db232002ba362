#include <fmt/format.h>

#include "clips/request.h"
#include "clips/request_patch.h"
#include "core/json.h"
#include "core/log.h"
#include "jobs/status.h"
#include "server/clip_fields.h"
#include "server/owned_job.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

namespace {

Response status_of(Services& services, const Request& request, int status) {
  return json_response(
      jobs::status_json(services.database, services.pipelines, owned_facts(services, request)), status);
}

Response cancel(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const auto now = database::JobTable(services.database).cancel(job.processing_id, core::now());
  if (!now || job.ended())
    throw core::Error(core::ErrorCode::conflict,
                      fmt::format("The job is {} already.", database::name(job.status)));
  services.changes.notify();
  return status_of(services, request, 202);
}

Response retry(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  if (!database::JobTable(services.database).retry(job.processing_id, core::now()))
    throw core::Error(core::ErrorCode::conflict,
                      fmt::format("Only a failed or cancelled job can be tried again; this one is {}.",
                                  database::name(job.status)));
  services.changes.notify();
  return status_of(services, request, 202);
}

Response remove(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const database::AuditEntry who{.at = core::now(),
                                 .user_id = request.caller.user_id,
                                 .key_id = request.caller.key_id,
                                 .address = request.address,
                                 .request_id = request.id,
                                 .action = "job.deleted",
                                 .subject = job.processing_id};
  services.submissions.remove(job.processing_id, who, core::now());
  services.changes.notify();
  core::log::info("job.deleted", {{"processing_id", job.processing_id}, {"request_id", request.id}});
  return no_content();
}

/// The settings of the old job with what the body names in their place.
clips::Request asked_again(const database::Job& job, const std::string& body) {
  auto patch = parse_json(body);
  auto& members = patch.get<glz::generic::object_t>();
  if (const auto short_name = members.find("num_clips"); short_name != members.end())
    members["num_clips_requested"] = short_name->second;
  for (const char* not_of_clips : {"num_clips", "webhook_url", "priority"}) members.erase(not_of_clips);
  return clips::patched(clips::read_request(job.settings), patch.dump().value_or("{}"));
}

/// A new job of the same source.
Response rerun(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const std::string body = request.body.empty() ? "{}" : request.body;
  const auto fields = read_json<UploadFields>(body);
  jobs::Submission as{.kind = job.kind,
                      .user_id = job.user_id,
                      .original_filename = job.original_filename,
                      .request_id = request.id};
  apply(JobFields{fields.webhook_url, fields.priority}, services.config, as);
  const clips::Request again = asked_again(job, body);
  require_sound(again, services.config);
  const jobs::Revision revision{.settings = clips::to_text(again),
                                .num_clips_requested = again.num_clips_requested,
                                .aspect_ratio = again.aspect_ratio};
  const std::string id = services.submissions.resubmit(job.processing_id, revision, as, core::now());
  services.changes.notify();
  return json_response(core::to_json(accepted(id, services.config), "an answer"), 202);
}

Route action(Services& services, Method method, const char* pattern, const char* summary,
             Response (*act)(Services&, const Request&), RouteDocs docs) {
  docs.summary = summary;
  docs.tag = "jobs";
  return {.method = method,
          .pattern = pattern,
          .docs = std::move(docs),
          .handler = Handler([&services, act](Request& request) { return act(services, request); })};
}

}  // namespace

void add_job_actions(Router& router, Services& services) {
  const auto document = std::make_shared<const Schema>(schema_of<jobs::StatusDocument>());
  router.add(action(services, Method::post, "/api/jobs/{processing_id}/cancel", "Stop a job", cancel,
                    {.answer = document, .status = 202, .failures = {404, 409}}));
  router.add(action(services, Method::post, "/api/jobs/{processing_id}/retry",
                    "Try a failed or cancelled job once more", retry,
                    {.answer = document, .status = 202, .failures = {404, 409}}));
  router.add(action(services, Method::remove, "/api/jobs/{processing_id}", "Delete a job with all its files",
                    remove, {.status = 204, .failures = {404}}));
  router.add(action(services, Method::post, "/api/jobs/{processing_id}/rerun",
                    "A new job from the same recording with other settings", rerun,
                    {.body = std::make_shared<const Schema>(schema_of<UploadFields>()),
                     .answer = std::make_shared<const Schema>(schema_of<AcceptedJob>()),
                     .status = 202,
                     .failures = {402, 404, 409, 422}}));
}

}  // namespace reelwright::server
