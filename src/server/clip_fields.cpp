#include "server/clip_fields.h"

#include <fmt/format.h>

#include "clips/request.h"
#include "core/config.h"
#include "core/settings.h"
#include "net/url.h"

namespace reelwright::server {

namespace {

constexpr int highest_priority = 9;

/// What the table of settings says of one.
Rule rule_of(std::string_view field, std::string_view name) {
  const core::Setting* setting = core::find_setting(name);
  if (setting == nullptr)
    throw core::Error(core::ErrorCode::internal, fmt::format("There is no setting {}.", name));
  Rule rule{.field = field, .help = setting->help};
  const bool number =
      setting->type == core::SettingType::integer || setting->type == core::SettingType::number;
  if (number) {
    rule.minimum = setting->minimum;
    rule.maximum = setting->maximum;
  }
  for (const std::string_view choice : setting->choices) rule.choices.emplace_back(choice);
  rule.preset = number ? std::string(setting->preset) : fmt::format("\"{}\"", setting->preset);
  return rule;
}

std::string absolute(const core::Config& config, const std::string& path) {
  std::string base = config.text("PUBLIC_URL");
  while (base.ends_with('/')) base.pop_back();
  return base + path;
}

}  // namespace

std::vector<Rule> clip_rules() {
  return {rule_of("num_clips_requested", "NUM_CLIPS"), rule_of("num_clips", "NUM_CLIPS"),
          rule_of("aspect_ratio", "ASPECT_RATIO"),     rule_of("min_duration", "MIN_DURATION"),
          rule_of("max_duration", "MAX_DURATION"),     rule_of("language", "SPEECH_LANGUAGE"),
          rule_of("caption_style", "CAPTION_STYLE")};
}

std::vector<Rule> job_rules() {
  return {{.field = "webhook_url",
           .help = "called when a clip is ready and when the job ends",
           .longest = 2000,
           .format = "uri"},
          {.field = "priority",
           .help = "the greater goes first",
           .minimum = 0,
           .maximum = highest_priority,
           .preset = "0"}};
}

ClipFields clip_fields(const UploadFields& fields) {
  return {fields.num_clips_requested, fields.num_clips, fields.aspect_ratio, fields.min_duration,
          fields.max_duration,        fields.language,  fields.caption_style};
}

void require_sound(const clips::Request& request, const core::Config& config) {
  std::vector<FieldError> errors;
  for (const auto& fault : clips::faults_of(request, clips::options_from(config)))
    errors.push_back({fault.field, fault.message});
  if (!errors.empty()) throw InvalidFields(std::move(errors));
}

void apply(const ClipFields& fields, const core::Config& config, jobs::Submission& as) {
  if (fields.num_clips && fields.num_clips_requested && fields.num_clips != fields.num_clips_requested)
    throw InvalidFields({{"num_clips", "is another than num_clips_requested; give one of them"}});
  // A job keeps the defaults of the day on which it was made: whatever runs it need not know this server's.
  const clips::Request request{.num_clips_requested = fields.num_clips_requested.value_or(
                                   fields.num_clips.value_or(config.integer("NUM_CLIPS"))),
                               .aspect_ratio = fields.aspect_ratio.value_or(config.text("ASPECT_RATIO")),
                               .min_duration = fields.min_duration.value_or(config.number("MIN_DURATION")),
                               .max_duration = fields.max_duration.value_or(config.number("MAX_DURATION")),
                               .language = fields.language.value_or(config.text("SPEECH_LANGUAGE")),
                               .caption_style = fields.caption_style.value_or(config.text("CAPTION_STYLE"))};
  require_sound(request, config);
  as.kind = "clips";
  as.settings = clips::to_text(request);
  as.num_clips_requested = *request.num_clips_requested;
  as.aspect_ratio = *request.aspect_ratio;
}

void apply(const JobFields& fields, const core::Config& config, jobs::Submission& as) {
  as.priority = fields.priority.value_or(0);
  if (!fields.webhook_url) return;
  try {
    net::parse_user_url(*fields.webhook_url, config.flag("ALLOW_PRIVATE_URLS"));
  } catch (const core::Error& error) {
    throw InvalidFields({{"webhook_url", error.what()}});
  }
  as.webhook_url = fields.webhook_url;
}

AcceptedJob accepted(const std::string& processing_id, const core::Config& config) {
  return {.processing_id = processing_id,
          .status_url = absolute(config, "/api/status/" + processing_id),
          .events_url = absolute(config, "/api/jobs/" + processing_id + "/events")};
}

}  // namespace reelwright::server
