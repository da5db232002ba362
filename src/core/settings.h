#pragma once

#include <span>
#include <string>
#include <string_view>

namespace reelwright::core {

/// Who reads a setting.
enum class SettingGroup {
  clips,    ///< what a clip job does: an option of the command, a field of the API
  machine,  ///< how this machine works: every command
  service,  ///< `serve`, `api` and `worker`
};

/// What a setting's value must be.
enum class SettingType {
  text,     ///< one of `choices`, or anything where there are none
  integer,  ///< a whole number from `minimum` to `maximum`
  number,   ///< a number from `minimum` to `maximum`
  path,     ///< a file or folder; a leading `~/` is the home folder
  boolean,  ///< `true` or `false`
  secret,   ///< text that is never shown, nor given by a flag, which others on the machine can read; may be
            ///< empty
};

/// One row of the table from which the documentation, the template and the checks are made.
struct Setting {
  std::string_view name;  ///< as in the environment and in `.env`; in lower case, the key in TOML
  std::string_view flag;  ///< of the command line; a secret has none
  SettingGroup group;
  SettingType type;
  std::string_view preset;  ///< the default
  double minimum = 0;
  double maximum = 0;
  std::span<const std::string_view> choices{};
  bool optional = false;       ///< may be empty
  std::string_view at_most{};  ///< the setting whose value is this one's upper bound too
  std::string_view help;
};

/// The table, in the order in which it is shown.
std::span<const Setting> settings();

/// Null where there is none of that name.
const Setting* find_setting(std::string_view name);

/// What is allowed, to follow "must be": for example "a whole number from 1 to 20".
std::string allowed(const Setting& setting);

/// Whether `value` is one that `setting` may have.
bool allows(const Setting& setting, std::string_view value);

/// The file `env.template`: every setting with its help and default, each line commented out.
std::string env_template();

}  // namespace reelwright::core
