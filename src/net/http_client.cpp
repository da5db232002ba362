#include "net/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/error.h"
#include "net/curl_request.h"
#include "net/curl_transfer.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;

constexpr int longest_wait_ms = 1000;

struct CloseMulti {
  void operator()(CURLM* multi) const { ::curl_multi_cleanup(multi); }
};

void prepare_curl() {
  static std::once_flag once;
  std::call_once(once, [] { ::curl_global_init(CURL_GLOBAL_DEFAULT); });
}

/// The result of the one transfer in `multi` once it has ended.
std::optional<CURLcode> result_of(CURLM* multi) {
  int left = 0;
  while (const CURLMsg* message = ::curl_multi_info_read(multi, &left))
    if (message->msg == CURLMSG_DONE) return message->data.result;
  return {};
}

/// Runs the transfer to its end; nothing where it was stopped.
std::optional<CURLcode> run(CURL* easy, const std::stop_token& stop) {
  const std::unique_ptr<CURLM, CloseMulti> multi(::curl_multi_init());
  if (!multi || ::curl_multi_add_handle(multi.get(), easy) != CURLM_OK)
    throw Error(ErrorCode::internal, "curl has no memory for a request.");
  const std::stop_callback wake(stop, [&] { ::curl_multi_wakeup(multi.get()); });
  std::optional<CURLcode> result;
  for (int running = 1; running > 0 && !result && !stop.stop_requested();) {
    if (::curl_multi_perform(multi.get(), &running) != CURLM_OK) result = CURLE_FAILED_INIT;
    if (running > 0 && !result) ::curl_multi_poll(multi.get(), nullptr, 0, longest_wait_ms, nullptr);
  }
  if (!result) result = result_of(multi.get());
  ::curl_multi_remove_handle(multi.get(), easy);
  return result;
}

}  // namespace

const std::string* find_header(const Headers& headers, std::string_view name) {
  const auto found = std::ranges::find(headers, name, &Headers::value_type::first);
  return found == headers.end() ? nullptr : &found->second;
}

HttpHead HttpClient::stream(const HttpRequest& request, const HttpReceiver& receiver,
                            const std::stop_token& stop) const {
  prepare_curl();
  const bool guarded = request.named_by == HttpRequest::NamedBy::stranger;
  CurlTransfer transfer(request, receiver, guarded && !settings_.allow_private);
  const CurlRequest curl(request, settings_, guarded, transfer);
  const std::optional<CURLcode> result = run(curl.get(), stop);
  if (!result) throw Error(ErrorCode::cancelled, "The request was stopped.");
  return transfer.finish(*result);
}

HttpResponse HttpClient::send(const HttpRequest& request, const std::stop_token& stop) const {
  std::string body;
  const auto append = [&](std::string_view bytes) {
    body += bytes;
    return true;
  };
  HttpHead head = stream(request, {.on_head = {}, .on_bytes = append}, stop);
  return {std::move(head), std::move(body)};
}

}  // namespace reelwright::net
