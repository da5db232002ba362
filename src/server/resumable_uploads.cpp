#include <fmt/format.h>

#include "core/ids.h"
#include "core/log.h"
#include "database/uploads.h"
#include "jobs/whole_json.h"
#include "server/clip_fields.h"
#include "server/resumable_upload.h"
#include "server/router.h"
#include "server/services.h"
#include "server/tus.h"
#include "server/tus_checksum.h"

/// Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload): creation,
/// creation-with-upload, creation-defer-length, expiration, checksum, termination. A finished upload starts a
/// job, whose options are the upload's metadata.
namespace reelwright::server {

struct UploadState {
  std::string id;
  std::int64_t offset;
  std::optional<std::int64_t> length;
  std::string expires_at;
  std::optional<std::string> processing_id;
};

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::chrono::hours life{24};

std::int64_t largest_upload(const core::Config& config) {
  return std::int64_t(config.integer("MAX_UPLOAD_MB")) << 20U;
}

/// The job that the metadata ask for. Throws where they do not make sense, before the first byte is sent.
jobs::Submission submission_from(const std::string& metadata, const core::Config& config) {
  jobs::Submission submission;
  std::vector<std::pair<std::string, std::string>> fields;
  for (auto& [key, value] : upload_metadata(metadata)) {
    if (key == "filename" || key == "name")
      submission.original_filename = value;
    else if (key != "filetype" && key != "type")
      fields.emplace_back(key, std::move(value));
  }
  const auto asked = read_as<UploadFields>(object_from(schema_of<UploadFields>(), fields));
  apply(clip_fields(asked), config, submission);
  apply(JobFields{asked.webhook_url, asked.priority}, config, submission);
  return submission;
}

class ResumableUploads {
 public:
  explicit ResumableUploads(Services& services) : services_(services), files_(services.incoming) {}

  Response describe() const { return as_tus(no_content(), largest_upload(services_.config)); }
  database::Upload create(const Request& request);
  Response head(const Request& request);
  Response show(const Request& request);
  Response terminate(const Request& request);

  database::Upload find(const Request& request);
  std::shared_ptr<ResumableFile> file(const std::string& id) { return files_.open(id, false); }

  /// What a POST or PATCH that has written ends with.
  Response written(database::Upload upload, int status);

 private:
  std::string start_job(const database::Upload& upload);

