#include "core/digest.h"
#include "core/json.h"
#include "core/log.h"
#include "net/url.h"
#include "server/clip_fields.h"
#include "server/idempotency.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

struct UploadUrl {
  std::string url;
  std::optional<std::string> original_filename;
  std::optional<int> num_clips_requested;
  std::optional<int> num_clips;
  std::optional<std::string> aspect_ratio;
  std::optional<double> min_duration;
  std::optional<double> max_duration;
  std::optional<std::string> language;
  std::optional<std::string> caption_style;
  std::optional<std::string> webhook_url;
  std::optional<int> priority;
};

template <>
struct Rules<UploadUrl> {
  static std::vector<Rule> of() {
    std::vector<Rule> rules = Rules<UploadFields>::of();
    rules.push_back({.field = "url",
                     .help = "http or https; the service fetches it",
                     .required = true,
                     .longest = 2000,
                     .format = "uri"});
    rules.push_back({.field = "original_filename", .longest = 255});
    return rules;
  }
};

namespace {

net::Url checked(const std::string& url, const core::Config& config) {
  try {
    return net::parse_user_url(url, config.flag("ALLOW_PRIVATE_URLS"));
  } catch (const core::Error& error) {
    throw InvalidFields({{"url", error.what()}});
  }
}

Response upload(Services& services, const Request& request) {
  Idempotency idempotency(services.database, request);
  const auto asked = read_json<UploadUrl>(request.body);
  const std::string fingerprint = core::sha256(request.body);
  if (idempotency.was_done()) return idempotency.replay(fingerprint);
  const net::Url url = checked(asked.url, services.config);
  jobs::Submission submission{
      .user_id = request.caller.user_id, .source_url = url.text, .request_id = request.id};
  submission.original_filename = asked.original_filename.value_or(url.path.substr(url.path.rfind('/') + 1));
  apply(ClipFields{asked.num_clips_requested, asked.num_clips, asked.aspect_ratio, asked.min_duration,
                   asked.max_duration, asked.language, asked.caption_style},
        services.config, submission);
  apply(JobFields{asked.webhook_url, asked.priority}, services.config, submission);
  const std::string id = services.submissions.submit(submission, core::now());
  const std::string answer = core::to_json(accepted(id, services.config), "an answer");
  idempotency.finish(fingerprint, id, answer);
  services.changes.notify();
  core::log::info("job.accepted", {{"processing_id", id}, {"by", "url"}, {"request_id", request.id}});
  return json_response(answer, 202);
}

}  // namespace

void add_upload_url(Router& router, Services& services) {
  router.add({.method = Method::post,
              .pattern = "/api/upload-url",
              .docs = {.summary = "Have the service fetch a recording and cut clips from it",
                       .tag = "clips",
                       .body = std::make_shared<const Schema>(schema_of<UploadUrl>()),
                       .answer = std::make_shared<const Schema>(schema_of<AcceptedJob>()),
                       .status = 202,
                       .failures = {402, 409, 422}},
              .handler = Handler([&services](Request& request) { return upload(services, request); })});
}

}  // namespace reelwright::server
