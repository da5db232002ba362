#include "database/keys.h"

#include <fmt/format.h>

#include <iostream>
#include <memory>

#include "cli/command.h"
#include "cli/key_list.h"
#include "cli/key_options.h"
#include "core/config.h"
#include "core/error.h"
#include "database/audit.h"
#include "database/open.h"
#include "database/users.h"

namespace reelwright::cli {

namespace {

using database::Database;

std::unique_ptr<Database> open(const KeyOptions& options) {
  return database::open_database(core::Config::load(options.inputs), 1);
}

core::Moment later(core::Moment now, double hours) {
  return now + std::chrono::round<std::chrono::microseconds>(
                   std::chrono::duration<double, std::ratio<3600>>(hours));
}

/// From the command line nobody else is known than the machine's own user.
void audit(Database& database, const char* action, const std::string& id, core::Moment now) {
  database::AuditTable(database).note({.at = now, .action = action, .subject = id});
}

std::string user_name(Database& database, const std::string& id) {
  const auto user = database::UserTable(database).find(id);
  return user ? user->name : id;
}

/// The key alone on standard output, so that a script can take it.
void print(Database& database, const database::MadeKey& made, const KeyOptions& options, core::Moment now) {
  KeyJson key = shown(made.key, user_name(database, made.key.user_id), now);
  if (options.json) {
    key.key = made.token;
    std::cout << key_json(key);
    return;
  }
  std::cout << made.token << "\n";
  std::cerr << fmt::format("Key {} of user {}, for {}; it expires {}. It is shown this once: keep it.\n",
                           key.id, key.user, key.scopes, key.expires_at.value_or("never"));
}

/// Those that were given; the others stay.
void set_quotas(Database& database, const database::User& user, const database::Quotas& given) {
  database::Quotas quotas = user.quotas;
  if (given.jobs_per_day) quotas.jobs_per_day = given.jobs_per_day;
  if (given.minutes_per_day) quotas.minutes_per_day = given.minutes_per_day;
  if (given.storage_mb) quotas.storage_mb = given.storage_mb;
  if (given.cost_per_month) quotas.cost_per_month = given.cost_per_month;
  if (quotas != user.quotas) database::UserTable(database).set_quotas(user.id, quotas);
}

void create(const KeyOptions& options) {
  const database::Scopes scopes = database::scopes_from(options.scopes);
  const core::Moment now = core::now();
  const auto database = open(options);
  const database::User user = database::UserTable(*database).ensure(options.user, now);
  set_quotas(*database, user, options.quotas);
  database::NewKey key{.user_id = user.id, .name = options.name, .scopes = scopes};
  if (options.expires_days) key.expires_at = later(now, *options.expires_days * 24);
  const database::MadeKey made = database::KeyTable(*database).create(key, now);
  audit(*database, "key.created", made.key.id, now);
  print(*database, made, options, now);
}

void list(const KeyOptions& options) {
  const auto database = open(options);
  std::vector<KeyJson> keys;
  for (const database::ApiKey& key : database::KeyTable(*database).list()) {
    const std::string user = user_name(*database, key.user_id);
    if (!options.only_user || user == *options.only_user) keys.push_back(shown(key, user, core::now()));
  }
  if (options.json)
    std::cout << key_list_json(keys);
  else if (keys.empty())
    std::cerr << "There are no keys; `reelwright keys create` makes one.\n";
  else
    std::cout << key_table(keys);
}

void revoke(const KeyOptions& options) {
  const core::Moment now = core::now();
  const auto database = open(options);
  if (!database::KeyTable(*database).revoke(options.id, now))
    throw core::Error(
        core::ErrorCode::not_found,
        fmt::format("There is no key {} to revoke; `reelwright keys list` shows the keys.", options.id));
  audit(*database, "key.revoked", options.id, now);
  std::cerr << fmt::format("Key {} is good for nothing now.\n", options.id);
}

void rotate(const KeyOptions& options) {
  const core::Moment now = core::now();
  const auto database = open(options);
  const auto made = database::KeyTable(*database).rotate(options.id, now, later(now, options.overlap_hours));
  audit(*database, "key.rotated", options.id, now);
  print(*database, made, options, now);
}

}  // namespace

void add_keys(CLI::App& app) {
  auto options = std::make_shared<KeyOptions>();
  auto* keys = app.add_subcommand("keys", "The API keys of the service: make, list, revoke, rotate.");
  keys->require_subcommand(1);
  keys->footer(
      "Examples:\n"
      "  reelwright keys create\n"
      "  reelwright keys list");
  const auto add = [&](const char* name, const char* help, void (*act)(const KeyOptions&),
                       const char* examples) {
    auto* command = keys->add_subcommand(name, help);
    add_place(*command, options->inputs);
    command->footer(examples);
    command->callback([options, act] { act(*options); });
    return command;
  };
  auto* made =
      add("create", "Make a key and show it, this once.", create,
          "Examples:\n"
          "  KEY=$(reelwright keys create)\n"
          "  reelwright keys create --user ada --name laptop --expires-days 90 --quota-jobs-per-day 50\n"
          "  reelwright keys create --user admin --scopes jobs,admin --json");
  add_new_key(*made, *options);
  auto* listed = add("list", "Show the keys, without what is secret of them.", list,
                     "Examples:\n"
                     "  reelwright keys list\n"
                     "  reelwright keys list --user ada --json");
  listed->add_option_function<std::string>(
      "--user", [options](const std::string& user) { options->only_user = user; },
      "the keys of this user alone");
  auto* ended = add("revoke", "Make a key good for nothing.", revoke,
                    "Examples:\n"
                    "  reelwright keys revoke Xy12_abC");
  auto* rotated = add("rotate", "Make a key in place of another, which goes on for a while.", rotate,
                      "Examples:\n"
                      "  KEY=$(reelwright keys rotate Xy12_abC)\n"
                      "  reelwright keys rotate Xy12_abC --overlap-hours 0");
  rotated->add_option("--overlap-hours", options->overlap_hours, "for which the old key is good still")
      ->check(CLI::Range(0.0, 8760.0));
  for (auto* command : {ended, rotated})
    command->add_option("ID", options->id, "as `reelwright keys list` shows it")->required();
  for (auto* command : {made, listed, rotated}) command->add_flag("--json", options->json, "as JSON");
}

}  // namespace reelwright::cli
