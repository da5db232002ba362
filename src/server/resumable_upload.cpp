#include "server/resumable_upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/error.h"
#include "core/files.h"
#include "server/file_writes.h"

namespace reelwright::server {

namespace {

// Beyond this many, files that nobody writes just now are closed.
constexpr std::size_t most_open = 256;

int open_file(const std::filesystem::path& file, bool create) {
  const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT | O_EXCL : 0);
  const int fd = ::open(file.c_str(), flags, 0600);
  if (fd < 0 && errno == ENOENT)
    throw core::Error(core::ErrorCode::not_found, "This upload is over or was given up; begin a new one.");
  if (fd < 0) core::throw_errno(errno, "write", file);
  return fd;
}

}  // namespace

ResumableFile::ResumableFile(std::filesystem::path file, bool create)
    : file_(std::move(file)), descriptor_(open_file(file_, create)) {
  struct stat facts{};
  ::fstat(descriptor_, &facts);
  size_ = static_cast<std::uint64_t>(facts.st_size);
  if (size_ == 0) hash_ = std::make_unique<core::Sha256>();
}

ResumableFile::~ResumableFile() { ::close(descriptor_); }

std::uint64_t ResumableFile::take_pen() {
  const std::lock_guard lock(mutex_);
  return ++pen_;
}

std::uint64_t ResumableFile::size() {
  const std::lock_guard lock(mutex_);
  return size_;
}

void ResumableFile::require_pen(std::uint64_t pen) const {
  if (pen != pen_) throw core::Error(core::ErrorCode::conflict, "A newer request goes on with this upload.");
}

void ResumableFile::append(std::uint64_t pen, std::uint64_t offset, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  require_pen(pen);
  if (offset != size_)
    throw core::Error(core::ErrorCode::conflict,
                      "The upload goes on at another offset; ask for it with HEAD.");
  if (hash_) hash_->update(bytes);
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(descriptor_, bytes.data(), std::min(bytes.size(), write_step), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      hash_.reset();  // it knows of bytes that are not there
      core::throw_errno(errno, "write", file_);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  write_out_early(descriptor_, size_);
}

void ResumableFile::truncate(std::uint64_t pen, std::uint64_t size) {
  const std::lock_guard lock(mutex_);
  require_pen(pen);
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) core::throw_errno(errno, "write", file_);
  size_ = size;
  hash_ = size == 0 ? std::make_unique<core::Sha256>() : nullptr;
}

void ResumableFile::sync() {
  if (::fdatasync(descriptor_) != 0) core::throw_errno(errno, "write", file_);
}

std::string ResumableFile::digest() {
  const std::lock_guard lock(mutex_);
  if (!hash_) {
    hash_ = std::make_unique<core::Sha256>();
    std::string space(std::size_t{1} << 20, '\0');
    for (std::uint64_t at = 0; at < size_;) {
      const ssize_t got = ::pread(descriptor_, space.data(), space.size(), static_cast<off_t>(at));
      if (got <= 0) core::throw_errno(got < 0 ? errno : EIO, "read", file_);
      hash_->update(std::string_view(space).substr(0, static_cast<std::size_t>(got)));
      at += static_cast<std::uint64_t>(got);
    }
  }
  const auto done = std::move(hash_);
  return done->finish();
}

std::shared_ptr<ResumableFile> ResumableFiles::open(const std::string& id, bool create) {
  const std::lock_guard lock(mutex_);
  if (const auto found = open_.find(id); found != open_.end()) return found->second;
  if (open_.size() >= most_open)
    std::erase_if(open_, [](const auto& entry) { return entry.second.use_count() == 1; });
  return open_[id] = std::make_shared<ResumableFile>(path(id), create);
}

void ResumableFiles::forget(const std::string& id) {
  const std::lock_guard lock(mutex_);
  open_.erase(id);
}

}  // namespace reelwright::server
