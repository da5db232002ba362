#include <benchmark/benchmark.h>

#include <thread>

#include "core/ids.h"
#include "database/clips.h"
#include "database/hot_reads.h"
#include "database/users.h"
#include "jobs/status.h"
#include "support/media_fixture.h"

namespace reelwright::bench {
namespace {

constexpr int job_count = 10'000;

/// A service that has seen some work: users, keys, jobs.
struct Service {
  Service() {
    database.migrate();
    const auto now = core::now();
    const std::string user = database::UserTable(database).ensure("ada", now).id;
    token = database::KeyTable(database).create({.user_id = user}, now).token;
    database::ClipTable clips(database);
    for (int i = 0; i < job_count; ++i) {
      ids.push_back(core::make_uuid());
      clips.insert({.processing_id = ids.back(), .kind = "clips", .user_id = user, .settings = "{}"},
                   {"uploads/" + ids.back() + ".mp4", "talk.mp4", 5, "9:16"}, now);
    }
  }

  testing::TemporaryFolder folder;
  database::Database database{"sqlite:///" + (folder / "bench.db").string()};
  database::HotReads reads{database};
  std::string token;
  std::vector<std::string> ids;
  database::Claim claim;  ///< of the first job
};

Service& service() {
  static Service service;
  return service;
}

/// Hash and look-up of an API key.
void read_key(benchmark::State& state) {
  Service& served = service();
  for (auto _ : state) benchmark::DoNotOptimize(served.reads.key(database::token_hash(served.token)));
}
BENCHMARK(read_key)->Unit(benchmark::kMicrosecond)->ThreadRange(1, 2)->UseRealTime();

/// The row of a job, another each time.
void read_job(benchmark::State& state) {
  Service& served = service();
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(served.reads.job(served.ids[next++ * 7919 % job_count]));
}
BENCHMARK(read_job)->Unit(benchmark::kMicrosecond)->ThreadRange(1, 2)->UseRealTime();

/// The same while a worker tells how far it is 100 times a second: what connections remember is out of date
/// after each write.
void read_job_while_others_write(benchmark::State& state) {
  using namespace std::chrono_literals;
  Service& served = service();
  database::JobTable jobs(served.database);
  const auto now = core::now();
  if (const auto job = jobs.find(served.ids[0]); job->status == database::JobStatus::queued)
    served.claim = jobs.claim(served.ids[0], "worker", now, now + 1h).value();
  std::jthread worker([&](const std::stop_token& stop) {
    for (int percentage = 0; !stop.stop_requested(); std::this_thread::sleep_for(10ms))
      jobs.report(served.claim, {.percentage = ++percentage % 100, .stage = "render"});
  });
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(served.reads.job(served.ids[next++ * 7919 % job_count]));
}
BENCHMARK(read_job_while_others_write)->Unit(benchmark::kMicrosecond);

/// The same row the way all other calls read it: a pooled connection, a statement prepared anew.
void read_job_through_soci(benchmark::State& state) {
  Service& served = service();
  database::JobTable jobs(served.database);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(jobs.find(served.ids[next++ * 7919 % job_count]));
}
BENCHMARK(read_job_through_soci)->Unit(benchmark::kMicrosecond);

/// Row and document of a job that has published nothing yet: all that a status call is but the HTTP.
void render_status(benchmark::State& state) {
  Service& served = service();
  for (auto _ : state)
    benchmark::DoNotOptimize(jobs::status_json(served.database, {}, served.reads.job(served.ids[1]).value()));
}
BENCHMARK(render_status)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace reelwright::bench
