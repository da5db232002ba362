#include "server/metrics.h"

#include <fmt/format.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>

#include "core/time.h"
#include "database/job_statistics.h"
#include "database/ledger.h"
#include "database/usage.h"
#include "storage/storage.h"

namespace reelwright::server {

namespace {

using Labels = std::map<std::string, std::string>;

const prometheus::Histogram::BucketBoundaries request_buckets = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};
const prometheus::Histogram::BucketBoundaries stage_buckets = {0.1, 0.5, 1,   2,   5,    10,  30,
                                                               60,  120, 300, 600, 1800, 3600};

void set_gauge(prometheus::Registry& registry, const char* name, const char* help, const Labels& labels,
               double value) {
  prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add(labels).Set(value);
}

void raise_counter(prometheus::Registry& registry, const char* name, const char* help, const Labels& labels,
                   double to) {
  auto& counter = prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add(labels);
  if (to > counter.Value()) counter.Increment(to - counter.Value());
}

}  // namespace

Metrics::Metrics(database::Database& database, storage::Storage& storage)
    : database_(database), storage_(storage), registry_(std::make_shared<prometheus::Registry>()) {}

Metrics::~Metrics() = default;

Metrics::Requests Metrics::add_requests(Method method, const Route* route, int status) {
  const Labels labels = {{"method", std::string(name(method))},
                         {"route", route != nullptr ? route->pattern : "none"},
                         {"status", std::to_string(status)}};
  auto& counts = prometheus::BuildCounter()
                     .Name("reelwright_http_requests_total")
                     .Help("Requests that were answered")
                     .Register(*registry_);
  auto& times = prometheus::BuildHistogram()
                    .Name("reelwright_http_request_seconds")
                    .Help("Time to the answer's beginning")
                    .Register(*registry_);
  return {.count = &counts.Add(labels), .seconds = &times.Add(labels, request_buckets)};
}

void Metrics::note_request(Method method, const Route* route, int status, double seconds) {
  Requests requests;
  {
    const std::lock_guard lock(mutex_);
    Requests& found = requests_[{method, route, status}];
    if (found.count == nullptr) found = add_requests(method, route, status);
    requests = found;
  }
  requests.count->Increment();
  requests.seconds->Observe(seconds);
}

void Metrics::read_jobs() {
  std::map<std::string, std::array<double, 5>> by_kind;
  for (const auto& count : database::count_jobs(database_))
    by_kind[count.kind][static_cast<std::size_t>(count.status)] = static_cast<double>(count.jobs);
  for (const auto& [kind, counts] : by_kind) {
    for (std::size_t i = 0; i < counts.size(); ++i)
      set_gauge(
          *registry_, "reelwright_jobs", "Jobs by state",
          {{"kind", kind}, {"status", std::string(database::name(static_cast<database::JobStatus>(i)))}},
          counts[i]);
    const double ended = counts[2] + counts[3];
    set_gauge(*registry_, "reelwright_job_success_ratio", "Completed of those that completed or failed",
              {{"kind", kind}}, ended > 0 ? counts[2] / ended : 1);
  }
  const auto depth = database::queue_depth(database_, core::now());
  set_gauge(*registry_, "reelwright_queue_depth", "Jobs that could run now", {},
            static_cast<double>(depth.jobs));
  set_gauge(*registry_, "reelwright_queue_oldest_seconds", "For how long the oldest of them waits", {},
            depth.oldest_seconds.value_or(0));
  for (const auto& [vendor, dollars] : database::Ledger(database_).totals())
    raise_counter(*registry_, "reelwright_cost_dollars_total", "Paid to vendors", {{"vendor", vendor}},
                  dollars);
}

/// A stage's name without the number of the clip: "render 3" is "render".
void Metrics::read_stages() {
  for (const auto& stage : database::stages_after(database_, last_stage_)) {
    last_stage_ = stage.id;
    const std::string name = stage.cost.stage.substr(0, stage.cost.stage.find(' '));
    const Labels labels = {
        {"kind", stage.kind}, {"stage", name}, {"reused", stage.cost.reused ? "true" : "false"}};
    prometheus::BuildHistogram()
        .Name("reelwright_stage_seconds")
        .Help("Time of stages")
        .Register(*registry_)
        .Add(labels, stage_buckets)
        .Observe(stage.cost.seconds);
    auto& peak = prometheus::BuildGauge()
                     .Name("reelwright_stage_peak_bytes")
                     .Help("Most memory of a child in this stage")
                     .Register(*registry_)
                     .Add({{"kind", stage.kind}, {"stage", name}});
    peak.Set(std::max(peak.Value(), stage.cost.peak_mib * 1048576));
  }
}

std::string Metrics::page() {
  const std::lock_guard lock(mutex_);
  read_jobs();
  read_stages();
  set_gauge(*registry_, "reelwright_storage_stored_bytes", "What jobs and uploads take", {},
            static_cast<double>(database::UsageTable(database_).stored_bytes("")));
  if (const auto free = storage_.free_bytes())
    set_gauge(*registry_, "reelwright_storage_free_bytes", "Room that is left", {},
              static_cast<double>(*free));
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

}  // namespace reelwright::server