  Services& services_;
  ResumableFiles files_;
};

database::Upload ResumableUploads::create(const Request& request) {
  const auto length = byte_count(request, "Upload-Length");
  if (!length && request.header("Upload-Defer-Length") != "1")
    throw TusRefusal(400, "Say how long the file is with Upload-Length, or Upload-Defer-Length: 1.");
  const core::Moment now = core::now();
  const database::Upload upload{.id = core::make_uuid(),
                                .user_id = request.caller.user_id,
                                .length = length,
                                .metadata = std::string(request.header("Upload-Metadata")),
                                .request_id = request.id,
                                .created_at = now,
                                .expires_at = now + life};
  submission_from(upload.metadata, services_.config);
  const auto bytes = static_cast<std::uint64_t>(length.value_or(0));
  services_.submissions.check_room(bytes);
  services_.submissions.check_quotas(upload.user_id, bytes, now);
  files_.open(upload.id, true);
  database::UploadTable(services_.database).insert(upload);
  return upload;
}

database::Upload ResumableUploads::find(const Request& request) {
  const std::string& id = request.path_value("id");
  auto upload = core::is_uuid(id) ? database::UploadTable(services_.database).find(id) : std::nullopt;
  if (!upload || (upload->user_id != request.caller.user_id && !request.caller.admin) ||
      upload->expires_at < core::now())
    throw Error(ErrorCode::not_found, "There is no such upload, or its time is over; begin a new one.");
  if (upload->processing_id.empty()) upload->received = static_cast<std::int64_t>(file(id)->size());
  return *upload;
}

Response offset_of(const database::Upload& upload, int status) {
  Response response{.status = status, .headers = {}, .body = {}};
  response.with("Upload-Offset", std::to_string(upload.received));
  response.with("Upload-Expires", http_date(upload.expires_at));
  if (!upload.processing_id.empty()) response.with("X-Processing-Id", upload.processing_id);
  return response;
}

Response ResumableUploads::head(const Request& request) {
  const database::Upload upload = find(request);
  Response response = offset_of(upload, 200);
  response.with("Cache-Control", "no-store");
  if (upload.length)
    response.with("Upload-Length", std::to_string(*upload.length));
  else
    response.with("Upload-Defer-Length", "1");
  if (!upload.metadata.empty()) response.with("Upload-Metadata", upload.metadata);
  return response;
}

Response ResumableUploads::show(const Request& request) {
  const database::Upload upload = find(request);
  const UploadState state{upload.id, upload.received, upload.length, core::rfc3339(upload.expires_at),
                          upload.processing_id.empty() ? std::nullopt : std::optional(upload.processing_id)};
  return json_response(jobs::whole_json(state, "the upload"));
}

Response ResumableUploads::terminate(const Request& request) {
  const database::Upload upload = find(request);
  if (upload.processing_id.empty()) {
    file(upload.id)->take_pen();
    files_.forget(upload.id);
    std::error_code ignored;
    std::filesystem::remove(files_.path(upload.id), ignored);
  }
  database::UploadTable(services_.database).remove(upload.id);
  return no_content();
}

std::string ResumableUploads::start_job(const database::Upload& upload) {
  jobs::Submission submission = submission_from(upload.metadata, services_.config);
  submission.user_id = upload.user_id;
  submission.request_id = upload.request_id;
  submission.source = {.file = files_.path(upload.id),
                       .digest = file(upload.id)->digest(),
                       .bytes = static_cast<std::uint64_t>(upload.received),
                       .counted = true};
  const std::string id = services_.submissions.submit(submission, core::now());
  database::UploadTable(services_.database).finish(upload.id, id);
  files_.forget(upload.id);
  services_.changes.notify();
  core::log::info(
      "job.accepted",
      {{"processing_id", id}, {"by", "tus"}, {"bytes", upload.received}, {"request_id", upload.request_id}});
  return id;
}

Response ResumableUploads::written(database::Upload upload, int status) {
  const auto growing = file(upload.id);
  upload.received = static_cast<std::int64_t>(growing->size());
  upload.expires_at = core::now() + life;
  growing->sync();
  database::UploadTable(services_.database).correct(upload.id, upload.received);
  if (upload.length == upload.received) upload.processing_id = start_job(upload);
  Response response = offset_of(upload, status);
  if (status == 201) {
    std::string base = services_.config.text("PUBLIC_URL");
    while (base.ends_with('/')) base.pop_back();
    response.with("Location", base + "/api/uploads/" + upload.id);
  }
  return response;
}

/// The bytes of one request.
class Appending : public BodyConsumer {
 public:
  Appending(ResumableUploads& uploads, Services& services, const Request& request, database::Upload upload,
            int status)
      : uploads_(uploads),
        services_(services),
        request_(request),
        upload_(std::move(upload)),
        status_(status),
        file_(uploads.file(upload_.id)),
        pen_(file_->take_pen()),
        checksum_(request.header("Upload-Checksum")) {
    begin_ = offset_ = file_->size();
  }

  /// What arrived before the connection broke stays, unless it was to be checked as a whole.
  ~Appending() override {
    if (done_ || !checksum_) return;
    try {
      file_->truncate(pen_, begin_);
    } catch (const Error&) {  // ignored: a newer request has the pen
    }
  }

  void write(std::string_view piece) override {
    const std::uint64_t limit = upload_.length
                                    ? static_cast<std::uint64_t>(*upload_.length)
                                    : std::uint64_t(services_.config.integer("MAX_UPLOAD_MB")) << 20U;
    if (offset_ + piece.size() > limit)
      throw Error(ErrorCode::too_large, "More bytes than the upload has length.");
    file_->append(pen_, offset_, piece);
    offset_ += piece.size();
    checksum_.update(piece);
  }

  Response finish() override {
    return answer_tus(request_, largest_upload(services_.config), [&] {
      if (checksum_ && !checksum_.matches()) {
        file_->truncate(pen_, begin_);
        done_ = true;
        throw TusRefusal(460, "The checksum is another one; send these bytes again.");
      }
      done_ = true;
      return uploads_.written(upload_, status_);
    });
  }

