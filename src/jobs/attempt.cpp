#include "jobs/attempt.h"

#include <algorithm>
#include <thread>

#include "core/log.h"
#include "jobs/child.h"
#include "jobs/message_json.h"
#include "jobs/stale_child.h"
#include "storage/keys.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;
using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;

constexpr auto tell_every = 500ms;
constexpr auto longest_wait = 200ms;
constexpr auto try_again = 200ms;
constexpr auto longest_insistence = 60s;
constexpr double share_of_fetching = 0.1;
constexpr std::size_t most_warnings = 50;

/// Hands what the child says to the inbox, and what it prints to the log.
class Post : public ChildListener {
 public:
  explicit Post(Inbox& inbox) : inbox_(inbox) {}
  void on_report(FromChild report) override { inbox_.put(std::move(report)); }
  void on_line(std::string_view line) override { log::info("job.printed", {{"line", line}}); }

 private:
  Inbox& inbox_;
};

Failed failure_of(const Error& error, std::string stage) {
  return {.code = std::string(core::name(error.code())),
          .message = error.what(),
          .stage = std::move(stage),
          .retryable = is_retryable(error.code()),
          .details = error.details()};
}

}  // namespace

Attempt::Attempt(const Workshop& workshop, const WorkerOptions& options, Leases& leases,
                 database::Claim claim, Lease::Clock::time_point asked)
    : workshop_(workshop),
      options_(options),
      leases_(leases),
      claim_(std::move(claim)),
      asked_(asked),
      jobs_(workshop.database) {}

void Attempt::run(const std::stop_token& leave) noexcept {
  const log::Scope job_scope("processing_id", claim_.processing_id);
  try {
    lease_ = leases_.hold(claim_, asked_, [this] { inbox_.wake(); });
    bool found = false;
    insist([&] {
      const auto job = jobs_.find(claim_.processing_id);
      if (job) job_ = *job;
      return found = job.has_value();
    });
    if (!found) return;
    progress_.percentage = job_.progress_percentage;  // what is there already is soon reached again
    const log::Scope request_scope("request_id", job_.request_id);
    const Pipeline* pipeline = find_pipeline(workshop_.pipelines, job_.kind);
    if (pipeline == nullptr) throw Error(ErrorCode::internal, "There is no pipeline for this kind of job.");
    work(job_, *pipeline, leave);
  } catch (const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    log::error("job.unended", {{"error", error.what()}, {"details", ours ? ours->details() : std::string()}});
  }
}

void Attempt::work(const database::Job& job, const Pipeline& pipeline, const std::stop_token& leave) {
  log::info("job.started", {{"attempt", claim_.attempt}, {"kind", job.kind}});
  const auto folder = workshop_.storage.local_folder(storage::workspace_prefix(job.processing_id));
  publisher_.emplace(workshop_.database, workshop_.storage, pipeline, claim_, folder.value_or(""));
  const auto subscription = workshop_.changes.subscribe(job.processing_id, [this](const database::Change&) {
    changed_ = true;
    inbox_.wake();
  });
  const std::stop_callback wake(leave, [this] { inbox_.wake(); });
  {
    const std::jthread child([&] { run_child_here(job); });
    follow(leave);
  }
  conclude();
  workshop_.changes.notify();
  clear_away_if_gone(pipeline);
}

Launch Attempt::launch_of(const database::Job& job) {
  const auto folder = workshop_.storage.local_folder(storage::workspace_prefix(job.processing_id));
  if (!folder) throw Error(ErrorCode::internal, "The storage has no place on this machine for a workspace.");
  core::Context context{.stop = stop_.get_token(), .progress = {}, .threads = options_.threads};
  context.progress = [this](double fraction) { inbox_.put(ProgressMade{"fetch", fraction}); };
  Launch launch{.order = {.processing_id = job.processing_id,
                          .kind = job.kind,
                          .settings = job.settings,
                          .inputs = workshop_.collect(job, claim_, context),
                          .threads = options_.threads},
                .workspace = *folder,
                .readable = options_.readable,
                .sandbox_required = options_.sandbox_required,
                .disk_mib = options_.limits.disk_mib,
                .cpu_seconds = std::chrono::ceil<std::chrono::seconds>(options_.limits.time).count() *
                                   std::max(options_.threads, std::thread::hardware_concurrency()) +
                               60};
  std::error_code error;
  std::filesystem::create_directories(*folder, error);
  if (error) core::throw_errno(error.value(), "make", *folder);
  end_stale_child(*folder);
  return launch;
}

/// On a thread of its own, which stays until the child is gone: the kernel ends a child with the thread that
/// started it.
void Attempt::run_child_here(const database::Job& job) {
  const log::Scope job_scope("processing_id", claim_.processing_id);
  const log::Scope request_scope("request_id", job.request_id);
  Post post(inbox_);
  try {
    inbox_.end(run_child(options_.program, launch_of(job), options_.limits, post, stop_.get_token()));
  } catch (const std::exception& error) {
    const auto* ours = dynamic_cast<const Error*>(&error);
    const bool stopped = ours && ours->code() == ErrorCode::cancelled && stop_.stop_requested();
    const Error fault(ErrorCode::internal, "The job could not be started.", error.what());
    inbox_.end({.how = stopped ? ChildEnd::How::stopped : ChildEnd::How::failed,
                .why = failure_of(ours ? *ours : fault, ""),
                .usage = {}});
  }
}

