#include "net/api_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>

#include "core/error.h"
#include "core/text.h"
#include "net/api_fault.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t largest_answer = 1 << 20;
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

}  // namespace

ApiClient::ApiClient(Vendor& vendor, Budget& budget, OnCall on_call, Wait wait)
    : vendor_(vendor),
      budget_(budget),
      on_call_(std::move(on_call)),
      wait_(wait ? std::move(wait) : Wait(wait_for)) {}

void ApiClient::check(const ApiRequest& request, const CallFacts& facts) const {
  const Endpoint& endpoint = vendor_.endpoint;
  const bool known = request.role == endpoint.role && std::ranges::contains(endpoint.paths, request.path) &&
                     facts.model == endpoint.model;
  if (!known)
    throw Error(ErrorCode::invalid_input, "That call of a paid service is not what the settings allow.",
                fmt::format("{} {} {}", core::printable(request.role, 100),
                            core::printable(request.path, 100), core::printable(facts.model, 100)));
}

HttpRequest ApiClient::http_request(const ApiRequest& request) const {
  const Endpoint& endpoint = vendor_.endpoint;
  HttpRequest http{.method = "POST",
                   .url = endpoint.base_url + request.path,
                   .headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}},
                   .body = request.body,
                   .total_timeout = endpoint.timeout,
                   .most_bytes = largest_answer,
                   .named_by = HttpRequest::NamedBy::operator_};
  if (!endpoint.api_key.empty()) http.headers.emplace_back("Authorization", "Bearer " + endpoint.api_key);
  return http;
}

void ApiClient::redact(std::string& text) const {
  const std::string& key = vendor_.endpoint.api_key;
  if (key.size() < shortest_secret) return;
  constexpr std::string_view instead = "(secret)";
  for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + instead.size()))
    text.replace(at, key.size(), instead);
}

/// The answer, whatever it says, without the key.
HttpResponse ApiClient::send(const HttpRequest& request, const std::stop_token& stop,
                             CallRecord& record) const {
  record.status = 0;
  ++record.tries;
  HttpResponse response = vendor_.http.send(request, stop);
  vendor_.gate.note(response.headers, Clock::now());
  redact(response.body);
  const std::string* id = find_header(response.headers, "x-request-id");
  record.request_id = id ? core::printable(*id, longest_id) : "";
  redact(record.request_id);
  record.status = response.status;
  return response;
}

/// Nothing where it is to be tried again after `pause`.
std::optional<ApiAnswer> ApiClient::try_once(const HttpRequest& request, const std::stop_token& stop,
                                             CallRecord& record, milliseconds& pause) const {
  HttpResponse response;
  const bool last = record.tries + 1 >= vendor_.retry.most_tries;
  pause = backoff(vendor_.retry, record.tries + 1, lot());
  try {
    response = send(request, stop, record);
  } catch (const Error& failure) {
    if (failure.code() == ErrorCode::unavailable && !last) return {};
    throw error_of(failure, vendor_.endpoint, record.tries);
  }
  const VendorError error = response.status >= 300 ? vendor_error(response.body) : VendorError{};
  const ApiFault fault = fault_of(response, error);
  if (fault == ApiFault::none)
    return ApiAnswer{
        .status = response.status, .body = core::valid_utf8(response.body), .request_id = record.request_id};
  pause = asked_wait(response.headers, core::now()).value_or(pause);
  const bool again = may_pass(fault, response) && !last && pause <= vendor_.retry.longest_asked;
  if (!again) throw error_of(fault, response, error, vendor_.endpoint, record.tries);
  return {};
}

ApiAnswer ApiClient::insist(const HttpRequest& request, const std::stop_token& stop,
                            CallRecord& record) const {
  for (;;) {
    if (const auto closed = vendor_.gate.wait(Clock::now()); closed > milliseconds{}) wait_(closed, stop);
    milliseconds pause{};
    if (auto answer = try_once(request, stop, record, pause)) return *std::move(answer);
    wait_(pause, stop);
  }
}

ApiAnswer ApiClient::post(const ApiRequest& request, const std::stop_token& stop) {
  const CallFacts facts = call_facts(request.body);
  check(request, facts);
  const Endpoint& endpoint = vendor_.endpoint;
  const std::string host = host_of(endpoint.base_url);
  const Price* price = vendor_.prices.find(host, facts.model);
  if (!price && budget_.is_limited())
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("JOB_BUDGET cannot be kept: the price of {} at {} is not known. Name it in the file "
                    "of PRICES_FILE, or set JOB_BUDGET to 0.",
                    facts.model, host));
  Budget::Share share(budget_, price ? price->of(facts.most_tokens_in, facts.most_tokens_out) : 0);
  CallRecord record{.provider = host, .path = request.path, .stage = core::printable(request.stage, 200)};
  const auto start = Clock::now();
  const auto tell = [&] {
    record.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    if (on_call_) on_call_(record);
  };
  try {
    ApiAnswer answer = insist(http_request(request), stop, record);
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
