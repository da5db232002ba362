#include "net/form.h"

#include "core/encoding.h"
#include "core/json.h"

namespace reelwright::net {

namespace {

constexpr std::size_t boundary_bytes = 24;  // nobody guesses it, so it stands in no field

[[noreturn]] void refuse() {
  throw core::Error(core::ErrorCode::invalid_input, "What is to be sent is no form.");
}

/// The names are the program's own, the texts may be anybody's.
void add_part(std::string& body, std::string_view boundary, std::string_view disposition,
              std::string_view value) {
  body += fmt::format("--{}\r\nContent-Disposition: form-data; {}\r\n\r\n", boundary, disposition);
  body.append(value).append("\r\n");
}

void add_field(std::string& body, std::string_view boundary, const std::string& name,
               const glz::generic& value) {
  const auto add = [&](std::string_view suffix, std::string_view text) {
    add_part(body, boundary, fmt::format("name=\"{}{}\"", name, suffix), text);
  };
  if (value.is_string()) return add("", value.get<std::string>());
  if (value.is_number()) return add("", fmt::format("{:g}", value.get<double>()));
  if (!value.is_array()) refuse();
  for (const glz::generic& element : value.get<glz::generic::array_t>()) {
    if (!element.is_string()) refuse();
    add("[]", element.get<std::string>());
  }
}

}  // namespace

Form form_of(std::string_view json, std::string_view wav) {
  glz::generic fields;
  if (glz::read_json(fields, json) || !fields.is_object()) refuse();
  const std::string boundary = core::base64url(core::random_bytes(boundary_bytes));
  Form form{.content_type = "multipart/form-data; boundary=" + boundary, .body = {}};
  form.body.reserve(wav.size() + json.size() + 4096);
  for (const auto& [name, value] : fields.get<glz::generic::object_t>())
    add_field(form.body, boundary, name, value);
  add_part(form.body, boundary, "name=\"file\"; filename=\"sound.wav\"\r\nContent-Type: audio/wav", wav);
  form.body += fmt::format("--{}--\r\n", boundary);
  return form;
}

}  // namespace reelwright::net
