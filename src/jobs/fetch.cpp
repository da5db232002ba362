#include "jobs/fetch.h"

#include <fmt/format.h>

#include "core/config.h"
#include "core/error.h"
#include "core/log.h"
#include "database/jobs.h"
#include "database/sources.h"
#include "jobs/container.h"
#include "jobs/inputs.h"
#include "jobs/quotas.h"
#include "net/download.h"
#include "net/url.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

namespace {

fs::path local_file(storage::Storage& storage, const std::string& role, const std::string& key) {
  try {
    const auto file = storage.local_file(key);
    if (file) return *file;
  } catch (const Error& error) {
    if (error.code() != ErrorCode::not_found) throw;
  }
  throw Error(ErrorCode::not_found,
              fmt::format("The {} of the job is no longer there; upload it again.", role), key);
}

std::uint64_t size_of(storage::Storage& storage, const std::string& key) {
  const auto object = storage.stat(key);
  return object ? object->size : 0;
}

}  // namespace

InputFiles::InputFiles(database::Database& database, storage::Storage& storage, const core::Config& config)
    : database_(database),
      storage_(storage),
      config_(config),
      client_(net::HttpClient::Settings{.allow_private = config.flag("ALLOW_PRIVATE_URLS")}) {}

bool InputFiles::must_fetch(const database::Job& job) const {
  const Inputs inputs = inputs_from(job.inputs);
  const std::string key = source_key(inputs);
  return !inputs.url.empty() && (key.empty() || !storage_.stat(key));
}

std::map<std::string, fs::path> InputFiles::collect(const database::Job& job, const database::Claim& claim,
                                                    const core::Context& context) {
  Inputs inputs = inputs_from(job.inputs);
  if (must_fetch(job)) inputs = fetch(job, inputs, claim, context);
  std::map<std::string, fs::path> files;
  for (const auto& [role, key] : inputs.keys) files.emplace(role, local_file(storage_, role, key));
  return files;
}

Inputs InputFiles::fetch(const database::Job& job, Inputs inputs, const database::Claim& claim,
                         const core::Context& context) {
  const fs::path folder = storage::incoming_folder(config_.path("STORAGE_PATH"));
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) core::throw_errno(error.value(), "make", folder);
  const fs::path part = folder / fetched_name(job.processing_id);
  net::PartialFile file(part);
  const auto check_room = [&](std::uint64_t bytes) {
    check_free_room(storage_, config_, bytes);
    check_storage_quota(database_, config_, job.user_id, file.size() + bytes, core::now());
  };
  core::log::info("fetch.started", {{"url", net::without_query(inputs.url)}, {"have_bytes", file.size()}});
  const auto most_bytes = static_cast<std::uint64_t>(config_.integer("MAX_UPLOAD_MB")) << 20U;
  net::download(client_, {.url = inputs.url, .most_bytes = most_bytes, .check_room = check_room}, file,
                context);
  const std::string digest = file.finish();

  const std::string key = storage::upload_key(job.processing_id, extension_of_file(part));
  storage_.put(key, part);
  inputs.keys.insert_or_assign(std::string(source_role), key);
  std::uint64_t bytes = 0;
  for (const auto& [role, of_role] : inputs.keys) bytes += size_of(storage_, of_role);
  if (!database::note_fetched(database_, claim,
                              {to_json(inputs), key, static_cast<std::int64_t>(bytes), digest}, core::now()))
    throw Error(ErrorCode::conflict, "The job belongs to another worker now.");
  file.remove();
  core::log::info("fetch.finished", {{"bytes", bytes}});
  return inputs;
}

std::string InputFiles::fetched_name(const std::string& processing_id) { return processing_id + ".fetch"; }

}  // namespace reelwright::jobs