void Attempt::follow(const std::stop_token& leave) {
  while (!end_) {
    try {
      auto event = inbox_.take(longest_wait);
      if (auto* report = event ? std::get_if<FromChild>(&*event) : nullptr)
        write_down(std::move(*report));
      else if (event)
        end_ = std::get<ChildEnd>(std::move(*event));
      look(leave);
    } catch (const Error& error) {
      break_off(error);
    } catch (const std::exception& error) {
      break_off(Error(ErrorCode::internal, "The worker failed by a fault of the program.", error.what()));
    }
  }
}

/// Whether the job may go on.
void Attempt::look(const std::stop_token& leave) {
  if (!lease_->good()) stop_for(Reason::lost);
  if (leave.stop_requested()) stop_for(Reason::leaving);
  if (untold_ && Lease::Clock::now() - told_ >= tell_every) tell_progress();
  if (!changed_.exchange(false)) return;
  try {
    const auto job = jobs_.find(claim_.processing_id);
    if (!job || job->attempt != claim_.attempt || job->status != database::JobStatus::processing)
      stop_for(Reason::lost);
    else if (job->cancel_requested)
      stop_for(Reason::cancelled);
  } catch (const Error&) {
    changed_ = true;  // looked at again when the database is back
  }
}

void Attempt::stop_for(Reason reason) {
  if (reason_ == Reason::none || reason == Reason::lost) reason_ = reason;
  stop_.request_stop();
}

void Attempt::break_off(const Error& error) {
  if (reason_ == Reason::none) broken_ = failure_of(error, progress_.stage);
  stop_for(Reason::broken);
}

/// Repeats a write for as long as the database does not take it and the claim may still be good. False where
/// it changed nothing because the claim is no longer good.
bool Attempt::insist(const std::function<bool()>& write) {
  const auto give_up = Lease::Clock::now() + longest_insistence;
  for (;;) {
    try {
      return write();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::unavailable || !lease_->good() || Lease::Clock::now() > give_up) throw;
      log::warning("job.write_waits", {{"error", error.what()}, {"details", error.details()}});
      std::this_thread::sleep_for(try_again);
    }
  }
}

void Attempt::write_down(FromChild report) {
  if (reason_ != Reason::none && reason_ != Reason::leaving) return;
  std::visit(Overloaded{[&](const SourceFacts& facts) { check_source(facts); },
                        [&](const ProgressMade& progress) { note_progress(progress); },
                        [&](const StageDone& stage) {
                          insist([&] {
                            return jobs_.note_stage(claim_,
                                                    {.stage = stage.name,
                                                     .seconds = stage.seconds,
                                                     .cpu_seconds = stage.cpu_seconds,
                                                     .peak_mib = stage.peak_mib,
                                                     .reused = stage.reused},
                                                    core::now());
                          });
                        },
                        [&](const core::Warning& warning) { note_warning(warning); },
                        [&](const Result& result) { publish(result); }, [](const auto&) {}},
             report);
}

void Attempt::check_source(const SourceFacts& facts) {
  const double longest = std::chrono::duration<double>(options_.longest_source).count();
  if (facts.duration && *facts.duration > longest)
    throw Error(ErrorCode::too_large,
                fmt::format("The recording is {:.0f} minutes long; {:.0f} are allowed (MAX_SOURCE_MINUTES).",
                            *facts.duration / 60, longest / 60));
  insist([&] { return jobs_.note_source(claim_, facts.duration, facts.container, core::now()); });
}

void Attempt::note_progress(const ProgressMade& progress) {
  const bool fetching = progress.stage == "fetch";
  if (fetching) fetched_ = share_of_fetching;
  const double whole =
      fetching ? progress.fraction * fetched_ : fetched_ + (1 - fetched_) * progress.fraction;
  forecast_.note(whole, Lease::Clock::now());
  const bool new_stage = progress.stage != progress_.stage;
  progress_.stage = progress.stage;
  progress_.percentage = std::max(progress_.percentage, std::min(99, static_cast<int>(whole * 100)));
  untold_ = true;
  if (new_stage && Lease::Clock::now() - told_ >= tell_every) tell_progress();
}

void Attempt::note_warning(const core::Warning& warning) {
  const bool known = std::ranges::contains(warnings_, warning.code, &core::Warning::code);
  if (known || warnings_.size() >= most_warnings) return;
  warnings_.push_back(warning);
  progress_.warnings = core::to_json(warnings_, "warnings");
  untold_ = true;
}

/// Progress that the database does not take is soon followed by more.
void Attempt::tell_progress() {
  told_ = Lease::Clock::now();
  progress_.seconds_left = forecast_.seconds_left(told_);
  try {
    untold_ = false;
    if (!jobs_.report(claim_, progress_)) stop_for(Reason::lost);
    workshop_.changes.notify();
  } catch (const Error& error) {
    untold_ = true;
    log::warning("job.progress_untold", {{"error", error.what()}, {"details", error.details()}});
  }
}

void Attempt::publish(const Result& result) {
  if (!lease_->good()) return stop_for(Reason::lost);
  try {
    if (!insist([&] { return publisher_->publish(result, core::now()); })) return stop_for(Reason::lost);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw Error(ErrorCode::internal, "The job's process told of a result that is none.",
                fmt::format("{} {}", error.what(), error.details()));
  }
  log::info("job.published", {{"number", result.number}});
  workshop_.changes.notify();
}

void Attempt::clear_away_if_gone(const Pipeline& pipeline) {
  if (reason_ != Reason::lost || jobs_.find(claim_.processing_id)) return;
  workshop_.storage.remove_all(storage::workspace_prefix(claim_.processing_id));
  workshop_.storage.remove_all(storage::results_prefix(pipeline.results_prefix(), claim_.processing_id));
}

}  // namespace reelwright::jobs
