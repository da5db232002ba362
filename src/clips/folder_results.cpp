#include "clips/folder_results.h"

namespace reelwright::clips {

/// Only now: a source that cannot be cut leaves no trace.
void FolderResults::on_source(const media::SourceFacts&) {
  output_ = std::make_unique<stage::OutputFolder>(
      folder_, overwrite_, stage::ResultNames{.what = "clips", .index = "clips.json", .prefixes = {"clip_"}});
}

void FolderResults::on_clip(const FinishedClip& clip) {
  for (const stage::FinishedFile& file : clip.files) output_->add(file.file, file.name);
}

void FolderResults::on_done(const Index& index) {
  output_->write("clips.json", to_text(index));
  output_->publish();
}

}  // namespace reelwright::clips
