#include "server/incoming_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/error.h"
#include "core/ids.h"
#include "server/file_writes.h"

namespace reelwright::server {

namespace {

int create(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) core::throw_errno(errno, "write", file);
  return fd;
}

}  // namespace

IncomingFile::IncomingFile(const std::filesystem::path& folder, std::uint64_t limit)
    : file_(folder / core::make_uuid()), limit_(limit), descriptor_(create(file_)) {}

IncomingFile::~IncomingFile() {
  std::error_code ignored;
  std::filesystem::remove(file_, ignored);
}

void IncomingFile::write(std::string_view piece) {
  bytes_ += piece.size();
  if (bytes_ > limit_)
    throw core::Error(core::ErrorCode::too_large,
                      fmt::format("The file has more than {} MiB.", limit_ >> 20U));
  digest_.update(piece);
  while (!piece.empty()) {
    const ssize_t written = ::write(descriptor_.get(), piece.data(), std::min(piece.size(), write_step));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) core::throw_errno(errno, "write", file_);
    piece.remove_prefix(static_cast<std::size_t>(written));
  }
  write_out_early(descriptor_.get(), bytes_);
}

jobs::ReceivedFile IncomingFile::finish() {
  return {.file = file_, .digest = digest_.finish(), .bytes = bytes_};
}

}  // namespace reelwright::server
