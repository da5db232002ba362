#include "inference/message_walk.h"

#include <unistd.h>

#include <array>
#include <optional>

namespace reelwright::inference {

namespace {

constexpr std::uint64_t varint_type = 0;
constexpr std::uint64_t bytes_type = 2;
constexpr std::uint64_t ir_version = 1;
constexpr std::uint64_t graph = 7;
constexpr std::uint64_t opset_import = 8;
constexpr int most_fields = 100'000;
constexpr std::size_t longest_varint = 10;

/// The wire type that a field of ModelProto has; nothing where it has no such field.
std::optional<std::uint64_t> wire_type(std::uint64_t field) {
  switch (field) {
    case ir_version:
    case 5:  // model_version
      return varint_type;
    case 2:   // producer_name
    case 3:   // producer_version
    case 4:   // domain
    case 6:   // doc_string
    case 14:  // metadata_props
    case 20:  // training_info
    case 25:  // functions
    case 26:  // configuration
    case graph:
    case opset_import:
      return bytes_type;
    default:
      return {};
  }
}

/// Reads numbers of seven bits a byte, the low ones first. A place past the end gives nothing.
class Reader {
 public:
  Reader(int descriptor, std::uint64_t size) : descriptor_(descriptor), size_(size) {}

  bool at_end() const { return at_ >= size_; }
  /// A number that begins here may be cut.
  bool near_end() const { return size_ - at_ < longest_varint; }
  void skip(std::uint64_t bytes) { at_ = bytes > size_ - at_ ? size_ + 1 : at_ + bytes; }
  bool past_end() const { return at_ > size_; }

  std::optional<std::uint64_t> varint() {
    std::array<unsigned char, longest_varint> block{};
    const ssize_t got = ::pread(descriptor_, block.data(), block.size(), static_cast<off_t>(at_));
    std::uint64_t value = 0;
    for (std::size_t i = 0; got > 0 && i < static_cast<std::size_t>(got); ++i) {
      value |= static_cast<std::uint64_t>(block[i] & 0x7FU) << (7 * i);
      if (block[i] < 0x80U) {
        at_ += i + 1;
        return value;
      }
    }
    return {};
  }

 private:
  int descriptor_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
};

}  // namespace

Walk walk_onnx(int descriptor, std::uint64_t size) {
  Reader reader(descriptor, size);
  bool has_graph = false;
  bool has_opset = false;
  for (int fields = 0; fields < most_fields && !reader.at_end(); ++fields) {
    const auto tag = reader.varint();
    if (!tag) return fields > 0 && reader.near_end() ? Walk::cut_short : Walk::other;
    const std::uint64_t field = *tag >> 3U;
    const auto type = wire_type(field);
    // Every writer puts the version first, which is what tells this message from others.
    if (type != (*tag & 7U) || (fields == 0 && field != ir_version)) return Walk::other;
    has_graph = has_graph || field == graph;
    has_opset = has_opset || field == opset_import;
    const auto value = reader.varint();
    if (!value) return fields > 0 && reader.near_end() ? Walk::cut_short : Walk::other;
    if (*type == bytes_type) reader.skip(*value);
    if (reader.past_end()) return Walk::cut_short;
  }
  return has_graph && has_opset ? Walk::whole : Walk::cut_short;
}

}  // namespace reelwright::inference
