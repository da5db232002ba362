#include "support/http_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace reelwright::testing {

namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool receive(int socket, std::string& bytes) {
  std::array<char, 65536> block{};
  const ssize_t got = ::recv(socket, block.data(), block.size(), 0);
  if (got <= 0) return false;
  bytes.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

SeenRequest parse_head(const std::string& head) {
  SeenRequest request;
  std::istringstream lines(head);
  std::string line;
  std::getline(lines, line);
  std::istringstream(line) >> request.method >> request.target;
  while (std::getline(lines, line)) {
    if (line.ends_with('\r')) line.pop_back();
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) continue;
    const std::size_t value = line.find_first_not_of(' ', colon + 1);
    request.headers[lower(line.substr(0, colon))] = value == std::string::npos ? "" : line.substr(value);
  }
  return request;
}

std::optional<SeenRequest> read_request(int socket) {
  std::string bytes;
  while (!bytes.contains("\r\n\r\n"))
    if (!receive(socket, bytes)) return {};
  const std::size_t end = bytes.find("\r\n\r\n") + 4;
  SeenRequest request = parse_head(bytes.substr(0, end));
  request.body = bytes.substr(end);
  const std::size_t length =
      request.headers.contains("content-length") ? std::stoul(request.headers["content-length"]) : 0;
  while (request.body.size() < length)
    if (!receive(socket, request.body)) return {};
  return request;
}

int listen_at(const std::string& address) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  ::inet_pton(AF_INET, address.c_str(), &name.sin_addr);
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0 || ::bind(listener, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0 ||
      ::listen(listener, 64) != 0)
    throw std::runtime_error("cannot listen at " + address);
  return listener;
}

int port_of(int listener) {
  sockaddr_in name{};
  socklen_t size = sizeof name;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size);
  return ntohs(name.sin_port);
}

}  // namespace

bool Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Peer::answer(int status, const std::string& body, const std::map<std::string, std::string>& headers) {
  std::string text =
      fmt::format("HTTP/1.1 {} Whatever\r\nContent-Length: {}\r\nConnection: close\r\n", status, body.size());
  for (const auto& [name, value] : headers) text += fmt::format("{}: {}\r\n", name, value);
  send(text + "\r\n" + body);
}

void Peer::wait_for_close() {
  std::string ignored;
  while (receive(socket_, ignored)) continue;
}

HttpServer::HttpServer(Handler handler, const std::string& address)
    : handler_(std::move(handler)),
      address_(address),
      listener_(listen_at(address)),
      port_(port_of(listener_)) {
  acceptor_ = std::jthread([this] { accept_all(); });
}

HttpServer::~HttpServer() {
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::scoped_lock lock(mutex_);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  threads_.clear();
  ::close(listener_);
}

std::string HttpServer::url(const std::string& target) const {
  return fmt::format("http://{}:{}{}", address_, port_, target);
}

void HttpServer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) return;
    ++connections_;
    const std::scoped_lock lock(mutex_);
    open_.push_back(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
  }
}

void HttpServer::serve(int socket) {
  if (const auto request = read_request(socket)) {
    Peer peer(socket);
    handler_(*request, peer);
  }
  const std::scoped_lock lock(mutex_);
  std::erase(open_, socket);
  ::shutdown(socket, SHUT_WR);
  ::close(socket);
}

}  // namespace reelwright::testing
