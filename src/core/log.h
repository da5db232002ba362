#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

/// The log: one event a line on standard error, a stable name with named values. Nothing secret is ever given
/// to it. Thread-safe.
namespace reelwright::core::log {

enum class Level { debug, info, warning, error };
enum class Format { json, pretty };

struct Field {
  std::string_view name;
  std::variant<std::string_view, double, std::int64_t, bool> value;

  template <typename Value>
  Field(std::string_view field, const Value& of) : name(field), value(converted(of)) {}

 private:
  template <typename Value>
  static decltype(value) converted(const Value& of) {
    if constexpr (std::is_same_v<Value, bool>)
      return of;
    else if constexpr (std::is_integral_v<Value>)
      return static_cast<std::int64_t>(of);
    else if constexpr (std::is_floating_point_v<Value>)
      return static_cast<double>(of);
    else
      return std::string_view(of);
  }
};

using Fields = std::initializer_list<Field>;

/// Before other threads log. Until then: `info`, and pretty where standard error is a terminal.
void configure(Level least, Format format);

/// `level` and `format` as the settings LOG_LEVEL and LOG_FORMAT have them.
void configure(std::string_view level, std::string_view format);

/// Whether events of that level are shown.
bool shows(Level level);

/// `event` is a name such as `job.claimed`: searched for, never translated.
void write(Level level, std::string_view event, Fields fields = {});

inline void debug(std::string_view event, Fields fields = {}) { write(Level::debug, event, fields); }
inline void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
inline void warning(std::string_view event, Fields fields = {}) { write(Level::warning, event, fields); }
inline void error(std::string_view event, Fields fields = {}) { write(Level::error, event, fields); }

/// Adds a field to every line that this thread writes while the object lives: the request's id, the job's.
class Scope {
 public:
  Scope(std::string_view name, std::string value);
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;
};

}  // namespace reelwright::core::log
