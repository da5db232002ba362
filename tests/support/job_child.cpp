// What the tests of the engine start as a child: `reelwright run-job` for scripted jobs.

#include "jobs/run_order.h"
#include "support/scripted_pipeline.h"

int main() {
  const reelwright::testing::ScriptedPipeline pipeline;
  reelwright::jobs::run_order({&pipeline}, reelwright::jobs::worker_socket);
}
