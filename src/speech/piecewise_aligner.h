#pragma once

#include <memory>

#include "speech/aligner.h"
#include "speech/alignment_engine.h"

namespace reelwright::speech {

/// Recognises the sound, matches what was heard against the text, aligns the pieces between the matches by
/// force and keeps what the sound bears out. Texts with cue times skip the recognition.
class PiecewiseAligner : public Aligner {
 public:
  explicit PiecewiseAligner(std::unique_ptr<const AlignmentEngine> engine) : engine_(std::move(engine)) {}

  std::string_view name() const override { return engine_->name(); }
  transcript::Transcript align(const std::filesystem::path& audio, const transcript::Draft& text,
                               const core::Context& context, std::vector<core::Warning>& warnings) override;

 private:
  std::unique_ptr<const AlignmentEngine> engine_;
};

}  // namespace reelwright::speech
