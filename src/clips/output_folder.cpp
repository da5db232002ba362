#include "clips/output_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::clips {

namespace fs = std::filesystem;

namespace {

void check(const std::error_code& error, std::string_view doing, const fs::path& path) {
  if (error) core::throw_errno(error.value(), doing, path);
}

bool is_result(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  return entry.is_regular_file() && (name == "clips.json" || name.starts_with("clip_"));
}

void require_free(const fs::path& folder, bool overwrite) {
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
                    "the clips in it.",
                    folder.string()));
  if (!std::all_of(fs::begin(entries), fs::end(entries), is_result))
    throw core::Error(
        core::ErrorCode::conflict,
        fmt::format("{} holds other files than clips; name another folder with --out.", folder.string()));
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, bool overwrite)
    : folder_(fs::absolute(folder).lexically_normal()) {
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "out/" is "out"
  require_free(folder_, overwrite);
  // Asked for now, so that an hour of work is not lost to a missing permission.
  open();
}

OutputFolder::~OutputFolder() {
  std::error_code ignored;
  if (!gathered_.empty()) fs::remove_all(gathered_, ignored);
}

void OutputFolder::open() {
  std::error_code error;
  fs::create_directories(folder_.parent_path(), error);
  check(error, "write", folder_.parent_path());
  const fs::path gathered = core::temporary_beside(folder_);
  fs::create_directory(gathered, error);
  check(error, "write", folder_);
  gathered_ = gathered;
}

void OutputFolder::add(const fs::path& file, std::string_view name) {
  std::error_code error;
  fs::copy_file(file, gathered_ / name, error);
  check(error, "write", folder_ / name);
}

void OutputFolder::write(std::string_view name, std::string_view content) {
  core::write_file(gathered_ / name, content);
}

void OutputFolder::publish() {
  std::error_code error;
  if (fs::exists(folder_)) {
    const fs::path old = core::temporary_beside(folder_);
    fs::rename(folder_, old, error);
    check(error, "replace", folder_);
    fs::rename(gathered_, folder_, error);
    if (error) {
      std::error_code ignored;
      fs::rename(old, folder_, ignored);
    } else {
      std::error_code ignored;
      fs::remove_all(old, ignored);
    }
  } else {
    fs::rename(gathered_, folder_, error);
  }
  check(error, "write", folder_);
  gathered_.clear();
}

}  // namespace reelwright::clips
