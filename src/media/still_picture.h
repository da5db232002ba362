#pragma once

#include <filesystem>

#include "media/picture_pool.h"

namespace reelwright::media {

/// Decodes a PNG, JPEG or WebP file to 8-bit RGBA, upright as its Exif data has it; nothing else is opened,
/// whatever the name says. Throws `unsupported_media` (no such picture, damaged, more than 100 million
/// pixels), `too_large` (more than 64 MB), and what reading a file throws.
PicturePtr read_picture(const std::filesystem::path& file);

/// Writes an 8-bit RGBA picture as PNG, without alpha where it is opaque all over: under a temporary name,
/// renamed when whole. Throws `storage_full`, `forbidden` or `not_found` (the folder).
void write_png(const AVFrame& picture, const std::filesystem::path& file);

/// A new 8-bit RGBA picture; its content is not set. Throws std::bad_alloc.
PicturePtr new_rgba(int width, int height);

/// An RGBA picture as video has it (8-bit 4:2:0 BT.709; alpha is passed over), scaled so that it covers
/// `width` x `height` (even), its middle kept.
PicturePtr covering(const AVFrame& picture, int width, int height);

}  // namespace reelwright::media
