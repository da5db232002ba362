#include "server/session.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/sendfile.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include "core/files.h"
#include "core/ids.h"

namespace reelwright::server {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using namespace asio::experimental::awaitable_operators;
using boost::system::error_code;

namespace {

constexpr std::size_t piece_bytes = std::size_t{1} << 20;
constexpr std::chrono::seconds ping_time{15};
constexpr std::size_t lingering_bytes = std::size_t{4} << 20;

/// Runs `work` on the threads for slow things and comes back.
template <typename Work>
asio::awaitable<std::invoke_result_t<Work>> on_pool(asio::thread_pool& pool, Work work) {
  co_return co_await asio::co_spawn(
      pool,
      [work = std::move(work)]() mutable -> asio::awaitable<std::invoke_result_t<Work>> { co_return work(); },
      asio::use_awaitable);
}

bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
  });
}

}  // namespace

/// A request as it comes in.
class Session::Reading {
 public:
  Reading(Session& session) : session_(session) {
    parser_.header_limit(static_cast<std::uint32_t>(session.shared_.options.header_bytes));
    parser_.body_limit(boost::none);
  }

  /// Nothing where the connection ended, or its bytes are no HTTP.
  asio::awaitable<error_code> read_header() {
    error_code error;
    co_await http::async_read_header(session_.socket_, session_.buffer_, parser_,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return error;
    if (const auto length = parser_.content_length()) left_ = *length;
    co_return error;
  }

  Request request() const;
  bool keep_alive() const { return parser_.keep_alive(); }
  bool is_done() const { return left_ ? *left_ == 0 : parser_.is_done(); }

  /// The next bytes of the body, about a MiB; none at its end, and where the connection broke. Good until the
  /// call after the next.
  asio::awaitable<std::string_view> read() {
    if (is_done() || broken_) co_return std::string_view();
    co_await continue_if_asked();
    std::string& space = spaces_[turn_ ^= 1U];
    if (space.empty()) space.resize(piece_bytes);
    const std::size_t filled = left_ ? co_await read_plain(space, *left_) : co_await read_chunked(space);
    session_.allow_any_time();
    co_return std::string_view(space.data(), filled);
  }

  /// Throws where the body ended before its end.
  void require_whole() const {
    if (!is_done()) throw boost::system::system_error(broken_ ? broken_ : http::error::partial_message);
  }

 private:
  /// Of a body whose length is known: straight from the socket, but for what came along with the headers.
  asio::awaitable<std::size_t> read_plain(std::string& space, std::uint64_t& left) {
    const std::size_t wanted = std::min<std::uint64_t>(space.size(), left);
    std::size_t filled = asio::buffer_copy(asio::buffer(space, wanted), session_.buffer_.data());
    session_.buffer_.consume(filled);
    while (filled < wanted && !broken_) {
      session_.allow(session_.shared_.options.stall_time);
      filled +=
          co_await session_.socket_.async_read_some(asio::buffer(space.data() + filled, wanted - filled),
                                                    asio::redirect_error(asio::use_awaitable, broken_));
    }
    left -= filled;
    co_return filled;
  }

  asio::awaitable<std::size_t> read_chunked(std::string& space) {
    std::size_t filled = 0;
    while (filled < space.size() && !parser_.is_done() && !broken_) {
      auto& body = parser_.get().body();
      body.data = space.data() + filled;
      body.size = space.size() - filled;
      session_.allow(session_.shared_.options.stall_time);
      error_code error;
      co_await http::async_read_some(session_.socket_, session_.buffer_, parser_,
                                     asio::redirect_error(asio::use_awaitable, error));
      filled = space.size() - parser_.get().body().size;
      if (error && error != http::error::need_buffer) broken_ = error;
    }
    co_return filled;
  }

  asio::awaitable<void> continue_if_asked() {
    if (asked_) co_return;
    asked_ = true;
    if (boost::beast::iequals(parser_.get()[http::field::expect], "100-continue"))
      co_await session_.send("HTTP/1.1 100 Continue\r\n\r\n");
  }

  Session& session_;
  http::request_parser<http::buffer_body> parser_;
  std::array<std::string, 2> spaces_;  ///< one is read while the other is filled
  unsigned turn_ = 0;
  std::optional<std::uint64_t> left_;  ///< of a body whose length is known
  error_code broken_;
  bool asked_ = false;
};

Request Session::Reading::request() const {
  const auto& message = parser_.get();
  Request request;
  const auto method = method_named(std::string_view(message.method_string()));
  if (!method)
    throw core::Error(
        core::ErrorCode::invalid_input,
        fmt::format("There is no method {} here.", std::string_view(message.method_string()).substr(0, 20)));
  request.method = *method;
  request.is_http_1_0 = message.version() < 11;
  request.target = std::string_view(message.target());
  for (const auto& field : message)
    request.headers.emplace_back(std::string_view(field.name_string()), std::string_view(field.value()));
  // Two that differ could pass a proxy by the one and be served by the other (RFC 9112, 3.2).
  if (message.count(http::field::host) != 1)
    throw core::Error(core::ErrorCode::invalid_input, "A request has exactly one header Host.");
  request.address = session_.address_;
  if (const auto length = parser_.content_length()) request.content_length = *length;
  const std::string_view asked = request.header("X-Request-Id");
  request.id = is_token(asked) ? std::string(asked) : core::make_uuid();
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  auto path = percent_decoded(request.target.substr(0, question), false);
  auto query = parse_query(request.target.substr(std::min(request.target.size(), question + 1)));
  if (!path || !query || !path->starts_with('/'))
    throw core::Error(core::ErrorCode::invalid_input, "The address of the request is not spelled right.");
  request.path = std::move(*path);
  request.query = std::move(*query);
  return request;
}

Session::Session(Socket socket, Shared& shared, Connections& connections)
    : socket_(std::move(socket)), shared_(shared), connections_(connections) {
  error_code ignored;
  const auto peer = socket_.remote_endpoint(ignored);
  if (!ignored) address_ = peer.address().to_string();
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  connections_.open.insert(this);
  ++shared_.count;
}

Session::~Session() {
  connections_.open.erase(this);
  --shared_.count;
}

void Session::close() {
  error_code ignored;
  socket_.close(ignored);
}

void Session::check(Clock::time_point now) {
  if (reading_headers_ && buffer_.size() > 0 && !headers_since_) headers_since_ = now;
  const bool slow_headers = headers_since_ && now - *headers_since_ > shared_.options.header_time;
  if (now > deadline_ || slow_headers || (shared_.stopping && reading_headers_)) close();
  if (shared_.stopping && events_signal_) events_signal_->cancel();
}

asio::awaitable<void> Session::run() {
  const auto self = shared_from_this();
  try {
    while (co_await serve_one()) {
    }
  } catch (const boost::system::system_error&) {  // ignored: the client is gone
  }
  close();
}

asio::awaitable<bool> Session::serve_one() {
  Reading reading(*this);
  allow(shared_.options.idle_time);
  reading_headers_ = true;
  const error_code error = co_await reading.read_header();
  reading_headers_ = false;
  headers_since_.reset();
  allow_any_time();
  const auto started = Clock::now();
  Request request;
  Response response;
  if (error) {
    if (error == http::error::end_of_stream ||
        error.category() != http::make_error_code(http::error::bad_method).category())
      co_return false;
    const bool large = error == http::error::header_limit || error == http::error::buffer_overflow;
    response = large ? problem(431, "too_large", "Too large", "The headers are larger than 32 KiB.", "")
                     : problem(400, "invalid_input", "Invalid input", "This is no HTTP request.", "");
  } else {
    std::exception_ptr wrong;
    try {
      request = reading.request();
    } catch (...) {
      wrong = std::current_exception();
    }
    response = wrong ? shared_.application.refuse(request, wrong) : co_await answer(request, reading);
  }
  const bool events = std::holds_alternative<std::shared_ptr<EventSource>>(response.body);
  const bool endless = std::holds_alternative<PulledBody>(response.body) && request.is_http_1_0;
  const bool keep =
      !error && reading.keep_alive() && reading.is_done() && !shared_.stopping && !events && !endless;
  shared_.application.complete(request, response,
                               std::chrono::duration<double>(Clock::now() - started).count());
  co_await write(request, response, keep);
  if (!keep && !error && !reading.is_done()) co_await linger();
  co_return keep;
}

asio::awaitable<Response> Session::answer(Request& request, Reading& reading) {
  std::exception_ptr wrong;
  try {
    const Route& route = shared_.application.admit(request);
    co_return co_await call(route, request, reading);
  } catch (const boost::system::system_error&) {
    throw;
  } catch (...) {
    wrong = std::current_exception();
  }
  co_return shared_.application.refuse(request, wrong);
}

asio::awaitable<Response> Session::call(const Route& route, Request& request, Reading& reading) {
  if (const auto* maker = std::get_if<ConsumerMaker>(&route.handler)) {
    const auto consumer = co_await on_pool(shared_.pool, [&] { return (*maker)(request); });
    // One piece is consumed while the next one comes in.
    std::string_view piece = co_await reading.read();
    while (!piece.empty()) {
      const auto consume = [&consumer, piece] {
        consumer->write(piece);
        return true;
      };
      try {
        const auto [consumed, next] = co_await (on_pool(shared_.pool, consume) && reading.read());
        piece = next;
      } catch (const asio::multiple_exceptions& both) {  // a refusal also breaks off the reading
        std::rethrow_exception(both.first_exception());
      }
    }
    reading.require_whole();
    co_return co_await on_pool(shared_.pool, [&] { return consumer->finish(); });
  }
  const core::Error large(core::ErrorCode::too_large,
                          fmt::format("The body may have at most {} KiB here.", route.body_limit >> 10U));
  if (request.content_length.value_or(0) > route.body_limit) throw large;
  for (std::string_view piece = co_await reading.read(); !piece.empty(); piece = co_await reading.read()) {
    request.body += piece;
    if (request.body.size() > route.body_limit) throw large;
  }
  reading.require_whole();
  const auto& handler = std::get<Handler>(route.handler);
  if (route.quick) co_return handler(request);
  co_return co_await on_pool(shared_.pool, [&] { return handler(request); });
}

asio::awaitable<void> Session::send(std::string_view bytes) {
  while (!bytes.empty()) {
    allow(shared_.options.stall_time);
    const std::size_t sent = co_await socket_.async_write_some(asio::buffer(bytes), asio::use_awaitable);
    bytes.remove_prefix(sent);
  }
}

asio::awaitable<void> Session::write(const Request& request, Response& response, bool keep) {
  const bool events = std::holds_alternative<std::shared_ptr<EventSource>>(response.body);
  const bool unknown_length = events || std::holds_alternative<PulledBody>(response.body);
  const bool head_only = request.method == Method::head;
  std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason(response.status));
  for (const auto& [key, value] : response.headers)
    fmt::format_to(std::back_inserter(head), "{}: {}\r\n", key, value);
  const bool chunked = unknown_length && !request.is_http_1_0;  // which ends such a body with the connection
  if (chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (!unknown_length && response.status != 204 && response.status != 304) {
    const auto* file = std::get_if<FileBody>(&response.body);
    const std::uint64_t length = file ? file->length : std::get<std::string>(response.body).size();
    fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", length);
  }
  head += keep ? "\r\n" : "Connection: close\r\n\r\n";
  if (const auto* text = std::get_if<std::string>(&response.body); text && !head_only) head += *text;
  co_await send(head);
  if (head_only) co_return;
  if (const auto* file = std::get_if<FileBody>(&response.body)) co_await write_file(*file);
  if (const auto* pulled = std::get_if<PulledBody>(&response.body)) co_await write_pulled(*pulled, chunked);
  if (events) co_await write_events(std::get<std::shared_ptr<EventSource>>(response.body), chunked);
}

asio::awaitable<void> Session::write_file(const FileBody& body) {
  const core::Descriptor file(::open(body.file.c_str(), O_RDONLY | O_CLOEXEC));
  auto offset = static_cast<off_t>(body.offset);
  std::uint64_t left = body.length;
  while (left > 0) {
    const ssize_t sent =
        ::sendfile(socket_.native_handle(), file.get(), &offset, std::min<std::uint64_t>(left, piece_bytes));
    if (sent > 0) {
      left -= static_cast<std::uint64_t>(sent);
    } else if (sent < 0 && errno == EAGAIN) {
      allow(shared_.options.stall_time);
      co_await socket_.async_wait(Socket::wait_write, asio::use_awaitable);
    } else if (sent == 0 || errno != EINTR) {
      throw boost::system::system_error(error_code(errno, boost::system::system_category()));
    }
  }
}

asio::awaitable<void> Session::write_pulled(const PulledBody& body, bool chunked) {
  for (;;) {
    allow_any_time();
    const std::string piece = co_await on_pool(shared_.pool, [&] { return body(); });
    if (piece.empty()) break;
    co_await send(chunked ? fmt::format("{:x}\r\n{}\r\n", piece.size(), piece) : piece);
  }
  if (chunked) co_await send("0\r\n\r\n");
}

asio::awaitable<void> Session::write_events(const std::shared_ptr<EventSource>& source, bool chunked) {
  const auto executor = socket_.get_executor();
  const auto signal = std::make_shared<asio::steady_timer>(executor);
  events_signal_ = signal.get();
  const auto changed = std::make_shared<bool>(false);
  source->on_change([executor, weak = std::weak_ptr(signal), changed] {
    asio::post(executor, [weak, changed] {
      *changed = true;
      if (const auto timer = weak.lock()) timer->cancel();
    });
  });
  while (!shared_.stopping) {
    *changed = false;
    const bool last = source->ended();
    std::string events = source->next();
    if (events.empty() && !last) events = ": still here\n\n";
    if (!events.empty())
      co_await send(chunked ? fmt::format("{:x}\r\n{}\r\n", events.size(), events) : events);
    if (last) break;
    allow_any_time();
    if (*changed) continue;
    signal->expires_after(ping_time);
    error_code woken;
    co_await signal->async_wait(asio::redirect_error(asio::use_awaitable, woken));
  }
  events_signal_ = nullptr;
  if (chunked) co_await send("0\r\n\r\n");
}

/// A client that is still sending would not read an answer after which the connection is closed at once.
asio::awaitable<void> Session::linger() {
  error_code error;
  socket_.shutdown(Socket::shutdown_send, error);
  std::string space(std::size_t{64} << 10, '\0');
  deadline_ = Clock::now() + std::chrono::seconds(2);
  for (std::size_t left = lingering_bytes; left > 0 && !error;) {
    const std::size_t got = co_await socket_.async_read_some(
        asio::buffer(space), asio::redirect_error(asio::use_awaitable, error));
    left -= std::min(left, got);
  }
}

}  // namespace reelwright::server
