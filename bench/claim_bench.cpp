#include <benchmark/benchmark.h>

#include <algorithm>
#include <vector>

#include "core/ids.h"
#include "database/jobs.h"
#include "database/users.h"
#include "support/media_fixture.h"

namespace reelwright::bench {
namespace {

constexpr int queued = 10'000;

/// Claims the next of 10,000 queued jobs; each is replaced by another one outside of the measured time, so
/// that the queue stays as long as it is.
void claim_next(benchmark::State& state) {
  using namespace std::chrono_literals;
  using Clock = std::chrono::steady_clock;
  const testing::TemporaryFolder folder;
  database::Database database("sqlite:///" + (folder / "bench.db").string());
  database.migrate();
  database::JobTable jobs(database);
  const std::string user = database::UserTable(database).ensure("ada", core::now()).id;
  const auto add = [&](int priority) {
    jobs.insert({.processing_id = core::make_uuid(),
                 .kind = "clips",
                 .user_id = user,
                 .settings = "{}",
                 .priority = priority},
                core::now());
  };
  for (int i = 0; i < queued; ++i) add(i % 3);
  const std::vector<std::string> kinds = {"clips"};
  std::vector<double> seconds;
  for (auto _ : state) {
    const auto begin = Clock::now();
    const auto claim = jobs.claim_next(kinds, "worker", core::now(), core::now() + 30s);
    seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    state.SetIterationTime(seconds.back());
    jobs.complete(claim.value(), core::now());
    add(static_cast<int>(seconds.size() % 3));
  }
  std::ranges::sort(seconds);
  state.counters["p99_ms"] = 1e3 * seconds[seconds.size() * 99 / 100];
  state.counters["worst_ms"] = 1e3 * seconds.back();
}
BENCHMARK(claim_next)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(2000);

}  // namespace
}  // namespace reelwright::bench
