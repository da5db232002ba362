#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace reelwright::server {

/// One part of a multipart/form-data body (RFC 7578).
struct PartHeader {
  std::string name;
  std::string filename;  ///< as the client names it; empty for a plain field
  std::string content_type;
};

/// Takes a multipart/form-data body apart as it comes in. Holds at most one piece and a part's headers.
class MultipartParser {
 public:
  MultipartParser(const MultipartParser&) = delete;
  MultipartParser& operator=(const MultipartParser&) = delete;

  struct Events {
    std::function<void(const PartHeader&)> part;
    std::function<void(std::string_view)> data;
    std::function<void()> part_end;
  };

  /// `content_type` is the request's. Throws `invalid_input` where it is no form with a boundary.
  MultipartParser(std::string_view content_type, Events events);

  /// Throws `invalid_input` for what is no such body, over 100 parts, or over 8 KiB of headers of a part;
  /// what the events throw passes through.
  void write(std::string_view piece);

  /// Throws `invalid_input` where the body ended too early.
  void finish() const;

 private:
  enum class State { preamble, after_delimiter, headers, data, epilogue };

  std::size_t find_delimiter() const;
  bool step();
  bool skip_preamble();
  bool read_delimiter_end();
  bool read_headers();
  bool read_data();

  Events events_;
  std::string delimiter_;                                                   ///< with the line break before it
  std::boyer_moore_horspool_searcher<std::string::const_iterator> search_;  ///< for it
  std::string pending_ = "\r\n";  // so that a delimiter at the very beginning looks like the others
  State state_ = State::preamble;
  int parts_ = 0;
};

/// The value of a parameter such as `boundary` or `filename` in a header's value; empty where it is missing.
/// Quotes and their escapes are taken away.
std::string header_parameter(std::string_view value, std::string_view name);

}  // namespace reelwright::server
