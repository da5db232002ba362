#include "core/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "core/error.h"

namespace reelwright::core {

namespace {

void write_all(int fd, std::string_view content, const std::filesystem::path& file) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(errno, "write", file);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

void throw_errno(int error, std::string_view doing, const std::filesystem::path& file) {
  const std::string place = file.empty() ? "A file without a name" : file.string();
  const std::string details = fmt::format("{} {}: {}", doing, place, std::strerror(error));
  switch (error) {
    case ENOENT:
      throw Error(ErrorCode::not_found, fmt::format("{} does not exist.", place), details);
    case EACCES:
    case EPERM:
    case EROFS:
      throw Error(ErrorCode::forbidden, fmt::format("No permission to {} {}.", doing, place), details);
    case ENOSPC:
    case EDQUOT:
      throw Error(ErrorCode::storage_full,
                  fmt::format("The disk of {} is full; free some space and run it again.", place), details);
    case ENAMETOOLONG:
      throw Error(ErrorCode::invalid_input,
                  fmt::format("The name {} is too long; choose a shorter one.", place), details);
    case ENOTDIR:
      throw Error(ErrorCode::invalid_input,
                  fmt::format("A part of {} is a file, not a folder; name another place.", place), details);
    case EISDIR:
      throw Error(ErrorCode::invalid_input, fmt::format("{} is a folder; name a file.", place), details);
    default:
      throw Error(ErrorCode::internal,
                  fmt::format("Could not {} {}: {}.", doing, place, std::strerror(error)));
  }
}

std::string read_file(const std::filesystem::path& file, std::uintmax_t limit) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) throw_errno(errno, "read", file);
  struct stat facts{};
  if (::fstat(fd.get(), &facts) == 0 && S_ISDIR(facts.st_mode)) throw_errno(EISDIR, "read", file);
  std::string content;
  std::array<char, 1 << 16> block{};
  for (;;) {
    const ssize_t got = ::read(fd.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno(errno, "read", file);
    if (got == 0) return content;
    content.append(block.data(), static_cast<std::size_t>(got));
    if (content.size() > limit)
      throw Error(ErrorCode::too_large,
                  fmt::format("{} is larger than {} MB, the limit here.", file.string(), limit >> 20));
  }
}

std::filesystem::path temporary_beside(const std::filesystem::path& file) {
  static std::atomic<unsigned> counter{0};
  return file.parent_path() /
         fmt::format(".{}.{}.{}{}", file.stem().string(), ::getpid(), counter++, file.extension().string());
}

void write_file(const std::filesystem::path& file, std::string_view content) {
  const std::filesystem::path temporary = temporary_beside(file);
  try {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (fd.get() < 0) throw_errno(errno, "write", file);
    write_all(fd.get(), content, file);
    if (::fsync(fd.get()) != 0) throw_errno(errno, "write", file);
    if (::rename(temporary.c_str(), file.c_str()) != 0) throw_errno(errno, "write", file);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

}  // namespace reelwright::core
