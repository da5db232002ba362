#include "inference/gguf_header.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/files.h"
#include "inference/file_kind.h"
#include "inference/gguf_walk.h"

namespace reelwright::inference {

namespace {

constexpr std::uint64_t most_layers = 512;  // LLAMA_MAX_LAYERS

/// Why llama.cpp (0.7, `llama_model_base::load_hparams`) would end the process, to follow "FILE is "; empty
/// where it would not.
std::string shape_problem(const GgufHeader& header) {
  if (const auto layers = header.number("block_count"); layers && (*layers == 0 || *layers > most_layers))
    return fmt::format("a GGUF model of {} layers", *layers);
  if (header.has_list("expert_used_count")) return {};
  const std::uint64_t experts = header.number("expert_count").value_or(0);
  const std::uint64_t used = header.number("expert_used_count").value_or(0);
  if (used > experts || (experts > 0 && used == 0))
    return fmt::format("a GGUF model that uses {} of {} experts", used, experts);
  return {};
}

}  // namespace

std::string GgufHeader::architecture() const {
  const auto found = texts.find("general.architecture");
  return found == texts.end() ? "" : found->second;
}

std::optional<std::uint64_t> GgufHeader::number(std::string_view key) const {
  const auto found = numbers.find(fmt::format("{}.{}", architecture(), key));
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

bool GgufHeader::has_list(std::string_view key) const {
  return lists.contains(fmt::format("{}.{}", architecture(), key));
}

GgufLook look_at_gguf(int descriptor, std::uint64_t size) {
  GgufHeader header;
  switch (walk_gguf(descriptor, size, &header)) {
    case Walk::cut_short:
      return {.cut_short = true, .problem = "cut short"};
    case Walk::other:
      return {.problem = "a GGUF file with a header that makes no sense"};
    case Walk::whole:
      break;
  }
  if (std::string problem = shape_problem(header); !problem.empty()) return {.problem = std::move(problem)};
  return {.header = std::move(header)};
}

GgufLook look_at_gguf(const std::filesystem::path& file) {
  const FileLook look = look_at(file);
  if (look.kind != FileKind::gguf)
    return {.problem = fmt::format("{}, not a GGUF model", description(look.kind))};
  const core::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat facts{};
  if (opened.get() < 0 || ::fstat(opened.get(), &facts) != 0) core::throw_errno(errno, "read", file);
  return look_at_gguf(opened.get(), static_cast<std::uint64_t>(facts.st_size));
}

}  // namespace reelwright::inference
