#include "database/batches.h"

#include "core/digest.h"
#include "core/ids.h"
#include "core/log.h"
#include "jobs/whole_json.h"
#include "net/url.h"
#include "server/clip_fields.h"
#include "server/idempotency.h"
#include "server/moments.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

struct BatchRequestItem {
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

struct BatchRequest {
  std::vector<glz::generic> items;
};

struct BatchItemJson {
  int position;
  std::string source;
  std::optional<std::string> processing_id{}, status{}, status_url{};
  int progress_percentage;
  std::optional<database::JobError> error{};
};

struct BatchJson {
  std::string batch_id, created_at, status;
  std::vector<BatchItemJson> items;
};

template <>
struct Rules<BatchRequestItem> {
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

template <>
struct Rules<BatchRequest> {
  static std::vector<Rule> of() {
    return {{.field = "items", .help = "each as for /api/upload-url", .required = true, .longest = 100}};
  }
};

namespace {

jobs::Submission submission_of(const BatchRequestItem& item, Services& services, const Request& request) {
  const net::Url url = net::parse_user_url(item.url, services.config.flag("ALLOW_PRIVATE_URLS"));
  jobs::Submission submission{
      .user_id = request.caller.user_id, .source_url = url.text, .request_id = request.id};
  submission.original_filename = item.original_filename.value_or(url.path.substr(url.path.rfind('/') + 1));
  apply(ClipFields{item.num_clips_requested, item.num_clips, item.aspect_ratio, item.min_duration,
                   item.max_duration, item.language, item.caption_style},
        services.config, submission);
  apply(JobFields{item.webhook_url, item.priority}, services.config, submission);
  return submission;
}

std::string message_of(const core::Error& error) {
  const auto* fields = dynamic_cast<const InvalidFields*>(&error);
  return fields != nullptr
             ? fmt::format("{}: {}", fields->errors().front().field, fields->errors().front().message)
             : error.what();
}

/// One bad item fails alone.
void add_item(Services& services, const Request& request, const std::string& batch, int position,
              const glz::generic& json) {
  database::BatchItem item{.position = position};
  try {
    const auto asked = read_as<BatchRequestItem>(json);
    item.source = asked.url;
    jobs::Submission submission = submission_of(asked, services, request);
    submission.batch_id = batch;
    item.processing_id = services.submissions.submit(submission, core::now());
  } catch (const core::Error& error) {
    item.error = {
        .code = std::string(core::name(error.code())), .message = message_of(error), .stage = "submission"};
  }
  database::BatchTable(services.database).put_item(batch, item);
}

std::string overall(const database::Batch& batch) {
  bool running = false;
  bool failed = false;
  for (const auto& item : batch.items) {
    using Status = database::JobStatus;
    running |= item.status == Status::queued || item.status == Status::processing;
    failed |= item.error.has_value() || item.status == Status::failed;
  }
  return running ? "processing" : failed ? "completed_with_failures" : "completed";
}

BatchJson shown(const database::Batch& batch, const core::Config& config) {
  BatchJson answer{.batch_id = batch.id,
                   .created_at = core::rfc3339(batch.created_at),
                   .status = overall(batch),
                   .items = {}};
  for (const auto& item : batch.items) {
    BatchItemJson json{.position = item.position,
                       .source = item.source,
                       .progress_percentage = item.progress_percentage,
                       .error = item.error};
    if (!item.processing_id.empty()) {
      json.processing_id = item.processing_id;
      json.status_url = accepted(item.processing_id, config).status_url;
    }
    if (item.status) json.status = std::string(database::name(*item.status));
    answer.items.push_back(std::move(json));
  }
  return answer;
}

Response create(Services& services, const Request& request) {
  Idempotency idempotency(services.database, request);
  const auto asked = read_json<BatchRequest>(request.body);
  const std::string fingerprint = core::sha256(request.body);
  if (idempotency.was_done()) return idempotency.replay(fingerprint);
  if (asked.items.empty()) throw InvalidFields({{"items", "must have at least one element"}});
  database::BatchTable table(services.database);
  const std::string id = core::make_uuid();
  table.insert(id, request.caller.user_id, core::now());
  for (std::size_t i = 0; i < asked.items.size(); ++i)
    add_item(services, request, id, static_cast<int>(i), asked.items[i]);
  services.changes.notify();
  const std::string answer = jobs::whole_json(shown(table.find(id).value(), services.config), "the batch");
  idempotency.finish(fingerprint, "", answer);
  core::log::info("batch.accepted",
                  {{"batch_id", id}, {"items", asked.items.size()}, {"request_id", request.id}});
  return json_response(answer, 202);
}

Response show(Services& services, const Request& request) {
  const auto batch = database::BatchTable(services.database).find(request.path_value("batch_id"));
  if (!batch || (batch->user_id != request.caller.user_id && !request.caller.admin))
    throw core::Error(core::ErrorCode::not_found, "There is no batch of that id.");
  return json_response(jobs::whole_json(shown(*batch, services.config), "the batch"));
}

}  // namespace

void add_batches(Router& router, Services& services) {
  Schema body = schema_of<BatchRequest>();
  body.members.front().element.front() = schema_of<BatchRequestItem>();
  router.add({.method = Method::post,
              .pattern = "/api/batch",
              .docs = {.summary = "Several recordings at once; one bad item fails alone",
                       .tag = "clips",
                       .body = std::make_shared<const Schema>(std::move(body)),
                       .answer = std::make_shared<const Schema>(schema_of<BatchJson>()),
                       .status = 202,
                       .failures = {409, 422}},
              .handler = Handler([&services](Request& request) { return create(services, request); })});
  router.add({.method = Method::get,
              .pattern = "/api/batch/{batch_id}",
              .docs = {.summary = "How far a batch is",
                       .tag = "clips",
                       .answer = std::make_shared<const Schema>(schema_of<BatchJson>()),
                       .failures = {404}},
              .handler = Handler([&services](Request& request) { return show(services, request); })});
}

}  // namespace reelwright::server
