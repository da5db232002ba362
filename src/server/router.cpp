#include "server/router.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace reelwright::server {

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

void Router::add(Route route) {
  for (const Route& other : routes_)
    if (other.method == route.method && other.pattern == route.pattern)
      throw core::Error(core::ErrorCode::internal,
                        fmt::format("{} {} has two handlers.", name(route.method), route.pattern));
  Pattern pattern;
  for (const std::string_view segment : segments_of(route.pattern))
    pattern.segments.emplace_back(segment.starts_with('{') ? segment.substr(0, segment.size() - 1) : segment);
  patterns_.push_back(std::move(pattern));
  routes_.push_back(std::move(route));
}

bool Router::matches(const Pattern& pattern, const std::vector<std::string_view>& segments,
                     Parameters* values) {
  if (pattern.segments.size() != segments.size()) return false;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const bool variable = pattern.segments[i].starts_with('{');
    if (variable ? segments[i].empty() : pattern.segments[i] != segments[i]) return false;
  }
  if (values)
    for (std::size_t i = 0; i < segments.size(); ++i)
      if (pattern.segments[i].starts_with('{')) (*values)[pattern.segments[i].substr(1)] = segments[i];
  return true;
}

const Route* Router::find(Request& request) const {
  // A HEAD is a GET whose body is not sent.
  const Method method = request.method == Method::head ? Method::get : request.method;
  const auto segments = segments_of(request.path);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (routes_[i].method != request.method && routes_[i].method != method) continue;
    if (matches(patterns_[i], segments, nullptr)) {
      matches(patterns_[i], segments, &request.path_values);
      return &routes_[i];
    }
  }
  return nullptr;
}

std::string Router::allowed(std::string_view path) const {
  const auto segments = segments_of(path);
  std::string methods;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!matches(patterns_[i], segments, nullptr)) continue;
    if (!methods.empty()) methods += ", ";
    methods += name(routes_[i].method);
    if (routes_[i].method == Method::get) methods += ", HEAD";
  }
  return methods;
}

}  // namespace reelwright::server
