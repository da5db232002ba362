#include "vision/crop_path_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace reelwright::vision {

namespace {

// A thousandth of a pixel is far below what a scaler resolves and keeps the file small.
double rounded(double value) { return std::round(value * 1000) / 1000; }

void append_box(std::string& json, const media::Window& window) {
  fmt::format_to(std::back_inserter(json), R"("x":{},"y":{},"w":{},"h":{})", rounded(window.x),
                 rounded(window.y), rounded(window.width), rounded(window.height));
}

void append_keyframe(std::string& json, const Keyframe& keyframe, Layout usual) {
  // Dividing rounds once, so that 12.345 s does not become 12.344999999999999.
  fmt::format_to(std::back_inserter(json), R"({{"t":{})", static_cast<double>(keyframe.time.count()) / 1e6);
  if (keyframe.layout != usual)
    fmt::format_to(std::back_inserter(json), R"(,"layout":"{}")", name(keyframe.layout));
  if (keyframe.windows.size() == 1) {
    json += ',';
    append_box(json, keyframe.windows.front());
  } else {
    json += R"(,"windows":[)";
    for (std::size_t i = 0; i < keyframe.windows.size(); ++i) {
      json += i == 0 ? "{" : ",{";
      append_box(json, keyframe.windows[i]);
      json += '}';
    }
    json += ']';
  }
  json += '}';
}

}  // namespace

std::string_view name(Layout layout) {
  switch (layout) {
    case Layout::crop:
      return "crop";
    case Layout::fit:
      return "fit";
    case Layout::stacked:
      return "stacked";
  }
  return "crop";
}

Layout main_layout(const CropPath& path) {
  std::array<std::size_t, 3> counts{};
  for (const Keyframe& keyframe : path.keyframes) ++counts[static_cast<std::size_t>(keyframe.layout)];
  return static_cast<Layout>(std::ranges::max_element(counts) - counts.begin());
}

std::string to_json(const CropPath& path) {
  const Layout usual = main_layout(path);
  std::string json = fmt::format(R"({{"width":{},"height":{},"layout":"{}","keyframes":[)", path.width,
                                 path.height, name(usual));
  json.reserve(json.size() + path.keyframes.size() * 64);
  for (std::size_t i = 0; i < path.keyframes.size(); ++i) {
    json += i == 0 ? "\n" : ",\n";
    append_keyframe(json, path.keyframes[i], usual);
  }
  json += "]}\n";
  return json;
}

}  // namespace reelwright::vision
