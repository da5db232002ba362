#include "server/owned_job.h"

#include "core/ids.h"
#include "server/request.h"

namespace reelwright::server {

namespace {

[[noreturn]] void refuse() {
  throw core::Error(core::ErrorCode::not_found,
                    "There is no job of that processing_id; GET /api/jobs lists yours.");
}

const std::string& asked(const Request& request) {
  const std::string& id = request.path_value("processing_id");
  if (!core::is_uuid(id)) refuse();
  return id;
}

// A link names its path, and was given out by somebody who may read it.
bool may(const Caller& caller, const std::string& owner) {
  return caller.admin || caller.by_link || caller.user_id == owner;
}

}  // namespace

database::Job owned_job(Services& services, const Request& request) {
  auto job = database::JobTable(services.database).find(asked(request));
  if (!job || !may(request.caller, job->user_id)) refuse();
  return std::move(*job);
}

database::JobFacts owned_facts(Services& services, const Request& request) {
  auto job = services.reads.job(asked(request));
  if (!job || !may(request.caller, job->user_id)) refuse();
  return std::move(*job);
}

}  // namespace reelwright::server
