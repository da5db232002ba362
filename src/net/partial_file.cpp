#include "net/partial_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/error.h"
#include "core/json.h"

namespace reelwright::net {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

/// What surely is on the disk. (Not in the unnamed namespace: glaze reflects it.)
struct Note {
  std::string url{};
  std::string version{};
  std::uint64_t bytes = 0;
};

namespace {

/// Between two notes of how much is surely on the disk.
constexpr std::uint64_t note_every = 64 << 20;
constexpr std::uintmax_t longest_note = 16 << 10;
constexpr std::size_t block_size = 1 << 20;

/// Nothing of it is trusted but by what it says: an unreadable note is none.
Note read_note(const fs::path& file) {
  Note note;
  try {
    if (glz::read_json(note, core::read_file(file, longest_note))) return {};
  } catch (const Error&) {
    return {};
  }
  return note;
}

}  // namespace

fs::path PartialFile::note_beside(const fs::path& file) { return fs::path(file).concat(".json"); }

PartialFile::PartialFile(fs::path file)
    : file_(std::move(file)),
      open_(::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)),
      digest_(std::make_unique<core::Sha256>()) {
  if (open_.get() < 0) core::throw_errno(errno, "write", file_);
  if (::flock(open_.get(), LOCK_EX | LOCK_NB) != 0)
    throw Error(ErrorCode::conflict, "Another process is fetching this just now; wait until it is done.",
                file_.string());
  resume();
}

/// Goes on behind the last byte that was noted: what came after it may not have reached the disk.
void PartialFile::resume() {
  const Note note = read_note(note_beside(file_));
  struct stat facts{};
  if (::fstat(open_.get(), &facts) != 0) core::throw_errno(errno, "read", file_);
  origin_ = {note.url, note.version};
  const auto there = static_cast<std::uint64_t>(facts.st_size);
  size_ = noted_ = note.bytes <= there ? note.bytes : 0;
  if (::ftruncate(open_.get(), static_cast<off_t>(size_)) != 0) core::throw_errno(errno, "write", file_);
  std::vector<char> block(block_size);
  for (std::uint64_t at = 0; at < size_;) {
    const ssize_t got = ::pread(open_.get(), block.data(), std::min<std::uint64_t>(block.size(), size_ - at),
                                static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) core::throw_errno(got < 0 ? errno : EIO, "read", file_);
    digest_->update({block.data(), static_cast<std::size_t>(got)});
    at += static_cast<std::uint64_t>(got);
  }
}

void PartialFile::restart(const Origin& origin) {
  if (::ftruncate(open_.get(), 0) != 0) core::throw_errno(errno, "write", file_);
  digest_ = std::make_unique<core::Sha256>();
  origin_ = origin;
  size_ = 0;
  keep();
}

void PartialFile::append(std::string_view bytes) {
  digest_->update(bytes);
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(open_.get(), bytes.data(), bytes.size(), static_cast<off_t>(size_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) core::throw_errno(errno, "write", file_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  if (size_ - noted_ >= note_every) keep();
}

void PartialFile::keep() {
  if (::fdatasync(open_.get()) != 0) core::throw_errno(errno, "write", file_);
  noted_ = size_;
  core::write_file(note_beside(file_),
                   core::to_json(Note{origin_.url, origin_.version, size_}, "a download's note"));
}

std::string PartialFile::finish() {
  keep();
  return digest_->finish();
}

void PartialFile::remove() {
  std::error_code ignored;
  fs::remove(note_beside(file_), ignored);
  fs::remove(file_, ignored);
}

}  // namespace reelwright::net
