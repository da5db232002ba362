#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <vector>

#include "cli/checkup.h"
#include "cli/command.h"
#include "core/config.h"
#include "core/error.h"
#include "core/json.h"

namespace reelwright::cli {

// Named like all else of this room: what glaze reads needs linkage.
struct DoctorJson {
  bool ready = false;  ///< clips can be made
  std::vector<Finding> findings;
};

namespace {

struct DoctorOptions {
  std::string file;
  bool json = false;
};

std::string json(const DoctorJson& report) { return core::to_json<true>(report, "the findings") + "\n"; }

std::string line(const Finding& finding) {
  const char* mark = finding.ok       ? (finding.problem.empty() ? "ok" : "low")
                     : finding.needed ? "MISSING"
                                      : "lacking";
  std::string text = fmt::format("{:<8} {:<23} {}", mark, finding.role, finding.engine);
  if (finding.ok && !finding.why.empty()) text += fmt::format(" ({})", finding.why);
  if (!finding.problem.empty()) text += (finding.engine.empty() ? "" : ": ") + finding.problem;
  if (!finding.ok && !finding.package.empty())
    text += fmt::format(" To get it: apt-get install {}", finding.package);
  return text + "\n";
}

bool blocks(const Finding& finding) { return finding.needed && !finding.ok; }

void run_doctor(const DoctorOptions& options) {
  core::Config::Inputs inputs;
  if (!options.file.empty()) inputs.file = options.file;
  DoctorJson report{.findings = check_up(core::Config::load(inputs))};
  report.ready = std::ranges::none_of(report.findings, blocks);
  if (options.json) std::cout << json(report);
  if (!options.json)
    for (const Finding& finding : report.findings) std::cout << line(finding);
  if (report.ready) return;
  std::cout.flush();
  throw core::Error(core::ErrorCode::unavailable,
                    fmt::format("No clips can be made here without: {}; the report says how to get it.",
                                fmt::join(report.findings | std::views::filter(blocks) |
                                              std::views::transform(&Finding::role),
                                          ", ")));
}

}  // namespace

void add_doctor(CLI::App& app) {
  auto options = std::make_shared<DoctorOptions>();
  auto* command = app.add_subcommand(
      "doctor",
      "Tell which engines work here, what is missing and how to get it; fails where no clip can be made.");
  command->add_option("--config", options->file, "TOML file of settings; else reelwright.toml here");
  command->add_flag("--json", options->json, "as JSON");
  command->footer(
      "Examples:\n"
      "  reelwright doctor\n"
      "  reelwright doctor --json");
  command->callback([options] { run_doctor(*options); });
}

}  // namespace reelwright::cli
