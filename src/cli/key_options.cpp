#include "cli/key_options.h"

#include "core/settings.h"
#include "core/text.h"

namespace reelwright::cli {

namespace {

constexpr double shortest_life = 1e-3;  ///< days
constexpr double longest_life = 36500;

/// Empty where it may be one.
std::string user_name_problem(const std::string& name) {
  const bool plain = !name.empty() && name.size() <= 100 && core::printable(name) == name;
  return plain ? "" : "the name of a user is 1 to 100 bytes of plain text";
}

}  // namespace

void add_place(CLI::App& command, core::Config::Inputs& inputs) {
  const auto add = [&](const char* flag, const char* setting) {
    command.add_option_function<std::string>(
        flag, [&inputs, setting](const std::string& value) { inputs.flags[setting] = value; },
        std::string(core::find_setting(setting)->help));
  };
  add("--database-url", "DATABASE_URL");
  add("--storage-path", "STORAGE_PATH");
  command.add_option_function<std::string>(
      "--config", [&inputs](const std::string& file) { inputs.file = file; },
      "TOML file of settings; else reelwright.toml here");
}

void add_new_key(CLI::App& command, KeyOptions& options) {
  command.add_option("--user", options.user, "whose key, made where there is none of that name")
      ->check(CLI::Validator(user_name_problem, "NAME"))
      ->capture_default_str();
  command.add_option("--name", options.name, "what it is for");
  command.add_option("--scopes", options.scopes, "jobs, admin or jobs,admin")->capture_default_str();
  command.add_option("--expires-days", options.expires_days, "its life; for ever where this is missing")
      ->check(CLI::Range(shortest_life, longest_life));
  const auto quota = [&](const char* flag, auto& value, const char* help) {
    command.add_option(flag, value, std::string(help) + " a user may take; 0: any; missing: as it is")
        ->check(CLI::NonNegativeNumber);
  };
  quota("--quota-jobs-per-day", options.quotas.jobs_per_day, "jobs a day");
  quota("--quota-minutes-per-day", options.quotas.minutes_per_day, "minutes of recordings a day");
  quota("--quota-storage-mb", options.quotas.storage_mb, "MiB of storage");
  quota("--quota-cost-per-month", options.quotas.cost_per_month, "US dollars a month");
}

}  // namespace reelwright::cli
