#include "inference/pull_file.h"

#include <fmt/format.h>

#include <optional>
#include <system_error>

#include "core/error.h"
#include "core/time.h"
#include "inference/file_digest.h"
#include "inference/file_kind.h"
#include "net/download.h"
#include "net/partial_file.h"
#include "net/url.h"

namespace reelwright::inference {

namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorCode;

constexpr std::uint64_t largest_file = std::uint64_t{200} << 30U;
// Hosts of models send to the mirror that is near, some by way of another.
constexpr int most_redirects = 5;

std::uint64_t size_of(const fs::path& file) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(file, error);
  return error ? 0 : size;
}

std::string mebibytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

void check_room(const fs::path& folder, const FileSource& source, std::uint64_t bytes) {
  std::error_code error;
  const fs::space_info space = fs::space(folder, error);
  if (error || space.available >= bytes) return;
  throw Error(
      ErrorCode::storage_full,
      fmt::format("{} needs {} more and the disk of {} has {}; free some, or set MODELS_DIR to a folder on "
                  "a larger one.",
                  source.file.name, mebibytes(bytes), folder.string(), mebibytes(space.available)));
}

/// The same failure, and how to go on.
[[noreturn]] void throw_with_advice(const Error& error, const FileSource& source, std::uint64_t kept) {
  std::string message = error.what();
  if (error.code() == ErrorCode::not_found || error.code() == ErrorCode::invalid_input)
    message +=
        fmt::format(" If you have the file from elsewhere, `reelwright models add {} --role {}` takes it in.",
                    source.file.name, name(source.model.role));
  else if (kept > 0)
    message +=
        fmt::format(" The {} that came are kept, and the same command goes on there.", mebibytes(kept));
  throw Error(error.code(), message, error.details());
}

/// What fails while what came is made sure of must not hide why it had to be.
void keep(net::PartialFile& part) {
  try {
    if (part.size() > 0)
      part.keep();
    else
      part.remove();
  } catch (const Error&) {
    return;  // ignored: the next pull fetches more of it again
  }
}

[[noreturn]] void throw_fault(const FileSource& source, const std::string& fault) {
  const std::string advice =
      source.expected.by_registry || source.expected.sha256.empty()
          ? "try again later"
          : fmt::format(
                "if its makers changed it, `reelwright models pull {} --accept-change` takes the new one",
                source.model.name);
  throw Error(ErrorCode::invalid_input,
              fmt::format("What {} gave for {} is {}; it was thrown away, and nothing was installed: {}.",
                          net::without_query(source.file.url), source.file.name, fault, advice));
}

void fetch(const FileSource& source, net::PartialFile& part, const fs::path& folder,
           const PullOptions& options, const core::Context& context) {
  const net::DownloadRequest request{
      .url = source.file.url,
      .most_bytes = source.expected.bytes.value_or(largest_file),
      .what = source.file.name,
      .place = net::without_query(source.file.url),
      .redirects = most_redirects,
      .https_only = !options.allow_http,
      .named_by =
          options.by_proxy ? net::HttpRequest::NamedBy::operator_ : net::HttpRequest::NamedBy::stranger,
      .check_room = [&](std::uint64_t bytes) { check_room(folder, source, bytes); },
      .tries = options.tries,
      .first_pause = options.first_pause};
  try {
    net::download(source.client, request, part, context);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::too_large && source.expected.bytes) {
      part.remove();
      throw_fault(source, fmt::format("more than the {} bytes that it should have", *source.expected.bytes));
    }
    keep(part);
    throw_with_advice(error, source, part.size());
  } catch (...) {
    keep(part);
    throw;
  }
}

/// Why these bytes are not the file's; empty where they are.
std::string fault(const FileSource& source, const fs::path& part, const std::string& digest) {
  const ExpectedFile& expected = source.expected;
  if (const auto bytes = size_of(part); expected.bytes && bytes != *expected.bytes)
    return fmt::format("{} bytes instead of {}", bytes, *expected.bytes);
  const auto format = source.is_weights ? std::optional(source.model.format) : std::nullopt;
  if (const std::string problem = kind_problem(part, source.file.name, format); !problem.empty())
    return problem;
  if (expected.sha256.empty() || digest == expected.sha256) return {};
  return fmt::format("not what {}: its SHA-256 is {} instead of {}",
                     expected.by_registry ? "the registry names" : "came the last time", digest,
                     expected.sha256);
}

Checksum checksum_of(const FileSource& source, std::uint64_t bytes, const std::string& digest) {
  return {.model = source.model.name,
          .file = source.file.name,
          .bytes = bytes,
          .sha256 = digest,
          .origin = net::without_query(source.file.url),
          .seen_at = core::rfc3339(core::now())};
}

/// A former pull got as far as this file: it was checked then, and is again.
std::optional<Checksum> there_already(const FileSource& source, const fs::path& whole,
                                      const core::Context& context) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(whole, error))) return {};
  const std::string digest = file_digest(whole, context);
  if (digest == source.expected.sha256) return checksum_of(source, size_of(whole), digest);
  fs::remove(whole, error);
  if (error) core::throw_errno(error.value(), "remove", whole);
  return {};
}

}  // namespace

void check_address(const ModelFile& file, const PullOptions& options) {
  const net::Url url = net::parse_user_url(file.url, options.allow_http);
  if (url.scheme == "https" || options.allow_http) return;
  throw Error(ErrorCode::invalid_input,
              fmt::format("The URL of {} must begin with https://; plain http is called only where "
                          "ALLOW_PRIVATE_URLS is true.",
                          file.name));
}

Checksum pull_file(const FileSource& source, const Incoming& incoming, const PullOptions& options,
                   const core::Context& context) {
  const fs::path whole = incoming / source.file.name;
  if (const auto there = there_already(source, whole, context)) return *there;
  const fs::path part = incoming / (source.file.name + ".part");
  net::PartialFile growing(part);
  fetch(source, growing, part.parent_path(), options, context);
  const std::string digest = growing.finish();
  if (const std::string problem = fault(source, part, digest); !problem.empty()) {
    growing.remove();
    throw_fault(source, problem);
  }
  std::error_code error;
  // A part is its maker's alone; a model is for whoever runs a job.
  fs::permissions(part, fs::perms{0644}, error);
  if (!error) fs::rename(part, whole, error);
  if (error) core::throw_errno(error.value(), "write", whole);
  growing.remove();  // the note beside it, for the file itself has another name now
  return checksum_of(source, size_of(whole), digest);
}

}  // namespace reelwright::inference
