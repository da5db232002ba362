#include "clips/option_table.h"

#include "captions/style.h"
#include "clips/request_fields.h"
#include "clips/request_limits.h"
#include "core/config.h"
#include "core/json.h"

namespace reelwright::clips {

namespace {

using core::Setting;
using core::SettingType;

std::string choice_help(const Setting& setting, std::string_view choice) {
  if (setting.name != "CAPTION_STYLE") return {};
  if (choice == "none") return "nothing is burned in; caption files come with the clip all the same";
  return std::string(captions::caption_style(choice).help);
}

std::string name_of_setting(std::string_view setting) {
  for (const RequestField& field : request_fields())
    if (field.setting == setting) return std::string(field.name);
  return {};
}

OptionRow row_of(const RequestField& field, const core::Config& config) {
  const core::Config::Value& value = config.value(field.setting);
  const Setting& setting = *value.setting;
  OptionRow row{.name = std::string(field.name), .help = std::string(setting.help)};
  if (!field.alias.empty()) row.aliases.emplace_back(field.alias);
  if (setting.type == SettingType::integer || setting.type == SettingType::number) {
    const bool whole = setting.type == SettingType::integer;
    row.type = whole ? "integer" : "number";
    row.preset = whole ? config.integer(field.setting) : config.number(field.setting);
    row.minimum = setting.minimum;
    row.maximum = setting.maximum;
  } else {
    row.type = "string";
    row.preset = value.text;
  }
  std::vector<OptionChoice> choices;
  choices.reserve(setting.choices.size());
  for (const std::string_view choice : setting.choices)
    choices.push_back({std::string(choice), choice_help(setting, choice)});
  if (!choices.empty()) row.choices = std::move(choices);
  if (!setting.at_most.empty()) row.at_most = name_of_setting(setting.at_most);
  return row;
}

OptionRow list(std::string name, std::size_t most, std::string help) {
  return {.name = std::move(name),
          .type = "array",
          .max_items = static_cast<double>(most),
          .help = std::move(help)};
}

}  // namespace

std::vector<OptionRow> option_table(const core::Config& config) {
  std::vector<OptionRow> rows;
  for (const RequestField& field : request_fields()) rows.push_back(row_of(field, config));
  rows.push_back(
      list("spans", most_spans,
           "spans of your own, {start, end, title?} in seconds of the recording, to be cut instead of "
           "what would be chosen"));
  rows.push_back({.name = "keep_chosen",
                  .type = "boolean",
                  .preset = false,
                  .help = "cut the spans after what is chosen, not instead of it"});
  rows.push_back(list("edits", most_clip_numbers,
                      "changes of single clips: {clip_number, start?, end?, title?, caption_style?, "
                      "aspect_ratio?, words?, crop?}"));
  return rows;
}

std::string to_text(const std::vector<OptionRow>& options) { return core::to_json(options, "the options"); }

}  // namespace reelwright::clips
