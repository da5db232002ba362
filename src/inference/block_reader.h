#pragma once

// Inside `inference/` only.

#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace reelwright::inference {

/// The file ends before what its header promises.
struct CutShort {};

/// What stands there cannot be part of such a file.
struct Nonsense {};

/// Reads the numbers and texts of a header from front to back, a block of the file at a time, and skips over
/// the rest without reading it. Throws `CutShort` at the end of the file.
class BlockReader {
 public:
  /// `descriptor` is an open file of `size` bytes; reading begins `at` so many.
  BlockReader(int descriptor, std::uint64_t size, std::uint64_t at)
      : descriptor_(descriptor), size_(size), at_(at), block_(1 << 16) {}

  std::uint64_t at() const { return at_; }
  bool at_end() const { return at_ == size_; }

  /// A number as it lies in the file, the low byte first.
  template <typename Number>
  Number number() {
    Number number{};
    need(sizeof number);
    std::memcpy(&number, block_.data() + (at_ - block_start_), sizeof number);
    at_ += sizeof number;
    return number;
  }

  /// At most as long as a block, 65,536 bytes.
  std::string text(std::size_t bytes) {
    if (bytes > block_.size()) throw Nonsense{};
    need(bytes);
    std::string text(block_.data() + (at_ - block_start_), bytes);
    at_ += bytes;
    return text;
  }

  void skip(std::uint64_t bytes) {
    if (bytes > size_ - at_) throw CutShort{};
    at_ += bytes;
  }

 private:
  void need(std::size_t bytes) {
    if (size_ - at_ < bytes) throw CutShort{};
    if (at_ >= block_start_ && at_ + bytes <= block_start_ + in_block_) return;
    const ssize_t got = ::pread(descriptor_, block_.data(), block_.size(), static_cast<off_t>(at_));
    if (got < static_cast<ssize_t>(bytes)) throw CutShort{};
    block_start_ = at_;
    in_block_ = static_cast<std::size_t>(got);
  }

  int descriptor_;
  std::uint64_t size_;
  std::uint64_t at_;
  std::vector<char> block_;
  std::uint64_t block_start_ = 0;
  std::size_t in_block_ = 0;
};

}  // namespace reelwright::inference
