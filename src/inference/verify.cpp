#include "inference/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "inference/expected.h"
#include "inference/file_digest.h"
#include "inference/file_kind.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;

std::uint64_t size_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? 0 : size;
}

/// Null where nothing is known of that file.
const ExpectedFile* find(const std::vector<ExpectedFile>& expected, const fs::path& file) {
  const auto found = std::ranges::find(expected, file.filename().string(), &ExpectedFile::name);
  return found == expected.end() ? nullptr : &*found;
}

/// What size and header tell; `good` where they tell nothing bad.
FileVerdict looked_at(const fs::path& file, const ExpectedFile* expected, std::optional<Format> format) {
  FileVerdict seen{.file = file, .bytes = size_of(file)};
  const auto size = expected ? expected->bytes : std::nullopt;
  if (size && seen.bytes < *size) {
    seen.verdict = Verdict::cut_short;
    seen.problem = fmt::format("cut short: {} of {} bytes", seen.bytes, *size);
  } else if (size && seen.bytes != *size) {
    seen.verdict = Verdict::changed;
    seen.problem = fmt::format("changed: {} bytes instead of {}", seen.bytes, *size);
  } else {
    seen.problem = kind_problem(file, file.filename().string(), format);
    if (!seen.problem.empty())
      seen.verdict = seen.problem == "cut short" ? Verdict::cut_short : Verdict::other_kind;
  }
  return seen;
}

FileVerdict verdict_of(const fs::path& file, const ExpectedFile* expected, std::optional<Format> format,
                       const core::Context& context) {
  FileVerdict seen = looked_at(file, expected, format);
  if (is_fault(seen.verdict)) return seen;
  seen.sha256 = file_digest(file, context);
  if (!expected || expected->sha256.empty()) {
    seen.verdict = Verdict::unheld;
  } else if (seen.sha256 != expected->sha256) {
    seen.verdict = Verdict::changed;
    seen.problem = fmt::format("changed: its SHA-256 is {} instead of {}", seen.sha256, expected->sha256);
  }
  return seen;
}

/// The format that weights must have: the role's, and where that is not known any.
std::optional<Format> wanted_format(const InstalledModel& model, const Model* known) {
  if (known) return known->format;
  if (model.role) return format_of(*model.role);
  return model.format.value_or(Format::onnx);
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "good";
    case Verdict::unheld:
      return "unheld";
    case Verdict::missing:
      return "missing";
    case Verdict::cut_short:
      return "cut_short";
    case Verdict::changed:
      return "changed";
    case Verdict::other_kind:
      break;
  }
  return "other_kind";
}

std::vector<FileVerdict> verify_model(const InstalledModel& model, const Registry& registry,
                                      const std::vector<Checksum>& seen, const core::Context& context) {
  const Model* known = known_as(registry, model);
  const auto expected =
      model.has_folder() ? expected_files(model.name, known, seen) : std::vector<ExpectedFile>{};
  std::vector<FileVerdict> verdicts;
  verdicts.reserve(model.files.size());
  const auto all = static_cast<double>(std::max<std::uint64_t>(1, model.bytes));
  double done = 0;
  for (const fs::path& file : model.files) {
    const double end = std::min(1.0, done + static_cast<double>(size_of(file)) / all);
    const auto format = file == model.weights() ? wanted_format(model, known) : std::nullopt;
    verdicts.push_back(verdict_of(file, find(expected, file), format, context.part(done, end)));
    done = end;
  }
  for (const ExpectedFile& file : expected) {
    const fs::path path = model.place / file.name;
    if (!std::ranges::contains(model.files, path))
      verdicts.push_back({.file = path, .verdict = Verdict::missing, .problem = "missing"});
  }
  return verdicts;
}

}  // namespace reelwright::inference
