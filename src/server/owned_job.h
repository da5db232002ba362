#pragma once

#include <string>

#include "database/hot_reads.h"
#include "database/jobs.h"
#include "server/services.h"

namespace reelwright::server {

struct Request;

/// The job that the path names. Throws `not_found` where there is none, or it is another user's: who may not
/// have it is not told that it is there.
database::Job owned_job(Services& services, const Request& request);

/// The same by the fast read, with what a status document needs.
database::JobFacts owned_facts(Services& services, const Request& request);

}  // namespace reelwright::server
