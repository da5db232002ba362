#include "inference/ggml_walk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <map>
#include <utility>

#include "core/text.h"

namespace reelwright::inference {

namespace {

constexpr std::uint32_t longest_word = 1000;
constexpr std::uint32_t longest_name = 200;

GgmlTensor read_tensor(BlockReader& reader) {
  GgmlTensor tensor;
  const auto dimensions = reader.number<std::uint32_t>();
  const auto length = reader.number<std::uint32_t>();
  tensor.type = reader.number<std::uint32_t>();
  if (dimensions > tensor.size.size() || length > longest_name)
    throw Unfit{fmt::format("with something that is no tensor at byte {}", reader.at())};
  for (std::uint32_t i = 0; i < dimensions; ++i) tensor.size[i] = reader.number<std::uint32_t>();
  tensor.name = reader.text(length);
  return tensor;
}

std::string shown(const GgmlTensor& tensor) {
  std::string sizes = fmt::format("{} x {} x {}", tensor.size[0], tensor.size[1], tensor.size[2]);
  if (tensor.size[3] != 1) sizes += fmt::format(" x {}", tensor.size[3]);
  return fmt::format("{} of type {}", sizes, tensor.type);
}

}  // namespace

void walk_filters(BlockReader& reader, std::uint32_t bands, std::uint32_t bins) {
  const auto found = reader.number<std::uint32_t>();
  const auto of = reader.number<std::uint32_t>();
  if (found != bands || of != bins)
    throw Unfit{fmt::format("with filters of {} by {} instead of {} by {}", found, of, bands, bins)};
  reader.skip(std::uint64_t{bands} * bins * sizeof(float));
}

void walk_words(BlockReader& reader, std::uint32_t count, const std::function<void(std::string_view)>& see) {
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto length = reader.number<std::uint32_t>();
    if (length > longest_word) throw Unfit{fmt::format("whose word {} has {} letters", i, length)};
    see(reader.text(length));
  }
}

void walk_tensors(BlockReader& reader, std::vector<GgmlTensor> awaited) {
  std::map<std::string, GgmlTensor> missing;
  for (GgmlTensor& tensor : awaited) missing.emplace(tensor.name, std::move(tensor));
  while (!missing.empty()) {
    const GgmlTensor found = read_tensor(reader);
    const auto wanted = missing.find(found.name);
    if (wanted == missing.end())
      throw Unfit{fmt::format("with a tensor {} that does not belong there",
                              core::printable(found.name, longest_name))};
    if (found != wanted->second)
      throw Unfit{fmt::format("whose tensor {} is {} instead of {}", found.name, shown(found),
                              shown(wanted->second))};
    reader.skip(bytes_of(found));
    missing.erase(wanted);
  }
  if (!reader.at_end())
    throw Unfit{fmt::format("that goes on behind its last tensor, at byte {}", reader.at())};
}

OpenFile open_file(const std::filesystem::path& file) {
  OpenFile opened{core::Descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC))};
  struct stat facts{};
  if (opened.descriptor.get() < 0 || ::fstat(opened.descriptor.get(), &facts) != 0)
    core::throw_errno(errno, "read", file);
  opened.size = static_cast<std::uint64_t>(facts.st_size);
  return opened;
}

}  // namespace reelwright::inference
