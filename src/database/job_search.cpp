#include "database/job_search.h"

#include "database/job_reader.h"

namespace reelwright::database {

std::vector<Job> JobSearch::run(const std::string& ending) {
  std::vector<Job> jobs;
  Job job;
  bind_job(statement_, job);
  statement_.alloc();
  statement_.prepare("SELECT " + job_columns + " FROM jobs" + conditions_ + ending);
  statement_.define_and_bind();
  statement_.execute();
  while (statement_.fetch()) jobs.push_back(job);
  return jobs;
}

}  // namespace reelwright::database
