#include "inference/role.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ranges>

namespace reelwright::inference {

namespace {

struct RoleRow {
  Role role;
  std::string_view name;
  Format format;
};

constexpr std::array role_table{
    RoleRow{Role::transcriber, "transcriber", Format::ggml},
    RoleRow{Role::aligner, "aligner", Format::onnx},
    RoleRow{Role::detector, "detector", Format::onnx},
    RoleRow{Role::face_detector, "face_detector", Format::onnx},
    RoleRow{Role::embedder, "embedder", Format::onnx},
    RoleRow{Role::language_model, "language_model", Format::gguf},
    RoleRow{Role::synthesizer, "synthesizer", Format::onnx},
    RoleRow{Role::segmentation, "segmentation", Format::onnx},
    RoleRow{Role::speaker_embedder, "speaker_embedder", Format::onnx},
};

constexpr auto all_roles = [] {
  std::array<Role, role_table.size()> all{};
  std::ranges::transform(role_table, all.begin(), &RoleRow::role);
  return all;
}();

struct FormatRow {
  Format format;
  std::string_view name;
};

constexpr std::array format_table{FormatRow{Format::ggml, "ggml"}, FormatRow{Format::gguf, "gguf"},
                                  FormatRow{Format::onnx, "onnx"}};

const RoleRow& row(Role role) { return *std::ranges::find(role_table, role, &RoleRow::role); }

}  // namespace

std::span<const Role> roles() { return all_roles; }

std::string_view name(Role role) { return row(role).name; }

std::string_view name(Format format) {
  return std::ranges::find(format_table, format, &FormatRow::format)->name;
}

std::optional<Role> role_from(std::string_view name) {
  const auto* found = std::ranges::find(role_table, name, &RoleRow::name);
  return found == role_table.end() ? std::nullopt : std::optional(found->role);
}

std::optional<Format> format_from(std::string_view name) {
  const auto* found = std::ranges::find(format_table, name, &FormatRow::name);
  return found == format_table.end() ? std::nullopt : std::optional(found->format);
}

Format format_of(Role role) { return row(role).format; }

std::string role_names() {
  return fmt::format("{}", fmt::join(role_table | std::views::transform(&RoleRow::name), ", "));
}

}  // namespace reelwright::inference
