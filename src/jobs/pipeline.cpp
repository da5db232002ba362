#include "jobs/pipeline.h"

#include <algorithm>

namespace reelwright::jobs {

const Pipeline* find_pipeline(const Pipelines& pipelines, std::string_view kind) {
  const auto found = std::ranges::find(pipelines, kind, &Pipeline::kind);
  return found == pipelines.end() ? nullptr : *found;
}

}  // namespace reelwright::jobs
