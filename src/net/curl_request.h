#pragma once

// Inside `net/` only.

#include <curl/curl.h>

#include <memory>

#include "core/files.h"
#include "net/http_client.h"

namespace reelwright::net {

class CurlTransfer;

/// A curl handle that is set up for one request. The request and the transfer outlive it.
class CurlRequest {
 public:
  CurlRequest(const HttpRequest& request, const HttpClient::Settings& settings, bool guarded,
              CurlTransfer& transfer);

  CURL* get() const { return easy_.get(); }

 private:
  void set_target(const HttpRequest& request, bool guarded);
  void set_headers(const HttpRequest& request, const std::string& user_agent);
  void set_body(const HttpRequest& request);
  void set_limits(const HttpRequest& request);
  void set_receiver(CurlTransfer& transfer);

  template <typename Value>
  void set(CURLoption option, Value value);

  struct CloseEasy {
    void operator()(CURL* easy) const { ::curl_easy_cleanup(easy); }
  };
  struct FreeList {
    void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
  };

  std::unique_ptr<curl_slist, FreeList> headers_;  // outlives the handle
  core::Descriptor body_{-1};
  std::unique_ptr<CURL, CloseEasy> easy_;
};

}  // namespace reelwright::net
