// What the tests of the engine start as a child: `reelwright run-job`, for scripted jobs too.

#include "jobs/clip_pipeline.h"
#include "jobs/run_order.h"
#include "support/scripted_pipeline.h"

int main() {
  reelwright::jobs::WorkerLine line;
  const reelwright::testing::ScriptedPipeline scripted(&line.transport);
  const reelwright::jobs::ClipPipeline clips({}, &line.transport);
  reelwright::jobs::run_order({&scripted, &clips}, line);
}
