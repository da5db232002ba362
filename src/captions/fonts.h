#pragma once

#include <string>

namespace reelwright::captions {

/// Whether fontconfig, by which captions find their fonts, has `family` itself and not a stand-in for it.
bool font_installed(const std::string& family);

}  // namespace reelwright::captions
