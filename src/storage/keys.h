#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// The layout of the store: which key has what. The same in a local folder and elsewhere.
namespace reelwright::storage {

inline constexpr std::string_view uploads = "uploads/";
inline constexpr std::string_view workspaces = "processing/";
inline constexpr std::string_view results = "results/";

/// Whether `key` is parts with `/` between, each of which `is_name`; at most 512 bytes.
bool is_key(std::string_view key);

/// Throws `invalid_input` unless `is_key`.
void check_key(std::string_view key);

/// The same for a prefix: empty, or parts with a `/` after each.
void check_prefix(std::string_view prefix);

/// Whether `name` can be the name of one file: 1 to 255 bytes of UTF-8 without `/`, `\`, control characters
/// and characters that turn the direction of writing; the first is no `.`.
bool is_name(std::string_view name);

/// `uploads/ID.EXTENSION`: the recording a job is about. `extension` is without a dot.
std::string upload_key(std::string_view processing_id, std::string_view extension);

/// `uploads/ID.transcript`: the transcript that came with it.
std::string transcript_key(std::string_view processing_id);

/// `processing/ID/`: the workspace.
std::string workspace_prefix(std::string_view processing_id);

/// `results/clips/ID/` for "results/clips", which is what the kind of job says.
std::string results_prefix(std::string_view of_kind, std::string_view processing_id);

/// `results/clips/ID/NAME`.
std::string result_key(std::string_view of_kind, std::string_view processing_id, std::string_view name);

/// The folder in which uploads grow until they are whole: on this machine even where the store is not, and no
/// part of the store. On one disk with a local store, so that `put` needs no copying.
std::filesystem::path incoming_folder(const std::filesystem::path& storage_path);

}  // namespace reelwright::storage
