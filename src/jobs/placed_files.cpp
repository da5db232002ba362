#include "jobs/placed_files.h"

#include "core/error.h"
#include "core/log.h"

namespace reelwright::jobs {

PlacedFiles::~PlacedFiles() {
  if (kept_) return;
  try {
    for (const std::string& key : keys_) storage_.remove(key);
    for (const std::string& prefix : prefixes_) storage_.remove_all(prefix);
  } catch (const core::Error& error) {  // they belong to no job: the cleaner takes them
    core::log::warning("files.left_behind", {{"reason", std::string_view(error.what())}});
  }
}

void PlacedFiles::put(const std::string& key, const std::filesystem::path& file) {
  keys_.push_back(key);
  storage_.put(key, file);
}

void PlacedFiles::copy(const std::string& from, const std::string& to) {
  keys_.push_back(to);
  storage_.copy(from, to);
}

}  // namespace reelwright::jobs
