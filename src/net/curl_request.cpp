#include "net/curl_request.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/error.h"
#include "net/curl_transfer.h"

namespace reelwright::net {

namespace {

using core::Error;
using core::ErrorCode;

constexpr long receive_buffer = 256 << 10;

std::size_t read_body(char* to, std::size_t size, std::size_t count, void* file) {
  const ssize_t got = ::read(*static_cast<const int*>(file), to, size * count);
  return got < 0 ? CURL_READFUNC_ABORT : static_cast<std::size_t>(got);
}

/// curl starts again where a connection that was kept turns out to be dead, or a redirect asks for it.
int seek_body(void* file, curl_off_t offset, int origin) {
  return ::lseek(*static_cast<const int*>(file), offset, origin) < 0 ? CURL_SEEKFUNC_FAIL : CURL_SEEKFUNC_OK;
}

bool is_one_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// An empty value is "Name;" to curl: "Name:" would take the header away.
std::string header_line(const std::string& name, const std::string& value) {
  if (name.empty() || !is_one_line(name) || name.contains(':') || !is_one_line(value))
    throw Error(ErrorCode::internal, "A header of a request would break its line.", name);
  return value.empty() ? name + ';' : fmt::format("{}: {}", name, value);
}

}  // namespace

template <typename Value>
void CurlRequest::set(CURLoption option, Value value) {
  if (const CURLcode code = ::curl_easy_setopt(easy_.get(), option, value); code != CURLE_OK)
    throw Error(ErrorCode::internal, "curl refused an option.", ::curl_easy_strerror(code));
}

CurlRequest::CurlRequest(const HttpRequest& request, const HttpClient::Settings& settings, bool guarded,
                         CurlTransfer& transfer)
    : easy_(::curl_easy_init()) {
  if (!easy_) throw Error(ErrorCode::internal, "curl has no memory for a request.");
  set_target(request, guarded);
  set_headers(request, settings.user_agent);
  set_body(request);
  set_limits(request);
  set_receiver(transfer);
  if (!settings.ca_file.empty()) set(CURLOPT_CAINFO, settings.ca_file.c_str());
}

void CurlRequest::set_target(const HttpRequest& request, bool guarded) {
  set(CURLOPT_URL, request.url.c_str());
  const char* protocols = request.https_only ? "https" : "http,https";
  set(CURLOPT_PROTOCOLS_STR, protocols);
  set(CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  set(CURLOPT_FOLLOWLOCATION, request.redirects > 0 ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(request.redirects));
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  if (guarded) set(CURLOPT_PROXY, "");  // whatever http_proxy says
}

void CurlRequest::set_headers(const HttpRequest& request, const std::string& user_agent) {
  const auto append = [&](const std::string& line) {
    curl_slist* longer = ::curl_slist_append(headers_.get(), line.c_str());
    if (!longer) throw Error(ErrorCode::internal, "curl has no memory for a request.");
    [[maybe_unused]] const curl_slist* same_list = headers_.release();
    headers_.reset(longer);
  };
  append("Expect:");        // no waiting for leave to send
  append("Content-Type:");  // no form, unless the caller says so
  for (const auto& [name, value] : request.headers) append(header_line(name, value));
  set(CURLOPT_USERAGENT, user_agent.c_str());
  set(CURLOPT_HTTPHEADER, headers_.get());
}

void CurlRequest::set_body(const HttpRequest& request) {
  if (request.method == "HEAD") {
    set(CURLOPT_NOBODY, 1L);
  } else if (!request.body_file.empty()) {
    body_ = core::Descriptor(::open(request.body_file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts{};
    if (body_.get() < 0 || ::fstat(body_.get(), &facts) != 0)
      core::throw_errno(errno, "read", request.body_file);
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(facts.st_size));
    set(CURLOPT_READFUNCTION, &read_body);
    set(CURLOPT_SEEKFUNCTION, &seek_body);
    set(CURLOPT_READDATA, &body_);
    set(CURLOPT_SEEKDATA, &body_);
  } else if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  if (request.method != "HEAD") set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

void CurlRequest::set_limits(const HttpRequest& request) {
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_QUICK_EXIT, 1L);  // a stop does not wait for a resolver that hangs
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request.total_timeout.count()));
  set(CURLOPT_LOW_SPEED_LIMIT, request.slow_bytes);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.slow_for.count()));
}

void CurlRequest::set_receiver(CurlTransfer& transfer) {
  set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(CURLOPT_BUFFERSIZE, receive_buffer);
  set(CURLOPT_ERRORBUFFER, transfer.error_text());
  set(CURLOPT_HEADERFUNCTION, &CurlTransfer::header);
  set(CURLOPT_HEADERDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, &CurlTransfer::bytes);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::open_socket);
  set(CURLOPT_OPENSOCKETDATA, &transfer);
}

}  // namespace reelwright::net
