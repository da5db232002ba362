// What the tests of the engine start as a child: `reelwright run-job`, for scripted jobs too.

#include "jobs/clip_pipeline.h"
#include "jobs/run_order.h"
#include "support/scripted_pipeline.h"

int main() {
  const reelwright::testing::ScriptedPipeline scripted;
  const reelwright::jobs::ClipPipeline clips;
  reelwright::jobs::run_order({&scripted, &clips}, reelwright::jobs::worker_socket);
}
