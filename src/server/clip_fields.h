#pragma once

#include <optional>
#include <string>

#include "clips/request.h"
#include "jobs/submission.h"
#include "server/schema.h"

/// What every way to make a clip job asks for: a form, a URL, a batch, a resumable upload, a rerun. Include
/// only in sources.
namespace reelwright::server {

/// Members are named as in the blueprint's tables. What is absent is as the settings have it.
struct ClipFields {
  std::optional<int> num_clips_requested;
  std::optional<int> num_clips;  ///< the same by its short name
  std::optional<std::string> aspect_ratio;
  std::optional<double> min_duration;
  std::optional<double> max_duration;
  std::optional<std::string> language;
  std::optional<std::string> caption_style;
};

struct JobFields {
  std::optional<std::string> webhook_url;
  std::optional<int> priority;
};

/// A form's: both. glaze does not see members of bases, so they stand here.
struct UploadFields {
  std::optional<int> num_clips_requested;
  std::optional<int> num_clips;
  std::optional<std::string> aspect_ratio;
  std::optional<double> min_duration;
  std::optional<double> max_duration;
  std::optional<std::string> language;
  std::optional<std::string> caption_style;
  std::optional<std::string> webhook_url;
  std::optional<int> priority;
};

/// The rules of members of these names, with the ranges and defaults of the settings.
std::vector<Rule> clip_rules();
std::vector<Rule> job_rules();

template <>
struct Rules<ClipFields> {
  static std::vector<Rule> of() { return clip_rules(); }
};

template <>
struct Rules<UploadFields> {
  static std::vector<Rule> of() {
    std::vector<Rule> rules = clip_rules();
    for (Rule& rule : job_rules()) rules.push_back(std::move(rule));
    return rules;
  }
};

ClipFields clip_fields(const UploadFields& fields);

/// Throws `InvalidFields` with all that is wrong with a request as this server's settings have its defaults.
void require_sound(const clips::Request& request, const core::Config& config);

/// `as` with the settings that `fields` ask for. Throws `InvalidFields` for what contradicts itself.
void apply(const ClipFields& fields, const core::Config& config, jobs::Submission& as);

/// The same for who is to be told and how urgent it is. Throws `InvalidFields` for a URL that is none.
void apply(const JobFields& fields, const core::Config& config, jobs::Submission& as);

/// What a 202 says.
struct AcceptedJob {
  std::string processing_id;
  std::string status = "queued";
  std::string status_url;
  std::string events_url;
};

AcceptedJob accepted(const std::string& processing_id, const core::Config& config);

}  // namespace reelwright::server
