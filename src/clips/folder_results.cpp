#include "clips/folder_results.h"

namespace reelwright::clips {

/// Only now: a source that cannot be cut leaves no trace.
void FolderResults::on_source(const media::SourceFacts&) { output_.emplace(folder_, overwrite_); }

void FolderResults::on_clip(const FinishedClip& clip) {
  for (const FinishedFile& file : clip.files) output_.value().add(file.file, file.name);
}

void FolderResults::on_done(const Index& index) {
  output_.value().write("clips.json", to_text(index));
  output_.value().publish();
}

}  // namespace reelwright::clips
