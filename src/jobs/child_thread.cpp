#include "jobs/child_thread.h"

#include <algorithm>
#include <thread>

#include "core/log.h"
#include "core/trace.h"
#include "jobs/child.h"
#include "jobs/paid_calls.h"
#include "jobs/stale_child.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::chrono::minutes cpu_to_spare{1};

/// Hands what the child says to the inbox, what it prints to the log, and has its calls made.
class Post : public ChildListener {
 public:
  Post(Inbox& inbox, PaidCalls& calls) : inbox_(inbox), calls_(calls) {}
  void on_report(FromChild report) override { inbox_.put(std::move(report)); }
  void on_line(std::string_view line) override { core::log::info("job.printed", {{"line", line}}); }
  net::ApiAnswer on_call(const net::ApiRequest& request, const std::stop_token& stop) override {
    return calls_.call(request, stop);
  }

 private:
  Inbox& inbox_;
  PaidCalls& calls_;
};

/// The folder stands, and is nobody else's.
std::filesystem::path take_workspace(storage::Storage& storage, const std::string& processing_id) {
  const auto folder = storage.local_folder(storage::workspace_prefix(processing_id));
  if (!folder) throw Error(ErrorCode::internal, "The storage has no place on this machine for a workspace.");
  std::error_code error;
  std::filesystem::create_directories(*folder, error);
  if (error) core::throw_errno(error.value(), "make", *folder);
  end_stale_child(*folder);
  return *folder;
}

/// A backstop: the time on the wall is watched from outside.
std::int64_t cpu_seconds(const WorkerOptions& options) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(options.limits.time).count();
  return seconds * std::max(options.threads, std::thread::hardware_concurrency()) +
         std::chrono::seconds(cpu_to_spare).count();
}

Launch launch_of(const Workshop& workshop, const WorkerOptions& options, const database::Job& job,
                 const database::Claim& claim, const core::Context& context) {
  return {.order = {.processing_id = job.processing_id,
                    .kind = job.kind,
                    .settings = job.settings,
                    .inputs = workshop.collect(job, claim, context),
                    .threads = options.threads},
          .workspace = take_workspace(workshop.storage, job.processing_id),
          .readable = options.readable,
          .sandbox_required = options.sandbox_required,
          .disk_mib = options.limits.disk_mib,
          .cpu_seconds = cpu_seconds(options)};
}

}  // namespace

Failed failure_of(const Error& error, std::string stage) {
  return {.code = std::string(core::name(error.code())),
          .message = error.what(),
          .stage = std::move(stage),
          .retryable = is_retryable(error.code()),
          .details = error.details()};
}

void run_child_to_inbox(const Workshop& workshop, const WorkerOptions& options, const database::Job& job,
                        const database::Claim& claim, Inbox& inbox, const std::stop_token& stop) noexcept {
  const core::log::Scope job_scope("processing_id", job.processing_id);
  const core::log::Scope request_scope("request_id", job.request_id);
  const core::Context context{
      .stop = stop,
      .progress = [&](double fraction) { inbox.put(ProgressMade{fetch_stage, fraction}); },
      .threads = options.threads};
  const auto fail = [&](const Error& error) {
    const bool stopped = error.code() == ErrorCode::cancelled && stop.stop_requested();
    inbox.end({.how = stopped ? ChildEnd::How::stopped : ChildEnd::How::failed,
               .why = failure_of(error, ""),
               .usage = {}});
  };
  try {
    PaidCalls calls(workshop, options, job);
    Post post(inbox, calls);
    const Launch launch = launch_of(workshop, options, job, claim, context);
    inbox.end(run_child(options.program, launch, options.limits, post, stop));
  } catch (const Error& error) {
    fail(error);
  } catch (const std::exception& error) {
    fail(Error(ErrorCode::internal, "The job could not be started.", core::with_trace(error.what(), error)));
  }
}

}  // namespace reelwright::jobs
