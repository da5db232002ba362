#include "inference/file_digest.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string_view>
#include <vector>

#include "core/digest.h"
#include "core/files.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_size = 1 << 20;

/// Gives each block of the file to `take`.
void read_through(const fs::path& file, const core::Context& context,
                  const std::function<void(std::string_view)>& take) {
  const core::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) core::throw_errno(errno, "read", file);
  struct stat facts{};
  if (::fstat(opened.get(), &facts) != 0) core::throw_errno(errno, "read", file);
  if (S_ISDIR(facts.st_mode)) core::throw_errno(EISDIR, "read", file);
  std::vector<char> block(block_size);
  std::uint64_t done = 0;
  for (;;) {
    context.check();
    const ssize_t got = ::read(opened.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) core::throw_errno(errno, "read", file);
    if (got == 0) return;
    take({block.data(), static_cast<std::size_t>(got)});
    done += static_cast<std::uint64_t>(got);
    if (facts.st_size > 0)
      context.report(std::min(1.0, static_cast<double>(done) / static_cast<double>(facts.st_size)));
  }
}

void write_all(int descriptor, std::string_view bytes, const fs::path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) core::throw_errno(errno, "write", file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::string file_digest(const fs::path& file, const core::Context& context) {
  core::Sha256 digest;
  read_through(file, context, [&](std::string_view bytes) { digest.update(bytes); });
  return digest.finish();
}

std::string copy_with_digest(const fs::path& file, const fs::path& copy, const core::Context& context) {
  const core::Descriptor opened(::open(copy.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  if (opened.get() < 0) core::throw_errno(errno, "write", copy);
  core::Sha256 digest;
  read_through(file, context, [&](std::string_view bytes) {
    digest.update(bytes);
    write_all(opened.get(), bytes, copy);
  });
  if (::fsync(opened.get()) != 0) core::throw_errno(errno, "write", copy);
  return digest.finish();
}

}  // namespace reelwright::inference
