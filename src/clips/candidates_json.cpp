#include "clips/candidates_json.h"

#include "core/json.h"
#include "stage/json_artifact.h"

namespace reelwright::clips {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest = 16 << 20;

/// What the program chose, or chose anew with a language model.
bool is_choice(std::string_view name) {
  return name.starts_with("selection~") || name.starts_with("ranked~");
}

/// The newest choice. For a moment a new one and the one before it stand side by side. Links and what else a
/// job that went astray may leave there are passed over.
fs::path newest_selection(const fs::path& workspace) {
  std::error_code ignored;
  fs::path newest;
  fs::file_time_type newest_time = fs::file_time_type::min();
  for (const auto& entry : fs::directory_iterator(workspace, ignored)) {
    const std::string name = entry.path().filename().string();
    const fs::file_time_type time = entry.last_write_time(ignored);
    const bool is_file = entry.symlink_status(ignored).type() == fs::file_type::regular;
    if (!is_choice(name) || time < newest_time || !is_file || entry.file_size(ignored) > largest) continue;
    newest = entry.path();
    newest_time = time;
  }
  return newest;
}

/// None where it went away meanwhile, or is cut short.
std::optional<Selection> read(const fs::path& file) {
  try {
    return stage::read_json<Selection>(file);
  } catch (const core::Error& error) {
    if (error.code() == core::ErrorCode::not_found) return {};
    throw;
  }
}

}  // namespace

std::optional<CandidatesJson> read_candidates(const fs::path& workspace) {
  constexpr int tries = 3;  // a job may be replacing it
  std::optional<Selection> selection;
  for (int i = 0; i < tries && !selection; ++i) {
    const fs::path file = newest_selection(workspace);
    if (file.empty()) return {};
    selection = read(file);
  }
  if (!selection) return {};
  CandidatesJson json;
  for (Alternative& one : selection->alternatives)
    json.candidates.push_back({core::to_seconds(one.span.start), core::to_seconds(one.span.end), one.score,
                               std::move(one.title), std::move(one.text_preview), std::move(one.reasons),
                               one.chosen});
  return json;
}

std::string to_text(const CandidatesJson& candidates) { return core::to_json(candidates, "the candidates"); }

}  // namespace reelwright::clips
