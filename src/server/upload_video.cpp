#include <fmt/format.h>

#include "core/json.h"
#include "core/log.h"
#include "server/clip_fields.h"
#include "server/idempotency.h"
#include "server/incoming_file.h"
#include "server/multipart.h"
#include "server/router.h"
#include "server/services.h"

namespace reelwright::server {

/// The form as OpenAPI shows it; `file` and `transcript` are files.
struct UploadVideoForm {
  std::string file;
  std::optional<std::string> transcript;
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
struct Rules<UploadVideoForm> {
  static std::vector<Rule> of() {
    std::vector<Rule> rules = Rules<UploadFields>::of();
    rules.push_back({.field = "file", .help = "the recording", .required = true, .format = "binary"});
    rules.push_back({.field = "transcript",
                     .help = "what is said: SRT, WebVTT, WhisperX JSON or plain text",
                     .format = "binary"});
    return rules;
  }
};

namespace {

constexpr std::size_t longest_field = std::size_t{64} << 10;
constexpr std::uint64_t largest_transcript = 50'000'000;

/// Takes the form apart: files go to disk while they come, fields stay in memory.
class UploadVideo : public BodyConsumer {
 public:
  UploadVideo(Services& services, const Request& request)
      : services_(services),
        user_(request.caller.user_id),
        request_id_(request.id),
        idempotency_(services.database, request),
        parser_(request.header("Content-Type"), {.part = [this](const PartHeader& part) { begin(part); },
                                                 .data = [this](std::string_view data) { take(data); },
                                                 .part_end = [] {}}) {
    if (idempotency_.was_done()) return;
    services.submissions.check_room(request.content_length.value_or(0));
    services.submissions.check_quotas(user_, request.content_length.value_or(0), core::now());
  }

  void write(std::string_view piece) override {
    parser_.write(piece);
    idempotency_.keep_alive();
  }

  Response finish() override;

 private:
  void begin(const PartHeader& part);
  void take(std::string_view data);
  std::string fingerprint(const jobs::Submission& submission) const;

  Services& services_;
  std::string user_;
  std::string request_id_;
  Idempotency idempotency_;
  MultipartParser parser_;
  std::vector<std::pair<std::string, std::string>> fields_;
  std::optional<IncomingFile> file_, transcript_;
  std::string filename_;
  IncomingFile* into_ = nullptr;  ///< the part that is read is a file
};

void UploadVideo::begin(const PartHeader& part) {
  into_ = nullptr;
  if (part.name == "file" || part.name == "transcript") {
    auto& file = part.name == "file" ? file_ : transcript_;
    if (file) throw InvalidFields({{part.name, "stands twice"}});
    const auto limit = part.name == "file" ? std::uint64_t(services_.config.integer("MAX_UPLOAD_MB")) << 20U
                                           : largest_transcript;
    into_ = &file.emplace(services_.incoming, limit);
    if (part.name == "file") filename_ = part.filename;
    return;
  }
  fields_.emplace_back(part.name, "");
}

void UploadVideo::take(std::string_view data) {
  if (into_ != nullptr) {
    into_->write(data);
    return;
  }
  auto& [name, value] = fields_.back();
  value += data;
  if (value.size() > longest_field) throw InvalidFields({{name, "is longer than 64 KiB"}});
}

/// Two requests are the same where the job they ask for is.
std::string UploadVideo::fingerprint(const jobs::Submission& submission) const {
  return core::sha256(fmt::format("{} {} {} {} {} {}", submission.source->digest,
                                  submission.transcript ? submission.transcript->digest : "",
                                  submission.settings, submission.priority,
                                  submission.webhook_url.value_or(""), filename_));
}

Response UploadVideo::finish() {
  parser_.finish();
  const auto fields = read_as<UploadFields>(object_from(schema_of<UploadFields>(), fields_));
  if (!file_) throw InvalidFields({{"file", "is missing; with curl: -F file=@talk.mp4"}});
  jobs::Submission submission{.user_id = user_, .original_filename = filename_, .request_id = request_id_};
  apply(clip_fields(fields), services_.config, submission);
  apply(JobFields{fields.webhook_url, fields.priority}, services_.config, submission);
  submission.source = file_->finish();
  if (submission.source->bytes == 0) throw InvalidFields({{"file", "is empty"}});
  if (transcript_) submission.transcript = transcript_->finish();
  const std::string print = fingerprint(submission);
  if (idempotency_.was_done()) return idempotency_.replay(print);
  const std::string id = services_.submissions.submit(submission, core::now());
  const std::string answer = core::to_json(accepted(id, services_.config), "an answer");
  idempotency_.finish(print, id, answer);
  core::log::info("job.accepted",
                  {{"processing_id", id}, {"bytes", submission.source->bytes}, {"request_id", request_id_}});
  return json_response(answer, 202);
}

}  // namespace

void add_upload_video(Router& router, Services& services) {
  router.add({.method = Method::post,
              .pattern = "/api/upload-video",
              .docs = {.summary = "Upload a recording and have clips cut from it",
                       .tag = "clips",
                       .body = std::make_shared<const Schema>(schema_of<UploadVideoForm>()),
                       .body_type = "multipart/form-data",
                       .answer = std::make_shared<const Schema>(schema_of<AcceptedJob>()),
                       .status = 202,
                       .failures = {402, 409, 413, 422, 507}},
              .handler = ConsumerMaker([&services](Request& request) {
                return std::make_unique<UploadVideo>(services, request);
              })});
}

}  // namespace reelwright::server
