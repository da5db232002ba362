#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/error.h"
#include "jobs/pipeline.h"
#include "net/transport.h"

/// What a worker and its child tell each other: JSON objects, one a frame, whose `type` names what they are.
/// The worker trusts nothing that comes from a child, which may be in the hands of the maker of a file.
namespace reelwright::jobs {

/// `order`, the first message to a child: what to do, and within what bounds.
struct Launch {
  Order order;
  std::filesystem::path workspace;
  std::vector<std::filesystem::path> readable;  ///< beside the inputs and the system's: models
  bool sandbox_required = false;
  std::int64_t disk_mib = 0;     ///< the largest file
  std::int64_t cpu_seconds = 0;  ///< of all threads
};

/// `stop`: end, and leave behind what is whole.
struct Stop {};

/// `answer`: what came of the call of that number.
struct CallAnswer {
  std::int64_t id = 0;
  net::ApiAnswer answer{};
  std::string code{};  ///< of the error that came instead; empty where there is an answer
  std::string message{};
  std::string details{};
};

using ToChild = std::variant<Launch, Stop, CallAnswer>;

/// `progress`; `fraction` is of the whole job.
struct ProgressMade {
  std::string stage;
  double fraction = 0;
};

/// `stage`: one is over.
struct StageDone {
  std::string name;
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_mib = 0;
  bool reused = false;
};

/// `call`: a paid service is to be called; a `CallAnswer` of that number follows.
struct CallAsked {
  std::int64_t id = 0;
  net::ApiRequest request{};
};

/// `failed`, the last message of a child that knows why it ends.
struct Failed {
  std::string code;
  std::string message;  ///< for the user
  std::string stage;
  bool retryable = false;
  std::string details;  ///< for the log
};

/// `done`, the last message of a child that did all of it.
struct Done {};

using FromChild =
    std::variant<SourceFacts, ProgressMade, StageDone, core::Warning, Result, CallAsked, Failed, Done>;

/// As a frame. The files of a `Result` must lie directly in the workspace; only their names are sent. Throws
/// `too_large` and `internal`.
std::string to_frame(const ToChild& message);
std::string to_frame(const FromChild& message);

/// Throws `invalid_input` for anything that is no such message.
ToChild read_order(std::string_view json);

/// What a child said, made harmless: texts are short, of one line and valid UTF-8, numbers finite, names of
/// files without folders. Paths of a `Result` are names alone. Throws `invalid_input` for anything else.
FromChild read_report(std::string_view json);

}  // namespace reelwright::jobs
