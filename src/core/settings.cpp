#include "core/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace reelwright::core {

namespace {

using std::string_view_literals::operator""sv;

constexpr std::array aspect_ratios{"9:16"sv, "1:1"sv, "4:5"sv, "16:9"sv, "source"sv};
// The room of captions lies above this one and cannot be asked; a test in cli/ holds the two together.
constexpr std::array caption_styles{"none"sv,  "bold"sv, "karaoke"sv, "boxed"sv,
                                    "clean"sv, "pop"sv,  "comic"sv};

constexpr double most_threads = 1024;
constexpr double longest_clip = 3600;

// The spoken language is not called LANGUAGE: GNU gettext reads that variable, and desktops set it to a list.
constexpr std::array table{
    Setting{.name = "WORKSPACE_DIR",
            .flag = "--workspace-dir",
            .type = SettingType::path,
            .preset = "$XDG_CACHE_HOME/reelwright/workspaces",
            .help = "folder for intermediate results, by which an interrupted run goes on where it stopped"},
    Setting{.name = "ENCODER",
            .flag = "--encoder",
            .type = SettingType::text,
            .preset = "libx264",
            .help = "FFmpeg's name of an H.264 encoder; `reelwright doctor` lists those that work here"},
    Setting{.name = "THREADS",
            .flag = "--threads",
            .type = SettingType::integer,
            .preset = "0",
            .minimum = 0,
            .maximum = most_threads,
            .help = "threads to use; 0: one for each core"},
    Setting{.name = "NUM_CLIPS",
            .flag = "--num-clips",
            .type = SettingType::integer,
            .preset = "5",
            .minimum = 1,
            .maximum = 20,
            .help = "clips to make of a recording"},
    Setting{.name = "ASPECT_RATIO",
            .flag = "--aspect-ratio",
            .type = SettingType::text,
            .preset = "9:16",
            .choices = aspect_ratios,
            .help = "shape of a clip, width to height"},
    Setting{.name = "MIN_DURATION",
            .flag = "--min-duration",
            .type = SettingType::number,
            .preset = "15",
            .minimum = 1,
            .maximum = longest_clip,
            .at_most = "MAX_DURATION",
            .help = "shortest clip, in seconds"},
    Setting{.name = "MAX_DURATION",
            .flag = "--max-duration",
            .type = SettingType::number,
            .preset = "60",
            .minimum = 1,
            .maximum = longest_clip,
            .help = "longest clip, in seconds"},
    Setting{.name = "SPEECH_LANGUAGE",
            .flag = "--language",
            .type = SettingType::text,
            .preset = "en",
            .help = "language that is spoken (BCP 47)"},
    Setting{.name = "CAPTION_STYLE",
            .flag = "--caption-style",
            .type = SettingType::text,
            .preset = "none",
            .choices = caption_styles,
            .help = "look of the captions burned into the picture"},
};

template <typename Number>
bool in_range(const Setting& setting, std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
  return error == std::errc{} && end == text.end() && static_cast<double>(value) >= setting.minimum &&
         static_cast<double>(value) <= setting.maximum;
}

}  // namespace

std::span<const Setting> settings() { return table; }

const Setting* find_setting(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &Setting::name);
  return found == table.end() ? nullptr : found;
}

std::string allowed(const Setting& setting) {
  switch (setting.type) {
    case SettingType::integer:
      return fmt::format("a whole number from {:g} to {:g}", setting.minimum, setting.maximum);
    case SettingType::number:
      return fmt::format("a number from {:g} to {:g}", setting.minimum, setting.maximum);
    case SettingType::path:
      return "a path";
    case SettingType::text:
      break;
  }
  return setting.choices.empty() ? "text" : fmt::format("one of {}", fmt::join(setting.choices, ", "));
}

bool allows(const Setting& setting, std::string_view value) {
  if (value.empty() || value.contains('\0')) return false;
  switch (setting.type) {
    case SettingType::integer:
      return in_range<int>(setting, value);
    case SettingType::number:
      return in_range<double>(setting, value);
    case SettingType::text:
    case SettingType::path:
      break;
  }
  return setting.choices.empty() || std::ranges::contains(setting.choices, value);
}

std::string env_template() {
  std::string text =
      "# Settings of Reelwright. Copy this file to .env, take the # away where another value is wanted.\n"
      "# A flag goes before the environment, that before .env, that before reelwright.toml.\n";
  const auto out = std::back_inserter(text);
  for (const Setting& setting : table) {
    fmt::format_to(out, "\n# {} ({})\n#{}={}\n", setting.help, allowed(setting), setting.name,
                   setting.preset);
  }
  return text;
}

}  // namespace reelwright::core
