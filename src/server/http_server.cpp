#include "server/http_server.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <thread>
#include <vector>

#include "core/error.h"
#include "server/session.h"

namespace reelwright::server {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// One thread and its connections.
struct Loop {
  Connections connections;  // outlived by none of those in the context
  asio::io_context context{1};
  asio::steady_timer watch{context};
  std::jthread thread;
};

tcp::endpoint endpoint_of(asio::io_context& context, const HttpOptions& options) {
  error_code error;
  tcp::resolver resolver(context);
  const auto found =
      resolver.resolve(options.host, std::to_string(options.port), tcp::resolver::passive, error);
  if (error || found.empty())
    throw core::Error(core::ErrorCode::invalid_input,
                      fmt::format("HOST is '{}', which is no address of this machine.", options.host));
  return found.begin()->endpoint();
}

tcp::acceptor listening(asio::io_context& context, const HttpOptions& options) {
  const tcp::endpoint endpoint = endpoint_of(context, options);
  tcp::acceptor acceptor(context);
  try {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(1024);
  } catch (const boost::system::system_error& error) {
    throw core::Error(core::ErrorCode::unavailable,
                      fmt::format("Cannot listen at {} port {}: {}. Choose another with HOST and PORT.",
                                  options.host, options.port, error.code().message()));
  }
  return acceptor;
}

unsigned thread_count(unsigned wanted) {
  return wanted > 0 ? wanted : 2 * std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

struct HttpServer::State {
  State(const HttpOptions& o, Application& application)
      : options(o), pool(o.slow_threads), shared{options, application, pool} {
    for (unsigned i = 0; i < thread_count(options.threads); ++i) loops.push_back(std::make_unique<Loop>());
    acceptor = std::make_unique<tcp::acceptor>(listening(loops.front()->context, options));
    asio::co_spawn(loops.front()->context, accept(), asio::detached);
    for (const auto& loop : loops) {
      asio::co_spawn(loop->context, watch(*loop), asio::detached);
      loop->thread = std::jthread([&context = loop->context] { context.run(); });
    }
  }

  asio::awaitable<void> accept() {
    for (std::size_t next = 0;; ++next) {
      Loop& loop = *loops[next % loops.size()];
      error_code error;
      tcp::socket socket =
          co_await acceptor->async_accept(loop.context, asio::redirect_error(asio::use_awaitable, error));
      if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) co_return;
      if (error) {  // no descriptors left: the next one is tried when some may be free
        asio::steady_timer pause(acceptor->get_executor(), std::chrono::milliseconds(50));
        co_await pause.async_wait(asio::use_awaitable);
        continue;
      }
      if (shared.count >= options.connections) continue;  // closes it
      asio::post(loop.context, [this, &loop, socket = std::move(socket)]() mutable {
        const auto session = std::make_shared<Session>(std::move(socket), shared, loop.connections);
        asio::co_spawn(loop.context, session->run(), [session](const std::exception_ptr&) {});
      });
    }
  }

  /// Looks after slow clients, and ends the thread when the server stops and nobody is left.
  asio::awaitable<void> watch(Loop& loop) {
    const auto end = [&] {
      return shared.stopping && (loop.connections.open.empty() || Session::Clock::now() > stop_at);
    };
    while (!end()) {
      loop.watch.expires_after(shared.stopping ? std::chrono::milliseconds(20)
                                               : std::chrono::milliseconds(500));
      error_code woken;
      co_await loop.watch.async_wait(asio::redirect_error(asio::use_awaitable, woken));
      const auto now = Session::Clock::now();
      const std::vector<Session*> open(loop.connections.open.begin(), loop.connections.open.end());
      for (Session* session : open) session->check(now);
    }
    loop.context.stop();
  }

  void stop() {
    if (shared.stopping) return;
    stop_at = Session::Clock::now() + options.stop_time;
    shared.stopping = true;
    asio::post(loops.front()->context, [this] {
      error_code ignored;
      acceptor->close(ignored);
    });
    for (const auto& loop : loops) asio::post(loop->context, [&loop = *loop] { loop.watch.cancel(); });
    for (const auto& loop : loops) loop->thread.join();
    pool.join();
  }

  HttpOptions options;
  asio::thread_pool pool;
  Shared shared;
  std::vector<std::unique_ptr<Loop>> loops;
  std::unique_ptr<tcp::acceptor> acceptor;
  Session::Clock::time_point stop_at;
};

HttpServer::HttpServer(const HttpOptions& options, Application& application)
    : state_(std::make_unique<State>(options, application)) {}

HttpServer::~HttpServer() { stop(); }

std::uint16_t HttpServer::port() const { return state_->acceptor->local_endpoint().port(); }

std::size_t HttpServer::connections() const { return state_->shared.count; }

void HttpServer::stop() { state_->stop(); }

}  // namespace reelwright::server
