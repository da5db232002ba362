#include "inference/checksums.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <functional>

#include "core/files.h"
#include "core/json.h"
#include "core/json_place.h"
#include "core/text.h"
#include "inference/models_folder.h"

namespace reelwright::inference {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

// Named like all else of this room: what glaze reads needs linkage.
struct ChecksumsJson {
  std::vector<Checksum> files{};
};

namespace {

constexpr std::uintmax_t largest_file = 16 << 20;

struct StrictOptions : glz::opts {
  bool error_on_missing_keys = true;
  bool validate_trailing_whitespace = true;
};

/// Reads, changes and writes the file while no other process does.
void change(const fs::path& models_dir, const std::function<void(std::vector<Checksum>&)>& work) {
  const core::Descriptor folder(::open(models_dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) core::throw_errno(errno, "read", models_dir);
  while (::flock(folder.get(), LOCK_EX) != 0)
    if (errno != EINTR) core::throw_errno(errno, "lock", models_dir);
  ChecksumsJson all{read_checksums(models_dir)};
  work(all.files);
  core::write_file(checksums_file(models_dir), core::to_json<true>(all, "the checksums") + "\n");
}

}  // namespace

std::vector<Checksum> read_checksums(const fs::path& models_dir) {
  const fs::path file = checksums_file(models_dir);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  const std::string text = core::read_file(file, largest_file);
  ChecksumsJson all;
  const auto error = glz::read<StrictOptions{}>(all, text);
  if (!error) return all.files;
  const std::string place = core::printable(core::json_place(text, error.count), 200);
  throw Error(
      ErrorCode::invalid_input,
      fmt::format("{}, which remembers the checksums of models, is broken at {}; repair it or, to begin "
                  "it anew, move it away.",
                  file.string(), place.empty() ? "the top" : place),
      glz::format_error(error, text));
}

const Checksum* find_checksum(const std::vector<Checksum>& checksums, std::string_view model,
                              std::string_view file) {
  const auto found = std::ranges::find_if(
      checksums, [&](const Checksum& seen) { return seen.model == model && seen.file == file; });
  return found == checksums.end() ? nullptr : &*found;
}

void remember_checksums(const fs::path& models_dir, const std::vector<Checksum>& seen) {
  change(models_dir, [&](std::vector<Checksum>& all) {
    std::erase_if(all,
                  [&](const Checksum& old) { return find_checksum(seen, old.model, old.file) != nullptr; });
    all.insert(all.end(), seen.begin(), seen.end());
  });
}

void forget_checksums(const fs::path& models_dir, std::string_view model) {
  change(models_dir, [&](std::vector<Checksum>& all) {
    std::erase_if(all, [&](const Checksum& old) { return old.model == model; });
  });
}

}  // namespace reelwright::inference
