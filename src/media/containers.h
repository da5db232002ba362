#pragma once

#include <filesystem>

namespace reelwright::media {

/// FFmpeg's names of the containers that may be opened. Playlists and descriptions (hls, concat, dash, sdp,
/// image2,
/// ...) are left out on purpose: they would read other files than the one that was given.
extern const char* const container_whitelist;

/// Throws the Error that tells best why `file` could not be opened as media: playlist, cut short, not media,
/// ...
[[noreturn]] void throw_unreadable(const std::filesystem::path& file, int av_error);

/// Throws `unsupported_media`: the file is protected by DRM.
[[noreturn]] void throw_protected(const std::filesystem::path& file);

/// Throws where `file` is missing, a folder, not a regular file, empty or not readable.
void require_regular_file(const std::filesystem::path& file);

}  // namespace reelwright::media
