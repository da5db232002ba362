#pragma once

#include <filesystem>

struct AVFrame;

namespace reelwright::media {

/// Writes a picture (8-bit 4:2:0, tagged) as JPEG: under a temporary name, renamed when whole. Throws
/// `storage_full`, `forbidden` or `not_found` (the folder).
void write_jpeg(const AVFrame& picture, const std::filesystem::path& file);

}  // namespace reelwright::media
