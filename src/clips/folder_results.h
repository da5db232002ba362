#pragma once

#include <filesystem>
#include <memory>

#include "clips/results.h"
#include "stage/output_folder.h"

namespace reelwright::clips {

/// Puts the clips into a folder, which appears whole, with `clips.json` and eight files a clip, or not at
/// all; where it stands it must be empty, or hold only results of this program and `overwrite` be set (else
/// `conflict`).
class FolderResults : public Results {
 public:
  FolderResults(std::filesystem::path folder, bool overwrite)
      : folder_(std::move(folder)), overwrite_(overwrite) {}

  void on_source(const media::SourceFacts& facts) override;
  void on_clip(const FinishedClip& clip) override;
  void on_done(const Index& index) override;

 private:
  std::filesystem::path folder_;
  bool overwrite_;
  std::unique_ptr<stage::OutputFolder> output_;  ///< once the source is known
};

}  // namespace reelwright::clips
