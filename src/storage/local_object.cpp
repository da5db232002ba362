#include "storage/local_object.h"

#include <fmt/format.h>

#include "storage/keys.h"

namespace reelwright::storage {

namespace {

core::Moment moment(const timespec& time) {
  return core::Moment(
      std::chrono::seconds(time.tv_sec) +
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::nanoseconds(time.tv_nsec)));
}

}  // namespace

std::string_view without_slash(const std::string& prefix) {
  check_prefix(prefix);
  return std::string_view(prefix).substr(0, prefix.empty() ? 0 : prefix.size() - 1);
}

Object object_of(std::string key, const struct stat& facts) {
  return {std::move(key), static_cast<std::uint64_t>(facts.st_size),
          fmt::format("\"{:x}-{:x}-{:x}{:08x}\"", facts.st_ino, facts.st_size, facts.st_mtim.tv_sec,
                      facts.st_mtim.tv_nsec),
          moment(facts.st_mtim)};
}

}  // namespace reelwright::storage
