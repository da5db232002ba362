#pragma once

#include <string>
#include <vector>

namespace reelwright::media {

/// FFmpeg's names of the H.264 encoders that open on this machine, libx264 first. Being in the build is not
/// enough: those for devices are there everywhere and open only where the device is. Takes longer
/// where there are drivers to load.
std::vector<std::string> usable_video_encoders();

/// Whether this FFmpeg has the encoders of a clip's sound (AAC) and its poster (JPEG).
bool has_sound_encoder();
bool has_picture_encoder();

}  // namespace reelwright::media
