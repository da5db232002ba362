#include "stage/output_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::stage {

namespace fs = std::filesystem;

namespace {

void check(const std::error_code& error, std::string_view doing, const fs::path& path) {
  if (error) core::throw_errno(error.value(), doing, path);
}

bool is_result(const fs::directory_entry& entry, const ResultNames& names) {
  const std::string name = entry.path().filename().string();
  return entry.is_regular_file() &&
         (name == names.index ||
          std::ranges::any_of(names.prefixes, [&](std::string_view p) { return name.starts_with(p); }));
}

void require_free(const fs::path& folder, bool overwrite, const ResultNames& names) {
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found) return;
  check(error, "read", folder);
  if (!fs::is_directory(status))
    throw core::Error(core::ErrorCode::conflict,
                      fmt::format("{} is a file; name a new folder with --out.", folder.string()));
  const fs::directory_iterator entries(folder, error);
  check(error, "read", folder);
  if (entries == fs::directory_iterator()) return;
  if (!overwrite)
    throw core::Error(
        core::ErrorCode::conflict,
        fmt::format("{} is not empty; name another folder with --out, or add --overwrite to replace "
                    "the {} in it.",
                    folder.string(), names.what));
  if (!std::all_of(fs::begin(entries), fs::end(entries),
                   [&](const auto& entry) { return is_result(entry, names); }))
    throw core::Error(core::ErrorCode::conflict,
                      fmt::format("{} holds other files than {}; name another folder with --out.",
                                  folder.string(), names.what));
}

}  // namespace

OutputFolder::OutputFolder(const fs::path& folder, bool overwrite, ResultNames names)
    : folder_(fs::absolute(folder).lexically_normal()), names_(std::move(names)) {
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "out/" is "out"
  std::error_code error;
  stands_ = fs::is_directory(folder_, error);
  // A folder that stands may be a mount, or where the user is: it is filled, not replaced.
  const fs::path place = stands_ ? folder_ / names_.what : folder_;
  core::TemporaryFolder::sweep(place);
  require_free(folder_, overwrite, names_);
  // Asked for now, so that an hour of work is not lost to a missing permission.
  fs::create_directories(place.parent_path(), error);
  check(error, "write", place.parent_path());
  gathered_ = std::make_unique<core::TemporaryFolder>(place);
}

void OutputFolder::add(const fs::path& file, std::string_view name) {
  std::error_code error;
  fs::copy_file(file, gathered_->path() / name, error);
  check(error, "write", folder_ / name);
}

void OutputFolder::write(std::string_view name, std::string_view content) {
  core::write_file(gathered_->path() / name, content);
}

void OutputFolder::publish() {
  if (stands_) {
    move_in();
    gathered_.reset();
  } else {
    gathered_->rename(folder_);
  }
}

/// Older results go when the new ones are in. The index, which names all others, comes last.
void OutputFolder::move_in() {
  std::set<fs::path> names;
  for (const auto& entry : fs::directory_iterator(gathered_->path())) names.insert(entry.path().filename());
  const auto move = [&](const fs::path& name) {
    std::error_code error;
    fs::rename(gathered_->path() / name, folder_ / name, error);
    check(error, "write", folder_ / name);
  };
  const fs::path index = names_.index;
  for (const fs::path& name : names)
    if (name != index) move(name);
  if (names.contains(index)) move(index);
  for (const auto& entry : fs::directory_iterator(folder_)) {
    std::error_code ignored;
    if (is_result(entry, names_) && !names.contains(entry.path().filename()))
      fs::remove(entry.path(), ignored);
  }
}

}  // namespace reelwright::stage
