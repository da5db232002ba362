#include "inference/file_kind.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "core/files.h"
#include "inference/gguf_header.h"
#include "inference/message_walk.h"
#include "inference/parakeet_file.h"
#include "inference/whisper_file.h"

namespace reelwright::inference {

namespace {

constexpr std::string_view ggml_magic = "lmgg";  // 0x67676d6c, the low byte first
constexpr std::string_view gguf_magic = "GGUF";
constexpr std::string_view lfs_beginning = "version https://git-lfs";
// English models, multilingual ones, and those since large-v3.
constexpr std::array<std::uint32_t, 3> whisper_vocabularies{51864, 51865, 51866};

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4) return 0;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_web_page(std::string_view text) {
  std::string beginning(text.substr(0, 14));
  std::ranges::transform(beginning, beginning.begin(), lower);
  return beginning.starts_with("<!doctype html") || beginning.starts_with("<html") ||
         beginning.starts_with("<?xml");
}

FileKind kind_of_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return FileKind::other;
  const std::string_view text = bytes.substr(first);
  if (is_web_page(text)) return FileKind::web_page;
  if (text.starts_with(lfs_beginning)) return FileKind::lfs_pointer;
  return text.starts_with('{') || text.starts_with('[') ? FileKind::json : FileKind::other;
}

std::string beginning_of(int descriptor, const std::filesystem::path& file) {
  std::array<char, 512> block{};
  const ssize_t got = ::pread(descriptor, block.data(), block.size(), 0);
  if (got < 0) core::throw_errno(errno, "read", file);
  return {block.data(), static_cast<std::size_t>(got)};
}

template <class Shape>
FileLook ggml_look(GgmlLook<Shape> look) {
  return {.kind = FileKind::ggml, .cut_short = look.cut_short, .problem = std::move(look.problem)};
}

FileLook look_at_ggml(int descriptor, std::uint64_t size, std::string_view beginning) {
  const auto number = [&](std::size_t index) { return number_at(beginning, 4 + 4 * index); };
  const bool is_whisper = std::ranges::contains(whisper_vocabularies, number(0));
  const bool is_parakeet = !is_whisper && is_like_parakeet(number(7), number(8));
  FileLook look = is_parakeet ? ggml_look(look_at_parakeet(descriptor, size))
                              : ggml_look(look_at_whisper(descriptor, size));
  look.is_whisper = is_whisper;
  look.is_parakeet = is_parakeet;
  return look;
}

FileLook look_of(GgufLook gguf) {
  return {.kind = FileKind::gguf, .cut_short = gguf.cut_short, .problem = std::move(gguf.problem)};
}

}  // namespace

FileLook look_at(const std::filesystem::path& file) {
  const core::Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened.get() < 0) core::throw_errno(errno, "read", file);
  struct stat facts{};
  if (::fstat(opened.get(), &facts) != 0) core::throw_errno(errno, "read", file);
  if (S_ISDIR(facts.st_mode)) core::throw_errno(EISDIR, "read", file);
  if (facts.st_size == 0) return {.kind = FileKind::empty};
  const std::string beginning = beginning_of(opened.get(), file);
  const auto size = static_cast<std::uint64_t>(facts.st_size);
  if (beginning.starts_with(ggml_magic)) return look_at_ggml(opened.get(), size, beginning);
  if (beginning.starts_with(gguf_magic)) return look_of(look_at_gguf(opened.get(), size));
  if (const FileKind text = kind_of_text(beginning); text != FileKind::other) return {.kind = text};
  switch (walk_onnx(opened.get(), size)) {
    case Walk::whole:
      return {.kind = FileKind::onnx};
    case Walk::cut_short:
      return {.kind = FileKind::onnx, .cut_short = true};
    case Walk::other:
      break;
  }
  return {};
}

std::string_view description(FileKind kind) {
  switch (kind) {
    case FileKind::ggml:
      return "a ggml model";
    case FileKind::gguf:
      return "a GGUF model";
    case FileKind::onnx:
      return "an ONNX model";
    case FileKind::json:
      return "a JSON text";
    case FileKind::web_page:
      return "a web page";
    case FileKind::lfs_pointer:
      return "a pointer of Git LFS in place of the file itself";
    case FileKind::empty:
      return "empty";
    case FileKind::other:
      break;
  }
  return "of a kind that is not known here";
}

std::optional<Format> format_of(FileKind kind) {
  if (kind == FileKind::ggml) return Format::ggml;
  if (kind == FileKind::gguf) return Format::gguf;
  if (kind == FileKind::onnx) return Format::onnx;
  return {};
}

FileKind kind_of(Format format) {
  switch (format) {
    case Format::ggml:
      return FileKind::ggml;
    case Format::gguf:
      return FileKind::gguf;
    case Format::onnx:
      break;
  }
  return FileKind::onnx;
}

std::string kind_problem(const std::filesystem::path& file, std::string_view name,
                         std::optional<Format> format) {
  const FileLook look = look_at(file);
  if (look.cut_short) return "cut short";
  if (format_of(look.kind) == format && !look.problem.empty()) return look.problem;
  if (format && look.kind != kind_of(*format))
    return fmt::format("{}, not {}", description(look.kind), description(kind_of(*format)));
  if (format) return {};
  if (name.ends_with(".json") && look.kind != FileKind::json)
    return fmt::format("{}, not a JSON text", description(look.kind));
  const bool stands_for_something_else =
      look.kind == FileKind::web_page || look.kind == FileKind::lfs_pointer || look.kind == FileKind::empty;
  return stands_for_something_else ? std::string(description(look.kind)) : "";
}

}  // namespace reelwright::inference
