#include "inference/expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace reelwright::inference {

namespace {

ExpectedFile from_registry(std::string_view model, const ModelFile& file, const std::vector<Checksum>& seen) {
  ExpectedFile expected{file.name, file.bytes, file.sha256, !file.sha256.empty()};
  if (expected.by_registry) return expected;
  if (const Checksum* checksum = find_checksum(seen, model, file.name)) {
    expected.bytes = checksum->bytes;
    expected.sha256 = checksum->sha256;
  }
  return expected;
}

std::string problem_of(const std::vector<std::filesystem::path>& files, const ExpectedFile& expected) {
  const auto file = std::ranges::find(
      files, expected.name, [](const std::filesystem::path& path) { return path.filename().string(); });
  if (file == files.end()) return fmt::format("{} is missing", expected.name);
  std::error_code ignored;
  const std::uintmax_t bytes = std::filesystem::file_size(*file, ignored);
  if (!expected.bytes || bytes == *expected.bytes) return {};
  return fmt::format("{} is {}: {} of {} bytes", expected.name,
                     bytes < *expected.bytes ? "cut short" : "too long", bytes, *expected.bytes);
}

}  // namespace

std::vector<ExpectedFile> expected_files(std::string_view name, const Model* known,
                                         const std::vector<Checksum>& seen) {
  std::vector<ExpectedFile> expected;
  if (known) {
    expected.reserve(known->files.size());
    for (const ModelFile& file : known->files) expected.push_back(from_registry(name, file, seen));
    return expected;
  }
  for (const Checksum& checksum : seen)
    if (checksum.model == name) expected.push_back({checksum.file, checksum.bytes, checksum.sha256});
  return expected;
}

std::string size_problem(const InstalledModel& model, const std::vector<ExpectedFile>& expected) {
  for (const ExpectedFile& file : expected)
    if (std::string problem = problem_of(model.files, file); !problem.empty()) return problem;
  return {};
}

}  // namespace reelwright::inference
