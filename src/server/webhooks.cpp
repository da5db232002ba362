#include "database/webhooks.h"

#include "database/audit.h"
#include "database/users.h"
#include "jobs/whole_json.h"
#include "server/moments.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"

namespace reelwright::server {

struct DeliveryJson {
  std::string id, processing_id, event;
  std::optional<int> clip_number;
  std::string url, status;
  int attempts;
  std::string created_at;
  std::optional<std::string> next_attempt_at, delivered_at;
  std::optional<int> last_status_code;
  std::string last_error;
};

struct DeliveryAttemptJson {
  std::string at;
  double duration_seconds;
  std::optional<int> status_code;
  std::string error;
};

struct DeliveryLog {
  DeliveryJson delivery;
  std::vector<DeliveryAttemptJson> attempts{};
};

struct DeliveryPage {
  std::vector<DeliveryJson> deliveries;
};

struct DeliveryQuery {
  std::optional<std::string> processing_id;
  std::optional<std::string> before;
  std::optional<int> limit;
};

template <>
struct Rules<DeliveryQuery> {
  static std::vector<Rule> of() {
    return {{.field = "processing_id", .longest = 36},
            {.field = "before", .help = "the id of the last one of the page before", .longest = 100},
            {.field = "limit", .minimum = 1, .maximum = 200, .preset = "50"}};
  }
};

struct WebhookSecretJson {
  std::string secret;
  std::optional<std::string> previous;
};

namespace {

std::optional<std::string> text_of_optional(const std::optional<core::Moment>& moment) {
  return moment ? std::optional(core::rfc3339(*moment)) : std::nullopt;
}

DeliveryJson shown(const database::Delivery& delivery) {
  return {.id = delivery.id,
          .processing_id = delivery.processing_id,
          .event = delivery.event,
          .clip_number = delivery.clip_number,
          .url = delivery.url,
          .status = std::string(database::name(delivery.status)),
          .attempts = delivery.attempts,
          .created_at = core::rfc3339(delivery.created_at),
          .next_attempt_at = text_of_optional(delivery.next_attempt_at),
          .delivered_at = text_of_optional(delivery.delivered_at),
          .last_status_code = delivery.last_status_code,
          .last_error = delivery.last_error};
}

[[noreturn]] void no_delivery() {
  throw core::Error(core::ErrorCode::not_found,
                    "There is no delivery of that id; GET /api/webhooks/deliveries lists yours.");
}

Response list(Services& services, const Request& request) {
  const std::vector<std::pair<std::string, std::string>> given(request.query.begin(), request.query.end());
  const auto asked = read_as<DeliveryQuery>(object_from(schema_of<DeliveryQuery>(), given));
  DeliveryPage page;
  database::WebhookTable table(services.database);
  for (const auto& delivery : table.list(request.caller.user_id, asked.processing_id.value_or(""),
                                         asked.before.value_or(""), asked.limit.value_or(50)))
    page.deliveries.push_back(shown(delivery));
  return json_response(jobs::whole_json(page, "the deliveries"));
}

Response log(Services& services, const Request& request) {
  database::WebhookTable table(services.database);
  const auto delivery = table.find(request.path_value("id"));
  if (!delivery || delivery->user_id != request.caller.user_id) no_delivery();
  DeliveryLog answer{.delivery = shown(*delivery)};
  for (const auto& attempt : table.attempts(delivery->id))
    answer.attempts.push_back(
        {core::rfc3339(attempt.at), attempt.duration_seconds, attempt.status_code, attempt.error});
  return json_response(jobs::whole_json(answer, "the delivery"));
}

Response replay(Services& services, const Request& request) {
  database::WebhookTable table(services.database);
  const auto delivery = table.find(request.path_value("id"));
  if (!delivery || delivery->user_id != request.caller.user_id) no_delivery();
  if (!table.replay(delivery->id, request.caller.user_id, core::now()))
    throw core::Error(core::ErrorCode::conflict, "This delivery is under way just now.");
  services.changes.notify();
  return json_response(jobs::whole_json(shown(table.find(delivery->id).value_or(*delivery)), "the delivery"),
                       202);
}

Response secret(Services& services, const Request& request) {
  const auto secrets =
      database::UserTable(services.database).webhook_secrets(request.caller.user_id, core::now());
  Response response =
      json_response(jobs::whole_json(WebhookSecretJson{secrets.current, secrets.previous}, "the secret"));
  return std::move(response.with("Cache-Control", "no-store"));
}

Response rotate(Services& services, const Request& request) {
  database::UserTable(services.database).rotate_webhook_secret(request.caller.user_id, core::now());
  database::AuditTable(services.database)
      .note({.at = core::now(),
             .user_id = request.caller.user_id,
             .key_id = request.caller.key_id,
             .address = request.address,
             .request_id = request.id,
             .action = "secret.rotated",
             .subject = request.caller.user_id});
  return secret(services, request);
}

Route route(Services& services, Method method, const char* pattern, const char* summary,
            Response (*act)(Services&, const Request&), RouteDocs docs) {
  docs.summary = summary;
  docs.tag = "webhooks";
  return {.method = method,
          .pattern = pattern,
          .docs = std::move(docs),
          .handler = Handler([&services, act](Request& request) { return act(services, request); })};
}

template <typename T>
std::shared_ptr<const Schema> schema() {
  return std::make_shared<const Schema>(schema_of<T>());
}

}  // namespace

void add_webhooks(Router& router, Services& services) {
  router.add(route(services, Method::get, "/api/webhooks/deliveries",
                   "What was sent to your webhooks, the newest first", list,
                   {.query = schema<DeliveryQuery>(), .answer = schema<DeliveryPage>(), .failures = {422}}));
  router.add(route(services, Method::get, "/api/webhooks/deliveries/{id}",
                   "One delivery with all its attempts", log,
                   {.answer = schema<DeliveryLog>(), .failures = {404}}));
  router.add(route(services, Method::post, "/api/webhooks/deliveries/{id}/replay", "Send one again", replay,
                   {.answer = schema<DeliveryJson>(), .status = 202, .failures = {404, 409}}));
  router.add(route(services, Method::get, "/api/webhooks/secret", "What your webhooks are signed with",
                   secret, {.answer = schema<WebhookSecretJson>()}));
  router.add(route(services, Method::post, "/api/webhooks/secret/rotate",
                   "A new secret; the old one signs beside it for a day", rotate,
                   {.answer = schema<WebhookSecretJson>()}));
}

}  // namespace reelwright::server
