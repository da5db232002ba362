#include <fmt/format.h>

#include <array>

#include "server/byte_range.h"
#include "server/links.h"
#include "server/owned_job.h"
#include "server/router.h"
#include "storage/keys.h"
#include "storage/zip_stream.h"

namespace reelwright::server {

namespace {

struct MediaType {
  std::string_view extension;
  std::string_view type;
};
constexpr std::array media_types = {MediaType{".mp4", "video/mp4"},
                                    MediaType{".jpg", "image/jpeg"},
                                    MediaType{".json", "application/json"},
                                    MediaType{".srt", "application/x-subrip"},
                                    MediaType{".vtt", "text/vtt; charset=utf-8"},
                                    MediaType{".ass", "text/x-ssa; charset=utf-8"}};

std::string_view type_of(std::string_view name) {
  for (const MediaType& known : media_types)
    if (name.ends_with(known.extension)) return known.type;
  return "application/octet-stream";
}

bool is_captions(std::string_view name) { return !name.ends_with(".mp4") && !name.ends_with(".jpg"); }

/// RFC 6266, with the name twice: for those who know UTF-8 in headers, and for those who do not.
std::string attachment(std::string_view name) {
  std::string plain;
  for (const char c : name) plain += c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? c : '_';
  return fmt::format("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain, percent_encoded(name));
}

bool unchanged(const Request& request, const storage::Object& object) {
  return request.header("If-None-Match") == object.etag;
}

/// A range counts only for the version that the client has begun to read.
bool range_counts(const Request& request, const storage::Object& object) {
  const std::string_view condition = request.header("If-Range");
  return condition.empty() || condition == object.etag;
}

Response part_of(const Request& request, const storage::Object& object, const std::filesystem::path& file) {
  ByteRange range{0, object.size};
  const auto result = range_counts(request, object) ? parse_range(request.header("Range"), object.size, range)
                                                    : RangeResult::whole;
  if (result == RangeResult::unsatisfiable) {
    Response response = problem(416, "invalid_input", "Range not satisfiable",
                                fmt::format("The file has {} bytes.", object.size), request.id);
    response.with("Content-Range", fmt::format("bytes */{}", object.size));
    return response;
  }
  Response response{.headers = {}, .body = FileBody{file, range.offset, range.length}};
  if (result == RangeResult::part) {
    response.status = 206;
    response.with("Content-Range",
                  fmt::format("bytes {}-{}/{}", range.offset, range.offset + range.length - 1, object.size));
  }
  return response;
}

/// A published file. `inline=1` shows it in the browser instead of saving it.
Response download(Services& services, const Request& request, bool captions) {
  const database::Job job = owned_job(services, request);
  const std::string& name = request.path_value("filename");
  const jobs::Pipeline* pipeline = jobs::find_pipeline(services.pipelines, job.kind);
  const core::Error missing(core::ErrorCode::not_found,
                            "The job has no such file; GET /api/status names those that it has.");
  if (pipeline == nullptr || !storage::is_name(name) || (captions && !is_captions(name))) throw missing;
  const std::string key = storage::result_key(pipeline->results_prefix(), job.processing_id, name);
  const auto object = services.storage.stat(key);
  if (!object) throw missing;
  if (const auto url = services.storage.presign(
          key, std::chrono::minutes(services.config.integer("LINK_MINUTES")), name)) {
    Response response{.status = 307, .headers = {}, .body = {}};
    return std::move(response.with("Location", *url).with("Cache-Control", "no-store"));
  }
  const auto file = services.storage.local_file(key);
  if (!file) throw core::Error(core::ErrorCode::internal, "The storage has no way to hand the file out.");
  Response response = unchanged(request, *object) ? Response{.status = 304, .headers = {}, .body = {}}
                                                  : part_of(request, *object, *file);
  if (response.status >= 400) return response;
  response.with("ETag", object->etag)
      .with("Accept-Ranges", "bytes")
      .with("Cache-Control", "private, no-cache");
  if (response.status == 304) return response;
  response.with("Content-Type", std::string(type_of(name)));
  response.with("Content-Disposition", request.query_value("inline") == "1" ? "inline" : attachment(name));
  // Whatever stands in a file, no page comes out of it.
  response.with("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}

/// All files of a job as one ZIP, made while it is sent.
Response archive(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const jobs::Pipeline* pipeline = jobs::find_pipeline(services.pipelines, job.kind);
  std::vector<storage::ZipEntry> entries;
  if (pipeline != nullptr)
    for (const std::string& name : pipeline->files(services.database, job.processing_id))
      entries.push_back(
          {.name = name, .key = storage::result_key(pipeline->results_prefix(), job.processing_id, name)});
  if (entries.empty())
    throw core::Error(core::ErrorCode::conflict,
                      "The job has no results yet; ask again when a clip is ready.");
  auto zip = std::make_shared<storage::ZipStream>(services.storage, std::move(entries));
  Response response{.headers = {}, .body = PulledBody([zip] { return zip->next(); })};
  response.with("Content-Type", "application/zip");
  response.with("Content-Disposition", attachment(job.processing_id + ".zip"));
  return response;
}

Route file_route(Services& services, const char* pattern, const char* summary, bool captions) {
  return {.method = Method::get,
          .pattern = pattern,
          .access = Access::link,
          .docs = {.summary = summary,
                   .tag = "results",
                   .answer_type = captions ? "application/json" : "video/mp4",
                   .failures = {404, 416}},
          .handler = Handler(
              [&services, captions](Request& request) { return download(services, request, captions); })};
}

}  // namespace

void add_downloads(Router& router, Services& services) {
  router.add(file_route(services, "/api/download/clips/{processing_id}/{filename}",
                        "A clip, its preview or its poster", false));
  router.add(file_route(services, "/api/download/captions/{processing_id}/{filename}",
                        "Captions or camera path of a clip", true));
  router.add({.method = Method::get,
              .pattern = "/api/jobs/{processing_id}/archive",
              .access = Access::link,
              .docs = {.summary = "All results of a job as a ZIP",
                       .tag = "results",
                       .answer_type = "application/zip",
                       .failures = {404, 409}},
              .handler = Handler([&services](Request& request) { return archive(services, request); })});
}

}  // namespace reelwright::server
