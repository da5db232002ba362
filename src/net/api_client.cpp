#include "net/api_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

#include "core/config.h"
#include "core/error.h"
#include "core/text.h"
#include "net/api_fault.h"
#include "net/form.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t shortest_secret = 6;  // what is shorter stands in texts by chance
constexpr std::size_t longest_id = 100;

void wait_for(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "The request was stopped.");
}

double lot() {
  thread_local std::minstd_rand source(std::random_device{}());
  return std::uniform_real_distribution(0.0, 1.0)(source);
}

/// Whether the same call may go well another time.
bool may_pass(ApiFault fault, const HttpHead& head) {
  if (fault != ApiFault::limit && fault != ApiFault::passing) return false;
  return should_retry(head.headers).value_or(true);
}

HttpRequest http_request(const Endpoint& endpoint, const ApiRequest& request) {
  HttpRequest http{.method = "POST",
                   .url = endpoint.base_url + request.path,
                   .headers = {{"Accept", "application/json"}},
                   .total_timeout = endpoint.timeout,
                   .most_bytes = endpoint.largest_answer,
                   .named_by = HttpRequest::NamedBy::operator_};
  Form form =
      request.sound.empty() ? Form{"application/json", request.body} : form_of(request.body, request.sound);
  http.headers.emplace_back("Content-Type", std::move(form.content_type));
  http.body = std::move(form.body);
  if (!endpoint.api_key.empty()) http.headers.emplace_back("Authorization", "Bearer " + endpoint.api_key);
  return http;
}

void redact(std::string& text, const std::string& key) {
  if (key.size() < shortest_secret) return;
  constexpr std::string_view instead = "(secret)";
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + instead.size()))
    text.replace(at, key.size(), instead);
}

/// The answer, whatever it says, without the key.
HttpResponse send(Vendor& vendor, const HttpRequest& request, const std::stop_token& stop,
                  CallRecord& record) {
  record.status = 0;
  ++record.tries;
  HttpResponse response = vendor.http.send(request, stop);
  vendor.gate.note(response.headers, Clock::now());
  redact(response.body, vendor.endpoint.api_key);
  const std::string* id = find_header(response.headers, "x-request-id");
  record.request_id = id ? core::printable(*id, longest_id) : "";
  redact(record.request_id, vendor.endpoint.api_key);
  record.status = response.status;
  return response;
}

/// Nothing where it is to be tried again after `pause`.
std::optional<ApiAnswer> try_once(Vendor& vendor, const HttpRequest& request, const std::stop_token& stop,
                                  CallRecord& record, milliseconds& pause) {
  HttpResponse response;
  const bool last = record.tries + 1 >= vendor.retry.most_tries;
  pause = backoff(vendor.retry, record.tries + 1, lot());
  try {
    response = send(vendor, request, stop, record);
  } catch (const Error& failure) {
    if (failure.code() == ErrorCode::unavailable && !last) return {};
    throw error_of(failure, vendor.endpoint, record.tries);
  }
  const VendorError error = response.status >= 300 ? vendor_error(response.body) : VendorError{};
  const ApiFault fault = fault_of(response, error);
  if (fault == ApiFault::none)
    return ApiAnswer{
        .status = response.status, .body = core::valid_utf8(response.body), .request_id = record.request_id};
  pause = asked_wait(response.headers, core::now()).value_or(pause);
  const bool again = may_pass(fault, response) && !last && pause <= vendor.retry.longest_asked;
  if (!again) throw error_of(fault, response, error, vendor.endpoint, record.tries);
  return {};
}

}  // namespace

std::unique_ptr<Vendor> vendor_from(const core::Config& config, const EndpointSettings& settings,
                                    const std::string& path) {
  Endpoint endpoint = endpoint_from(config, settings);
  add_key(endpoint, config, settings);
  endpoint.paths = {path};
  return std::make_unique<Vendor>(std::move(endpoint), Prices::load(config.path("PRICES_FILE")));
}

ApiClient::ApiClient(const Vendors& vendors, Budget& budget, OnCall on_call, Wait wait)
    : vendors_(vendors),
      budget_(budget),
      on_call_(std::move(on_call)),
      wait_(wait ? std::move(wait) : Wait(wait_for)) {}

Vendor& ApiClient::vendor_of(const ApiRequest& request, const CallFacts& facts) const {
  for (const auto& vendor : vendors_) {
    const Endpoint& endpoint = vendor->endpoint;
    if (request.role == endpoint.role && std::ranges::contains(endpoint.paths, request.path) &&
        facts.model == endpoint.model)
      return *vendor;
  }
  throw Error(ErrorCode::invalid_input, "That call of a paid service is not what the settings allow.",
              fmt::format("{} {} {}", core::printable(request.role, 100), core::printable(request.path, 100),
                          core::printable(facts.model, 100)));
}

ApiAnswer ApiClient::insist(Vendor& vendor, const HttpRequest& request, const std::stop_token& stop,
                            CallRecord& record) const {
  for (;;) {
    if (const auto closed = vendor.gate.wait(Clock::now()); closed > milliseconds{}) wait_(closed, stop);
    milliseconds pause{};
    if (auto answer = try_once(vendor, request, stop, record, pause)) return *std::move(answer);
    wait_(pause, stop);
  }
}

ApiAnswer ApiClient::post(const ApiRequest& request, const std::stop_token& stop) {
  const CallFacts facts = call_facts(request);
  Vendor& vendor = vendor_of(request, facts);
  const Endpoint& endpoint = vendor.endpoint;
  const std::string host = host_of(endpoint.base_url);
  const Price* price = vendor.prices.find(host, facts.model);
  if (!price && budget_.is_limited())
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("JOB_BUDGET cannot be kept: the price of {} at {} is not known. Name it in the file "
                    "of PRICES_FILE, or set JOB_BUDGET to 0.",
                    facts.model, host));
  Budget::Share share(budget_,
                      price ? price->of(facts.most_tokens_in, facts.most_tokens_out, facts.seconds) : 0);
  CallRecord record{.provider = host, .path = request.path, .stage = core::printable(request.stage, 200)};
  const auto start = Clock::now();
  const auto tell = [&] {
    record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (on_call_) on_call_(record);
  };
  try {
    ApiAnswer answer = insist(vendor, http_request(endpoint, request), stop, record);
    if (answer.good()) {
      answer.charge = charge_of(answer.body, facts, price);
      answer.charge->provider = host;
      answer.charge->stage = record.stage;
      share.spend(answer.charge->dollars);
      record.charge = answer.charge;
    }
    tell();
    return answer;
  } catch (...) {
    if (record.tries > 0) tell();
    throw;
  }
}

}  // namespace reelwright::net
