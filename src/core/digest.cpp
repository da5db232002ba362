#include "core/digest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "core/error.h"
#include "core/files.h"

namespace reelwright::core {

namespace {

constexpr off_t sample = 1 << 20;

void append_sample(std::string& bytes, int descriptor, off_t from, off_t count,
                   const std::filesystem::path& file) {
  std::vector<char> block(static_cast<std::size_t>(count));
  const ssize_t got = ::pread(descriptor, block.data(), block.size(), from);
  if (got < 0) throw_errno(errno, "read", file);
  bytes.append(block.data(), static_cast<std::size_t>(got));
}

void check_openssl(int result) {
  if (result != 1) throw Error(ErrorCode::internal, "OpenSSL cannot compute SHA-256.");
}

}  // namespace

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  check_openssl(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  check_openssl(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

std::string Sha256::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  check_openssl(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length));
  std::string hex;
  for (unsigned i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.update(bytes);
  return digest.finish();
}

std::string file_identity(const std::filesystem::path& file) {
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (descriptor.get() < 0) throw_errno(errno, "read", file);
  struct stat facts{};
  if (::fstat(descriptor.get(), &facts) != 0) throw_errno(errno, "read", file);
  if (S_ISDIR(facts.st_mode)) throw_errno(EISDIR, "read", file);
  std::string bytes = fmt::format("{} {} {} ", facts.st_size, facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec);
  append_sample(bytes, descriptor.get(), 0, std::min<off_t>(sample, facts.st_size), file);
  const off_t tail = std::max<off_t>(0, facts.st_size - sample);
  append_sample(bytes, descriptor.get(), tail, facts.st_size - tail, file);
  return sha256(bytes);
}

}  // namespace reelwright::core
