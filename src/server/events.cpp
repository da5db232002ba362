#include <fmt/format.h>

#include <charconv>

#include "jobs/changes.h"
#include "jobs/status.h"
#include "server/owned_job.h"
#include "server/router.h"

namespace reelwright::server {

namespace {

/// The status document whenever it changed. The id of an event is the job's revision, so whoever comes back
/// with `Last-Event-ID` is told at once what has changed since, and nothing twice.
class JobEvents : public EventSource {
 public:
  JobEvents(Services& services, const database::JobFacts& job, std::int64_t last_seen)
      : services_(services), id_(job.processing_id), seen_(last_seen) {}

  std::string next() override {
    const auto job = services_.reads.job(id_);
    if (!job) {
      ended_ = true;
      return "event: deleted\ndata: {}\n\n";
    }
    const bool over = job->completed_at.has_value();
    ended_ = over;
    if (job->revision <= seen_) return "";
    seen_ = job->revision;
    return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", job->revision, over ? "end" : "progress",
                       jobs::status_json(services_.database, services_.pipelines, *job));
  }

  bool ended() override { return ended_; }

  void on_change(std::function<void()> wake) override {
    subscription_ =
        services_.changes.subscribe(id_, [wake = std::move(wake)](const database::Change&) { wake(); });
  }

 private:
  Services& services_;
  std::string id_;
  std::int64_t seen_;
  bool ended_ = false;
  jobs::Changes::Subscription subscription_;
};

std::int64_t last_event(const Request& request) {
  std::string_view text = request.header("Last-Event-ID");
  if (text.empty()) text = request.query_value("last_event_id");
  std::int64_t id = 0;
  std::from_chars(text.begin(), text.end(), id);  // what is no number is as good as none
  return id;
}

}  // namespace

void add_events(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/jobs/{processing_id}/events",
              .access = Access::link,
              .docs = {.summary = "The status of a job whenever it changes, as server-sent events",
                       .tag = "jobs",
                       .answer_type = "text/event-stream",
                       .failures = {404}},
              .handler = Handler([&services](Request& request) {
                const auto job = owned_facts(services, request);
                Response response{.headers = {},
                                  .body = std::make_shared<JobEvents>(services, job, last_event(request))};
                response.with("Content-Type", "text/event-stream").with("Cache-Control", "no-store");
                return std::move(response.with("X-Accel-Buffering", "no"));
              })});
}

}  // namespace reelwright::server