 private:
  ResumableUploads& uploads_;
  Services& services_;
  const Request& request_;
  database::Upload upload_;
  int status_;
  std::shared_ptr<ResumableFile> file_;
  std::uint64_t pen_;
  std::uint64_t begin_ = 0;
  std::uint64_t offset_ = 0;
  TusChecksum checksum_;
  bool done_ = false;
};

/// A request that is answered without its body.
class Refused : public BodyConsumer {
 public:
  explicit Refused(Response response) : response_(std::move(response)) {}
  void write(std::string_view) override {}
  Response finish() override { return std::move(response_); }

 private:
  Response response_;
};

std::unique_ptr<BodyConsumer> post(ResumableUploads& uploads, Services& services, Request& request) {
  std::unique_ptr<BodyConsumer> consumer;
  Response refusal = answer_tus(request, largest_upload(services.config), [&] {
    database::Upload upload = uploads.create(request);
    consumer = std::make_unique<Appending>(uploads, services, request, std::move(upload), 201);
    return no_content();
  });
  return consumer ? std::move(consumer) : std::make_unique<Refused>(std::move(refusal));
}

std::unique_ptr<BodyConsumer> patch(ResumableUploads& uploads, Services& services, Request& request) {
  std::unique_ptr<BodyConsumer> consumer;
  Response refusal = answer_tus(request, largest_upload(services.config), [&] {
    if (request.header("Content-Type") != tus_body_type)
      throw TusRefusal(415, fmt::format("The body must be {}.", tus_body_type));
    database::Upload upload = uploads.find(request);
    const auto offset = byte_count(request, "Upload-Offset");
    if (!offset) throw TusRefusal(400, "Say with Upload-Offset where the bytes belong.");
    if (*offset != upload.received || !upload.processing_id.empty())
      throw TusRefusal(409, fmt::format("The upload goes on at byte {}.", upload.received));
    if (const auto length = byte_count(request, "Upload-Length"); length && !upload.length) {
      database::UploadTable(services.database).set_length(upload.id, *length);
      upload.length = length;
    }
    consumer = std::make_unique<Appending>(uploads, services, request, std::move(upload), 204);
    return no_content();
  });
  return consumer ? std::move(consumer) : std::make_unique<Refused>(std::move(refusal));
}

}  // namespace

void add_resumable_uploads(Router& router, Services& services) {
  const auto uploads = std::make_shared<ResumableUploads>(services);
  const auto add = [&](Method method, const char* pattern, const char* summary,
                       std::variant<Handler, ConsumerMaker> handler, int status, std::vector<int> failures,
                       Access access = Access::jobs) {
    router.add({.method = method,
                .pattern = pattern,
                .access = access,
                .docs = {.summary = summary,
                         .tag = "uploads",
                         .body_type = std::string(tus_body_type),
                         .status = status,
                         .failures = std::move(failures)},
                .handler = std::move(handler)});
  };
  add(Method::options, "/api/uploads", "What of tus 1.0.0 the service has",
      Handler([uploads](Request&) { return uploads->describe(); }), 204, {}, Access::open);
  add(Method::post, "/api/uploads", "Begin a resumable upload (tus)",
      ConsumerMaker([uploads, &services](Request& request) { return post(*uploads, services, request); }),
      201, {400, 402, 412, 413, 422, 507});
  add(Method::head, "/api/uploads/{id}", "Where an upload goes on (tus)",
      Handler([uploads, &services](Request& request) {
        return answer_tus(request, largest_upload(services.config), [&] { return uploads->head(request); });
      }),
      200, {404, 412});
  add(Method::get, "/api/uploads/{id}", "How far an upload is, and the job it became",
      Handler([uploads](Request& request) { return uploads->show(request); }), 200, {404});
  add(Method::patch, "/api/uploads/{id}", "The next bytes of an upload (tus)",
      ConsumerMaker([uploads, &services](Request& request) { return patch(*uploads, services, request); }),
      204, {400, 404, 409, 412, 413, 415, 460});
  add(Method::remove, "/api/uploads/{id}", "Give an upload up (tus)",
      Handler([uploads, &services](Request& request) {
        return answer_tus(request, largest_upload(services.config),
                          [&] { return uploads->terminate(request); });
      }),
      204, {404, 412});
}

}  // namespace reelwright::server
