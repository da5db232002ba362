#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelwright::vision {

/// Reads the names of a detector's classes as exporters write them: a Python dict, `{0: 'person', 1:
/// "ox's"}`, with the numbers from 0 on in any order. At most 10,000 names of at most 200 bytes; nothing in
/// them is carried out. Nothing where the text is anything else.
std::optional<std::vector<std::string>> read_class_names(std::string_view text);

/// The 80 classes of COCO (Lin et al. 2014) in the order in which YOLO numbers them: what a detector of 80
/// classes without names was most likely trained on.
std::vector<std::string> coco_class_names();

}  // namespace reelwright::vision
