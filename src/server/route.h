#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "server/request.h"
#include "server/response.h"

namespace reelwright::server {

struct Schema;

/// Takes a body piece by piece, so that it may be larger than memory. Its functions are called one after the
/// other and may block; what they throw is answered as a problem, and the connection is closed. Destroyed
/// without `finish` where the client went away.
class BodyConsumer {
 public:
  virtual ~BodyConsumer() = default;
  virtual void write(std::string_view piece) = 0;
  virtual Response finish() = 0;
};

/// Answers a request whose body is in memory.
using Handler = std::function<Response(Request&)>;

/// Looks at the headers and gives what takes the body, or answers at once by throwing.
using ConsumerMaker = std::function<std::unique_ptr<BodyConsumer>(Request&)>;

/// Who may call.
enum class Access {
  open,   ///< anybody
  jobs,   ///< a key
  link,   ///< a key, or a link signed for this path
  admin,  ///< a key of scope `admin`
};

/// What OpenAPI says of a route. Null schemas: there is none.
struct RouteDocs {
  std::string summary{};
  std::string tag{};
  std::shared_ptr<const Schema> query{};
  std::shared_ptr<const Schema> body{};
  std::string body_type = "application/json";
  std::shared_ptr<const Schema> answer{};
  std::string answer_type = "application/json";
  int status = 200;
  std::vector<int> failures{};
};

struct Route {
  Method method;
  std::string pattern;  ///< `/api/status/{processing_id}`
  Access access = Access::jobs;
  RouteDocs docs;
  std::variant<Handler, ConsumerMaker> handler;
  bool quick = false;  ///< answers within a few microseconds, so that no other thread is asked
  std::size_t body_limit = std::size_t{1} << 20;
};

}  // namespace reelwright::server
