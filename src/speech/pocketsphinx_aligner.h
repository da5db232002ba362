#pragma once

#include "speech/aligner.h"

namespace reelwright::speech {

/// Recognises the sound, matches what it heard against the text, aligns the pieces between the matches by
/// force and keeps what the sound bears out. Texts with cue times skip the recognition.
class PocketsphinxAligner : public Aligner {
 public:
  std::string_view name() const override { return "pocketsphinx-en-us"; }
  transcript::Transcript align(const std::filesystem::path& audio, const transcript::Draft& text,
                               const core::Context& context, std::vector<core::Warning>& warnings) override;
};

}  // namespace reelwright::speech
