#include "core/log.h"
#include "jobs/status.h"
#include "server/incoming_file.h"
#include "server/owned_job.h"
#include "server/router.h"
#include "server/schema.h"
#include "transcript/formats.h"

namespace reelwright::server {

namespace {

constexpr std::size_t largest_transcript = 50'000'000;

/// A corrected transcript, as the body or as the job's own `words`: what follows from it is made anew.
Response correct(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  transcript::read_draft(request.body);  // what is wrong with it is said now, not by a failed job
  IncomingFile file(services.incoming, largest_transcript);
  file.write(request.body);
  services.submissions.revise(job.processing_id, {.transcript = file.finish()}, core::now());
  services.changes.notify();
  core::log::info("transcript.corrected", {{"processing_id", job.processing_id}, {"request_id", request.id}});
  return json_response(
      jobs::status_json(services.database, services.pipelines, owned_facts(services, request)), 202);
}

}  // namespace

void add_transcripts(Router& router, Services& services) {
  router.add({.method = Method::post,
              .pattern = "/api/transcripts/{processing_id}",
              .docs = {.summary = "A corrected transcript: SRT, WebVTT, WhisperX JSON or plain text",
                       .tag = "clips",
                       .body = std::make_shared<const Schema>(Schema{.kind = Kind::text}),
                       .body_type = "text/plain",
                       .answer = std::make_shared<const Schema>(schema_of<jobs::StatusDocument>()),
                       .status = 202,
                       .failures = {404, 409, 413, 422}},
              .handler = Handler([&services](Request& request) { return correct(services, request); }),
              .body_limit = largest_transcript});
}

}  // namespace reelwright::server
