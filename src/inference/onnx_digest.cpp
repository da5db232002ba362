#include "inference/onnx_digest.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "core/digest.h"
#include "core/files.h"

namespace reelwright::inference {

namespace {

constexpr std::size_t block = 1 << 20;

}  // namespace

std::string onnx_digest(const std::filesystem::path& file) {
  const core::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (opened.get() < 0) core::throw_errno(errno, "read", file);
  core::Sha256 digest;
  std::vector<char> bytes(block);
  for (;;) {
    const ssize_t got = ::read(opened.get(), bytes.data(), bytes.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) core::throw_errno(errno, "read", file);
    if (got == 0) return digest.finish();
    digest.update({bytes.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace reelwright::inference
