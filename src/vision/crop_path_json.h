#pragma once

#include <string>
#include <string_view>

#include "vision/crop_path.h"

namespace reelwright::vision {

/// The name of a layout as it stands in JSON: `crop`, `fit`, `stacked`.
std::string_view name(Layout layout);

/// The layout that most keyframes have; `crop` for an empty path.
Layout main_layout(const CropPath& path);

/// The path as an editor needs it, one keyframe a line:
/// {"width":1920,"height":1080,"layout":"crop","keyframes":[
/// {"t":12.345,"x":300.25,"y":0,"w":607.5,"h":1080}, ...]}
/// `t` in seconds of the source, the window in source pixels. `layout` is the path's main one; a keyframe of
/// another layout names its own. Stacked keyframes have "windows":[{x,y,w,h},{x,y,w,h}] (upper, lower)
/// instead of x, y, w, h.
std::string to_json(const CropPath& path);

}  // namespace reelwright::vision
