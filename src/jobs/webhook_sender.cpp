#include "jobs/webhook_sender.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "core/error.h"
#include "core/ids.h"
#include "core/log.h"
#include "database/users.h"
#include "jobs/webhook_schedule.h"
#include "jobs/webhook_signature.h"

namespace reelwright::jobs {

namespace {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;

constexpr std::size_t most_payload_bytes = 20'000;
constexpr std::size_t envelope_bytes = 300;
constexpr auto time_out = 15s;
/// Longer than an attempt and its notes can take: a worker that is this late is dead.
constexpr auto lease = 60s;

double any_share() {
  thread_local std::minstd_rand lot(std::random_device{}());
  return std::uniform_real_distribution(0.0, 1.0)(lot);
}

std::vector<std::string> secrets_of(database::Database& database, const std::string& user_id,
                                    core::Moment now) {
  database::WebhookSecrets secrets = database::UserTable(database).webhook_secrets(user_id, now);
  std::vector<std::string> all{std::move(secrets.current)};
  if (secrets.previous) all.push_back(std::move(*secrets.previous));
  return all;
}

/// Where the document cannot be had, or not that short, what is known anyhow.
std::string least_document(const database::Delivery& delivery) {
  return fmt::format(R"({{"processing_id":"{}"}})", delivery.processing_id);
}

core::Moment next_attempt(std::chrono::milliseconds pause, const net::HttpHead& head, core::Moment now) {
  const std::string* header = net::find_header(head.headers, "retry-after");
  const auto asked = header ? retry_after(*header, now) : std::nullopt;
  return now + std::max<std::chrono::milliseconds>(pause, asked.value_or(0s));
}

}  // namespace

WebhookSender::WebhookSender(database::Database& database, net::HttpClient client, Document document)
    : database_(database),
      client_(std::move(client)),
      document_(std::move(document)),
      owner_(core::make_uuid()) {}

bool WebhookSender::send_next(core::Moment now, const std::stop_token& stop) {
  database::WebhookTable table(database_);
  const auto claimed = table.claim_due(owner_, now, now + lease, 1);
  if (claimed.empty()) return false;
  const database::Delivery& delivery = claimed.front();
  const std::string body =
      delivery.payload.empty() ? table.set_payload(delivery.id, payload(delivery)) : delivery.payload;
  try {
    settle(delivery, attempt(delivery, body, now, stop), now);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cancelled) throw;
    table.hand_back(delivery, now);
  }
  return true;
}

/// Made once: all attempts send the same bytes.
std::string WebhookSender::payload(const database::Delivery& delivery) {
  auto document = document_(delivery.processing_id, most_payload_bytes - envelope_bytes);
  if (!document || document->size() > most_payload_bytes - envelope_bytes)
    document = least_document(delivery);
  const std::string number =
      delivery.clip_number ? fmt::format(R"("clip_number":{},)", *delivery.clip_number) : "";
  return fmt::format(R"({{"type":"{}","timestamp":"{}",{}"data":{}}})", delivery.event,
                     core::rfc3339(delivery.created_at), number, *document);
}

net::HttpRequest WebhookSender::request(const database::Delivery& delivery, const std::string& body,
                                        core::Moment now) {
  const auto timestamp = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  const std::string signature =
      sign_webhook(secrets_of(database_, delivery.user_id, now), delivery.id, timestamp, body);
  return {.method = "POST",
          .url = delivery.url,
          .headers = {{"Content-Type", "application/json"},
                      {"webhook-id", delivery.id},
                      {"webhook-timestamp", std::to_string(timestamp)},
                      {"webhook-signature", signature}},
          .body = body,
          .total_timeout = time_out};
}

WebhookSender::Outcome WebhookSender::attempt(const database::Delivery& delivery, const std::string& body,
                                              core::Moment now, const std::stop_token& stop) {
  Outcome outcome{.attempt = {.at = now}};
  const auto pause = pause_after(delivery.attempts, any_share());
  if (pause) outcome.next = now + *pause;
  const auto begin = std::chrono::steady_clock::now();
  try {
    // What the endpoint says beside its status is of no interest.
    const net::HttpReceiver status_only{.on_head = [](const net::HttpHead&) { return false; }};
    const net::HttpHead head = client_.stream(request(delivery, body, now), status_only, stop);
    outcome.attempt.status_code = head.status;
    if (head.status >= 200 && head.status < 300)
      outcome.next.reset();
    else
      outcome.attempt.error = fmt::format("The endpoint answered {}.", head.status);
    if (outcome.next && pause) outcome.next = next_attempt(*pause, head, now);
    outcome.gone = head.status == 410;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) throw;
    outcome.attempt.error = error.what();
    // A host that is not to be called, a user that is gone: another time is no better.
    if (error.code() == ErrorCode::invalid_input || error.code() == ErrorCode::not_found)
      outcome.next.reset();
  }
  if (outcome.gone) outcome.next.reset();
  outcome.attempt.duration_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return outcome;
}

void WebhookSender::settle(const database::Delivery& delivery, const Outcome& outcome, core::Moment now) {
  database::WebhookTable table(database_);
  table.note_attempt(delivery, outcome.attempt, outcome.next);
  if (outcome.gone) table.disable_endpoint(delivery.user_id, delivery.url, "it answered 410", now);
  const bool failed = !outcome.attempt.error.empty();
  core::log::write(failed ? core::log::Level::warning : core::log::Level::info,
                   failed ? "webhook.failed" : "webhook.delivered",
                   {{"delivery", delivery.id},
                    {"processing_id", delivery.processing_id},
                    {"webhook_event", delivery.event},
                    {"attempt", delivery.attempts},
                    {"status", outcome.attempt.status_code.value_or(0)},
                    {"reason", outcome.attempt.error}});
}

}  // namespace reelwright::jobs
