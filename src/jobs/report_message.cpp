#include <algorithm>
#include <array>
#include <cmath>

#include "core/encoding.h"
#include "core/error_name.h"
#include "core/text.h"
#include "jobs/frame.h"
#include "jobs/message.h"
#include "jobs/message_json.h"

// As they stand on the socket. Named, not in an unnamed namespace: glaze reflects them.
namespace reelwright::jobs::wire {

struct Source {
  std::optional<double> duration;
  std::string container;
};

struct Progress {
  std::string stage;
  double fraction;
};

struct Stage {
  std::string name;
  double seconds, cpu_seconds, peak_mib;
  bool reused;
};

struct Warning {
  std::string code, message;
};

struct File {
  std::string file, name;
};

struct Result {
  int number;
  std::vector<File> files;
  std::string facts;
};

struct Call {
  std::int64_t id;
  std::string role, path, body, stage;
  std::string sound;  // base64
};

struct Failed {
  std::string code, message, stage;
  bool retryable;
  std::string details;
};

struct Done {};

using FromChild = std::variant<Source, Progress, Stage, Warning, Result, Call, Failed, Done>;

}  // namespace reelwright::jobs::wire

template <>
struct glz::meta<reelwright::jobs::wire::FromChild> {
  static constexpr std::string_view tag = "type";
  static constexpr auto ids =
      std::array{"source", "progress", "stage", "warning", "result", "call", "failed", "done"};
};

namespace reelwright::jobs {

namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_text = 1000;
constexpr std::size_t most_files = 100;

double amount(double value) {
  if (!std::isfinite(value) || value < 0 || value > 1e12) refuse_message("a number that cannot be");
  return value;
}

std::string short_name(const std::string& text) { return core::printable(text, longest_name); }
std::string sentence(const std::string& text) { return core::printable(text, longest_text); }

/// The name of one file, not hidden: it is joined to folders of the worker.
std::string file_name(const std::string& name) {
  const bool odd = name.empty() || name.size() > 255 || name.starts_with('.') || name.contains('/') ||
                   name.contains('\0') || core::printable(name, name.size()) != name;
  if (odd) refuse_message("a name that is none");
  return name;
}

std::string bytes_of(const std::string& base64) {
  auto bytes = core::from_base64(base64);
  if (!bytes) refuse_message("bytes that are none");
  return *std::move(bytes);
}

/// One of the names that `core::name` knows.
std::string error_code(const std::string& text) {
  if (!core::error_code_named(text)) refuse_message("an error code that is none");
  return text;
}

Result checked(const wire::Result& result) {
  if (result.number < 1 || result.number > 10000 || result.files.size() > most_files)
    refuse_message("an odd result");
  Result good{.number = result.number, .files = {}, .facts = result.facts};
  for (const wire::File& file : result.files)
    good.files.push_back({.file = file_name(file.file), .name = file_name(file.name)});
  return good;
}

wire::Result wired(const Result& result) {
  wire::Result told{.number = result.number, .files = {}, .facts = result.facts};
  for (const ResultFile& file : result.files)
    told.files.push_back({file.file.filename().string(), file.name});
  return told;
}

}  // namespace

std::string to_frame(const FromChild& message) {
  const wire::FromChild told = std::visit(
      Overloaded{
          [](const SourceFacts& m) -> wire::FromChild { return wire::Source{m.duration, m.container}; },
          [](const ProgressMade& m) -> wire::FromChild { return wire::Progress{m.stage, m.fraction}; },
          [](const StageDone& m) -> wire::FromChild {
            return wire::Stage{m.name, m.seconds, m.cpu_seconds, m.peak_mib, m.reused};
          },
          [](const core::Warning& m) -> wire::FromChild { return wire::Warning{m.code, m.message}; },
          [](const Result& m) -> wire::FromChild { return wired(m); },
          [](const CallAsked& m) -> wire::FromChild {
            return wire::Call{m.id,           m.request.role,  m.request.path,
                              m.request.body, m.request.stage, core::base64(m.request.sound)};
          },
          [](const Failed& m) -> wire::FromChild {
            return wire::Failed{m.code, m.message, m.stage, m.retryable, m.details};
          },
          [](const Done&) -> wire::FromChild { return wire::Done{}; }},
      message);
  return framed(core::to_json(told, "a message of a job"));
}

FromChild read_report(std::string_view json) {
  return std::visit(Overloaded{[](const wire::Source& m) -> FromChild {
                                 return SourceFacts{m.duration.transform(amount), short_name(m.container)};
                               },
                               [](const wire::Progress& m) -> FromChild {
                                 return ProgressMade{short_name(m.stage), std::min(1.0, amount(m.fraction))};
                               },
                               [](const wire::Stage& m) -> FromChild {
                                 return StageDone{short_name(m.name), amount(m.seconds),
                                                  amount(m.cpu_seconds), amount(m.peak_mib), m.reused};
                               },
                               [](const wire::Warning& m) -> FromChild {
                                 return core::Warning{short_name(m.code), sentence(m.message)};
                               },
                               [](const wire::Result& m) -> FromChild { return checked(m); },
                               [](const wire::Call& m) -> FromChild {
                                 return CallAsked{m.id,
                                                  {.role = short_name(m.role),
                                                   .path = short_name(m.path),
                                                   .body = m.body,
                                                   .stage = short_name(m.stage),
                                                   .sound = bytes_of(m.sound)}};
                               },
                               [](const wire::Failed& m) -> FromChild {
                                 return Failed{error_code(m.code), sentence(m.message), short_name(m.stage),
                                               m.retryable, core::printable(m.details, 4 * longest_text)};
                               },
                               [](const wire::Done&) -> FromChild { return Done{}; }},
                    parse_message<wire::FromChild>(json));
}

}  // namespace reelwright::jobs
