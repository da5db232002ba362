#include <fmt/format.h>

#include <charconv>

#include "clips/request.h"
#include "clips/request_limits.h"
#include "clips/request_patch.h"
#include "core/config.h"
#include "core/json.h"
#include "database/clips.h"
#include "jobs/status.h"
#include "server/clip_fields.h"
#include "server/owned_job.h"
#include "server/router.h"

namespace reelwright::server {

using clips::RequestCrop;
using clips::RequestSpan;
using clips::RequestWord;

/// What may be changed of one clip. What is absent stays, null goes back to what was worked out.
struct ClipEdit {
  std::optional<double> start;
  std::optional<double> end;
  std::optional<std::string> title;
  std::optional<std::string> caption_style;
  std::optional<std::string> aspect_ratio;
  std::optional<std::vector<RequestWord>> words;
  std::optional<double> words_from;
  std::optional<double> words_to;
  std::optional<std::vector<RequestCrop>> crop;
};

/// What may be changed of a job.
struct JobEdit {
  std::optional<int> num_clips_requested;
  std::optional<std::string> aspect_ratio;
  std::optional<double> min_duration;
  std::optional<double> max_duration;
  std::optional<std::string> language;
  std::optional<std::string> caption_style;
  std::optional<std::vector<RequestSpan>> spans;
  std::optional<bool> keep_chosen;
};

namespace {

std::vector<std::string> choices_of(std::string_view setting) {
  const auto choices = core::find_setting(setting)->choices;
  return {choices.begin(), choices.end()};
}

Rule time_rule(std::string_view field, std::string_view help, bool required = false) {
  return {.field = field, .help = help, .required = required, .minimum = 0, .maximum = clips::latest_time};
}

Rule title_rule() { return {.field = "title", .help = "one line", .longest = clips::most_title_characters}; }

}  // namespace

template <>
struct Rules<RequestSpan> {
  static std::vector<Rule> of() {
    return {time_rule("start", "seconds of the recording", true),
            time_rule("end", "seconds of the recording", true), title_rule()};
  }
};

template <>
struct Rules<RequestWord> {
  static std::vector<Rule> of() {
    return {{.field = "word", .required = true, .longest = clips::most_word_bytes},
            time_rule("start", "seconds of the recording", true),
            time_rule("end", "seconds of the recording", true)};
  }
};

template <>
struct Rules<RequestCrop> {
  static std::vector<Rule> of() {
    const auto pixels = [](std::string_view field, std::string_view help, double least, bool required) {
      return Rule{.field = field,
                  .help = help,
                  .required = required,
                  .minimum = least,
                  .maximum = clips::largest_picture};
    };
    return {
        time_rule("time", "seconds of the recording", true),
        pixels("x", "left edge of the window, in pixels of the recording", 0, true),
        pixels("y", "upper edge", 0, true),
        pixels("width", "of the window; its height follows from the aspect", clips::narrowest_window, false)};
  }
};

template <>
struct Rules<ClipEdit> {
  static std::vector<Rule> of() {
    return {time_rule("start", "seconds of the recording"),
            time_rule("end", "seconds of the recording"),
            title_rule(),
            {.field = "caption_style", .choices = choices_of("CAPTION_STYLE")},
            {.field = "aspect_ratio", .choices = choices_of("ASPECT_RATIO")},
            {.field = "words",
             .help = "all that is said in the clip, or from words_from to words_to",
             .longest = clips::most_words},
            time_rule("words_from", "seconds of the recording"),
            time_rule("words_to", "seconds of the recording"),
            {.field = "crop", .help = "the camera's way, by hand", .longest = clips::most_crop_keyframes}};
  }
};

template <>
struct Rules<JobEdit> {
  static std::vector<Rule> of() {
    std::vector<Rule> rules = clip_rules();
    rules.push_back({.field = "spans",
                     .help = "clips of your own, instead of what was chosen",
                     .longest = clips::most_spans});
    rules.push_back({.field = "keep_chosen", .help = "your spans come after what was chosen"});
    return rules;
  }
};

namespace {

int clip_number(const Request& request) {
  const std::string& text = request.path_value("n");
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size())
    throw core::Error(core::ErrorCode::not_found, "Clips have numbers from 1 on.");
  return number;
}

database::Job clip_job(Services& services, const Request& request) {
  database::Job job = owned_job(services, request);
  if (job.kind != "clips") throw core::Error(core::ErrorCode::conflict, "This job makes no clips.");
  return job;
}

Response revise(Services& services, const Request& request, const database::Job& job,
                const clips::Request& asked) {
  const jobs::Revision revision{.settings = clips::to_text(asked),
                                .num_clips_requested = asked.num_clips_requested,
                                .aspect_ratio = asked.aspect_ratio};
  services.submissions.revise(job.processing_id, revision, core::now());
  services.changes.notify();
  return json_response(
      jobs::status_json(services.database, services.pipelines, owned_facts(services, request)), 202);
}

/// Where the published clip of that number stands in the recording.
core::Span span_of(Services& services, const database::Job& job, int number) {
  for (const auto& clip : database::ClipTable(services.database).clips(job.processing_id)) {
    if (clip.clip_number != number) continue;
    const auto facts = parse_json(clip.facts);
    return {core::from_seconds(facts["start"].get<double>()), core::from_seconds(facts["end"].get<double>())};
  }
  throw core::Error(core::ErrorCode::not_found, fmt::format("The job has no clip {}.", number));
}

Response edit_clip(Services& services, const Request& request) {
  const database::Job job = clip_job(services, request);
  const int number = clip_number(request);
  const core::Span now = span_of(services, job, number);
  read_json<ClipEdit>(request.body);
  const auto edited = clips::with_edit(clips::read_request(job.settings), number, request.body, now);
  std::vector<FieldError> errors;
  for (const auto& fault : clips::faults_of_edit(edited, number))
    errors.push_back({fault.field, fault.message});
  if (!errors.empty()) throw InvalidFields(std::move(errors));
  return revise(services, request, job, edited);
}

Response edit_job(Services& services, const Request& request) {
  const database::Job job = clip_job(services, request);
  read_json<JobEdit>(request.body);
  const auto edited = clips::patched(clips::read_request(job.settings), request.body);
  require_sound(edited, services.config);
  return revise(services, request, job, edited);
}

template <typename Body>
Route editing(Services& services, const char* pattern, const char* summary,
              Response (*act)(Services&, const Request&)) {
  return {.method = Method::patch,
          .pattern = pattern,
          .docs = {.summary = summary,
                   .tag = "clips",
                   .body = std::make_shared<const Schema>(schema_of<Body>()),
                   .answer = std::make_shared<const Schema>(schema_of<jobs::StatusDocument>()),
                   .status = 202,
                   .failures = {404, 409, 422}},
          .handler = Handler([&services, act](Request& request) { return act(services, request); }),
          .body_limit = std::size_t{8} << 20};
}

}  // namespace

void add_clip_edits(Router& router, Services& services) {
  router.add(editing<ClipEdit>(services, "/api/jobs/{processing_id}/clips/{n}",
                               "Change one clip: only what changed is worked out again", edit_clip));
  router.add(editing<JobEdit>(services, "/api/jobs/{processing_id}",
                              "Ask the same job for other clips, or for spans of your own", edit_job));
}

}  // namespace reelwright::server
