#pragma once

#include <string>
#include <vector>

#include "server/route.h"

namespace reelwright::server {

/// Finds the route of a request. Immutable once requests come, and then thread-safe.
class Router {
 public:
  /// Throws `internal` where a route of that method and pattern stands already.
  void add(Route route);

  /// Null where there is none; fills the request's `path_values`.
  const Route* find(Request& request) const;

  /// The methods that the path has, as `Allow` wants them; empty where there is no such path.
  std::string allowed(std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Pattern {
    std::vector<std::string> segments;  ///< of a `{name}`: `{name`
  };
  static bool matches(const Pattern& pattern, const std::vector<std::string_view>& segments,
                      Parameters* values);

  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;
};

}  // namespace reelwright::server
