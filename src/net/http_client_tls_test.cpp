#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

#include "core/error.h"
#include "net/http_client.h"
#include "support/media_fixture.h"

namespace reelwright::net {
namespace {

template <auto free>
struct Free {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;

/// Signed by itself, good for an hour and for `names` ("DNS:localhost,IP:127.0.0.1").
Certificate make_certificate(EVP_PKEY* key, const char* names) {
  Certificate certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* subject = X509_NAME_new();
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1,
                             -1, 0);
  X509_set_subject_name(certificate.get(), subject);
  X509_set_issuer_name(certificate.get(), subject);
  X509_NAME_free(subject);
  for (const auto& [nid, value] :
       {std::pair{NID_subject_alt_name, names}, std::pair{NID_basic_constraints, "critical,CA:TRUE"}}) {
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
  }
  X509_sign(certificate.get(), key, EVP_sha256());
  return certificate;
}

/// Answers each request over TLS with "secret".
class TlsServer {
 public:
  TlsServer(EVP_PKEY* key, X509* certificate) : context_(SSL_CTX_new(TLS_server_method())) {
    SSL_CTX_use_certificate(context_.get(), certificate);
    SSL_CTX_use_PrivateKey(context_.get(), key);
    sockaddr_in name{};
    name.sin_family = AF_INET;
    ::inet_pton(AF_INET, "127.0.0.1", &name.sin_addr);
    socklen_t size = sizeof name;
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&name), size) != 0)
      throw std::runtime_error("bind");
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&name), &size);
    port_ = ntohs(name.sin_port);
    thread_ = std::jthread([this] { serve(); });
  }
  ~TlsServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::string url() const { return fmt::format("https://127.0.0.1:{}/", port_); }

 private:
  void serve() {
    for (;;) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) return;
      const std::unique_ptr<SSL, Free<SSL_free>> tls(SSL_new(context_.get()));
      SSL_set_fd(tls.get(), socket);
      std::array<char, 4096> request{};
      if (SSL_accept(tls.get()) == 1 && SSL_read(tls.get(), request.data(), request.size()) > 0) {
        constexpr std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
        SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
        SSL_shutdown(tls.get());
      }
      ::close(socket);
    }
  }

  std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> context_;
  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int port_ = 0;
  std::jthread thread_;
};

class Tls : public ::testing::Test {
 protected:
  Tls() { std::signal(SIGPIPE, SIG_IGN); }  // the server's OpenSSL writes to a client that has hung up

  std::filesystem::path save(X509* certificate) const {
    const std::filesystem::path file = folder / "ca.pem";
    FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    return file;
  }

  static core::Error error_of(const HttpClient& client, const std::string& url) {
    try {
      client.send({.url = url});
    } catch (const core::Error& error) {
      return error;
    }
    return {core::ErrorCode::internal, "nothing was refused"};
  }

  testing::TemporaryFolder folder;
  Key key{EVP_EC_gen("P-256")};
};

TEST_F(Tls, ACertificateOfNoAuthorityIsRefused) {
  const Certificate certificate = make_certificate(key.get(), "IP:127.0.0.1");
  const TlsServer server(key.get(), certificate.get());
  const core::Error error = error_of(HttpClient({.allow_private = true}), server.url());
  EXPECT_EQ(error.code(), core::ErrorCode::unavailable);
  EXPECT_NE(std::string(error.what()).find("certificate"), std::string::npos);
}

TEST_F(Tls, OneOfAnAuthorityPasses) {
  const Certificate certificate = make_certificate(key.get(), "IP:127.0.0.1");
  const TlsServer server(key.get(), certificate.get());
  const HttpClient client({.allow_private = true, .ca_file = save(certificate.get())});
  EXPECT_EQ(client.send({.url = server.url()}).body, "secret");
}

TEST_F(Tls, OneOfAnotherHostIsRefused) {
  const Certificate certificate = make_certificate(key.get(), "DNS:example.com");
  const TlsServer server(key.get(), certificate.get());
  const HttpClient client({.allow_private = true, .ca_file = save(certificate.get())});
  EXPECT_EQ(error_of(client, server.url()).code(), core::ErrorCode::unavailable);
}

}  // namespace
}  // namespace reelwright::net
