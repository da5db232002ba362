#include "clips/request_patch.h"

#include <algorithm>
#include <map>

#include "core/json.h"

namespace reelwright::clips {

namespace {

using Members = std::map<std::string, glz::raw_json>;

struct WholeText : glz::opts {
  bool validate_trailing_whitespace = true;
};

Members members_of(std::string_view json) {
  Members members;
  if (const auto error = glz::read<WholeText{}>(members, json))
    throw core::Error(core::ErrorCode::invalid_input, "The change is not a JSON object.",
                      glz::format_error(error, std::string(json)));
  return members;
}

/// Only the top: lists are replaced as a whole, and nothing else in a request has members.
std::string merged(const std::string& json, const Members& patch) {
  Members members = members_of(json);
  for (const auto& [name, value] : patch) {
    if (value.str == "null") {
      members.erase(name);
    } else {
      members.insert_or_assign(name, value);
    }
  }
  return core::to_json(members, "the request");
}

using Edits = std::vector<RequestEdit>;

/// The only edit of a request, read alone so that places in errors are its own.
RequestEdit read_edit(const std::string& json) {
  const std::string around = R"({"edits":[)";
  try {
    return read_request(around + json + "]}").edits.value_or(Edits{}).at(0);
  } catch (const core::Error& error) {
    std::string message = error.what();
    if (message.starts_with("edits[0].")) message.erase(0, std::string_view("edits[0].").size());
    throw core::Error(error.code(), message, error.details());
  }
}

std::string text_of(const RequestEdit& edit) { return core::to_json(edit, "the edit"); }

/// Unless the patch names it, as a value or as null.
void keep(std::optional<double>& member, const Members& patch, const char* name, core::Time now) {
  if (!member && !patch.contains(name)) member = core::to_seconds(now);
}

}  // namespace

Request patched(const Request& request, std::string_view patch) {
  return read_request(merged(to_text(request), members_of(patch)));
}

Request with_edit(Request request, int number, std::string_view patch, core::Span now) {
  const Members changes = members_of(patch);
  if (changes.contains("clip_number"))
    throw core::Error(core::ErrorCode::invalid_input, "clip_number cannot be changed.");
  auto& edits = request.edits ? *request.edits : request.edits.emplace();
  auto edit = std::ranges::find(edits, number, &RequestEdit::clip_number);
  if (edit == edits.end()) edit = edits.insert(edits.end(), {.clip_number = number});
  RequestEdit changed = read_edit(merged(text_of(*edit), changes));
  keep(changed.start, changes, "start", now.start);
  keep(changed.end, changes, "end", now.end);
  if (changes.contains("words")) {
    if (!changes.contains("words_from")) changed.words_from = changed.words ? changed.start : std::nullopt;
    if (!changes.contains("words_to")) changed.words_to = changed.words ? changed.end : std::nullopt;
  }
  *edit = std::move(changed);
  return request;
}

std::vector<FieldFault> faults_of_edit(const Request& request, int number) {
  const Edits edits = request.edits.value_or(Edits{});
  Request alone;
  alone.edits = {*std::ranges::find(edits, number, &RequestEdit::clip_number)};
  std::vector<FieldFault> faults = faults_of(alone);
  for (FieldFault& fault : faults) fault.field.erase(0, std::string_view("edits[0].").size());
  return faults;
}

}  // namespace reelwright::clips
