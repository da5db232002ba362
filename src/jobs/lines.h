#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace reelwright::jobs {

/// Cuts what a process prints into lines, so that it cannot flood a log: long lines are cut short, and after
/// so many the rest is passed over.
class Lines {
 public:
  using Take = std::function<void(std::string_view line)>;

  explicit Lines(Take take, std::size_t longest = 2000, std::size_t most = 2000)
      : take_(std::move(take)), longest_(longest), most_(most) {}

  void add(std::string_view bytes) {
    for (const char byte : bytes) {
      if (byte == '\n')
        end();
      else if (line_.size() < longest_)
        line_ += byte;
    }
  }

  /// What stands there without an end is a line too.
  void end() {
    if (line_.empty()) return;
    ++count_;
    if (count_ <= most_) take_(line_);
    if (count_ == most_) take_("(what follows is left out)");
    line_.clear();
  }

 private:
  Take take_;
  std::size_t longest_, most_;
  std::size_t count_ = 0;
  std::string line_;
};

}  // namespace reelwright::jobs
