#include <algorithm>
#include <array>

#include "core/config.h"
#include "jobs/whole_json.h"
#include "server/links.h"
#include "server/owned_job.h"
#include "server/router.h"
#include "server/schema.h"

namespace reelwright::server {

struct LinkRequest {
  std::string path;
};

struct SignedLink {
  std::string url;
};

template <>
struct Rules<LinkRequest> {
  static std::vector<Rule> of() {
    return {{.field = "path",
             .help = "a download of this job, its archive or its events, as the status document names them",
             .required = true,
             .longest = 1000}};
  }
};

namespace {

bool is_of(const std::string& path, const std::string& job) {
  const std::array folders = {"/api/download/clips/" + job + "/", "/api/download/captions/" + job + "/"};
  const bool file =
      std::ranges::any_of(folders, [&](const std::string& folder) { return path.starts_with(folder); });
  return file || path == "/api/jobs/" + job + "/archive" || path == "/api/jobs/" + job + "/events";
}

Response make_link(Services& services, const Request& request) {
  const database::Job job = owned_job(services, request);
  const auto asked = read_json<LinkRequest>(request.body);
  if (!is_of(asked.path, job.processing_id)) throw InvalidFields({{"path", "is no download of this job"}});
  std::string base = services.config.text("PUBLIC_URL");
  while (base.ends_with('/')) base.pop_back();
  const SignedLink link{base + services.links.sign(asked.path, core::now())};
  return json_response(jobs::whole_json(link, "a link"), 201);
}

}  // namespace

void add_job_links(Router& router, Services& services) {
  router.add(
      {.method = Method::post,
       .pattern = "/api/jobs/{processing_id}/links",
       .docs = {.summary =
                    "A link that opens one download for a while without a key, as a <video> tag needs it",
                .tag = "results",
                .body = std::make_shared<const Schema>(schema_of<LinkRequest>()),
                .answer = std::make_shared<const Schema>(schema_of<SignedLink>()),
                .status = 201,
                .failures = {404, 422}},
       .handler = Handler([&services](Request& request) { return make_link(services, request); })});
}

}  // namespace reelwright::server
