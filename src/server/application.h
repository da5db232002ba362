#pragma once

#include "server/access.h"
#include "server/http_server.h"
#include "server/metrics.h"
#include "server/router.h"

namespace reelwright::server {

/// Between the sockets and the resources: who may call what, what every answer bears, what the log and the
/// metrics are told. Thread-safe.
class RoutedApplication : public Application {
 public:
  /// All of it outlives the object. `debug` adds details to problems.
  RoutedApplication(const Router& router, AccessControl& access, Metrics& metrics, bool debug);

  const Route& admit(Request& request) override;
  Response refuse(const Request& request, std::exception_ptr error) override;
  void complete(const Request& request, Response& response, double seconds) override;

 private:
  Response answer_to(const core::Error& error, const Request& request) const;
  void add_cors(const Request& request, Response& response) const;

  const Router& router_;
  AccessControl& access_;
  Metrics& metrics_;
  bool debug_;
  Route preflight_;
};

}  // namespace reelwright::server
