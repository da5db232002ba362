#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace reelwright::core {

/// The whole file as bytes. Throws `not_found`, `forbidden`, `invalid_input` (a directory) or `too_large`.
std::string read_file(const std::filesystem::path& file, std::uintmax_t limit);

/// Writes `content` beside `file` under a temporary name, syncs and renames it: there is the old file or the
/// whole new one, never a part. Throws `storage_full`, `forbidden` or `not_found` (the folder).
void write_file(const std::filesystem::path& file, std::string_view content);

/// Turns an errno of working on `file` into the matching Error and throws it.
[[noreturn]] void throw_errno(int error, std::string_view doing, const std::filesystem::path& file);

/// A name beside `file` that nobody else uses (same folder, same extension, hidden).
std::filesystem::path temporary_beside(const std::filesystem::path& file);

/// Owns an open file; closes it.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace reelwright::core
