#include <array>
#include <map>

#include "jobs/frame.h"
#include "jobs/message.h"
#include "jobs/message_json.h"

// As it stands on the socket. Named, not in an unnamed namespace: glaze reflects it.
namespace reelwright::jobs::wire {

struct Order {
  std::string processing_id, kind, settings;
  std::map<std::string, std::string> inputs;
  unsigned threads;
  std::string workspace;
  std::vector<std::string> readable;
  bool sandbox_required;
  std::int64_t disk_mib, cpu_seconds;
};

struct Stop {};

struct Answer {
  std::int64_t id;
  int status;
  std::string body, request_id;
  std::optional<net::Charge> charge;
  std::string code, message, details;
};

using ToChild = std::variant<Order, Stop, Answer>;

}  // namespace reelwright::jobs::wire

template <>
struct glz::meta<reelwright::jobs::wire::ToChild> {
  static constexpr std::string_view tag = "type";
  static constexpr auto ids = std::array{"order", "stop", "answer"};
};

namespace reelwright::jobs {

namespace {

wire::Order wired(const Launch& launch) {
  wire::Order told{.processing_id = launch.order.processing_id,
                   .kind = launch.order.kind,
                   .settings = launch.order.settings,
                   .inputs = {},
                   .threads = launch.order.threads,
                   .workspace = launch.workspace.string(),
                   .readable = {},
                   .sandbox_required = launch.sandbox_required,
                   .disk_mib = launch.disk_mib,
                   .cpu_seconds = launch.cpu_seconds};
  for (const auto& [role, file] : launch.order.inputs) told.inputs[role] = file.string();
  for (const std::filesystem::path& path : launch.readable) told.readable.push_back(path.string());
  return told;
}

Launch from_wire(const wire::Order& told) {
  Launch launch{.order = {.processing_id = told.processing_id,
                          .kind = told.kind,
                          .settings = told.settings,
                          .inputs = {},
                          .threads = told.threads},
                .workspace = told.workspace,
                .readable = {told.readable.begin(), told.readable.end()},
                .sandbox_required = told.sandbox_required,
                .disk_mib = told.disk_mib,
                .cpu_seconds = told.cpu_seconds};
  for (const auto& [role, file] : told.inputs) launch.order.inputs[role] = file;
  return launch;
}

wire::Answer wired(const CallAnswer& call) {
  return {.id = call.id,
          .status = call.answer.status,
          .body = call.answer.body,
          .request_id = call.answer.request_id,
          .charge = call.answer.charge,
          .code = call.code,
          .message = call.message,
          .details = call.details};
}

CallAnswer from_wire(const wire::Answer& told) {
  return {.id = told.id,
          .answer = {.status = told.status,
                     .body = told.body,
                     .request_id = told.request_id,
                     .charge = told.charge},
          .code = told.code,
          .message = told.message,
          .details = told.details};
}

}  // namespace

std::string to_frame(const ToChild& message) {
  const wire::ToChild told =
      std::visit(Overloaded{[](const Launch& launch) -> wire::ToChild { return wired(launch); },
                            [](const Stop&) -> wire::ToChild { return wire::Stop{}; },
                            [](const CallAnswer& call) -> wire::ToChild { return wired(call); }},
                 message);
  return framed(core::to_json(told, "a message to a job"));
}

ToChild read_order(std::string_view json) {
  return std::visit(Overloaded{[](const wire::Order& m) -> ToChild { return from_wire(m); },
                               [](const wire::Stop&) -> ToChild { return Stop{}; },
                               [](const wire::Answer& m) -> ToChild { return from_wire(m); }},
                    parse_message<wire::ToChild>(json));
}

}  // namespace reelwright::jobs
