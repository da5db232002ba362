#include "speech/diarizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/error.h"
#include "material/speech.h"
#include "speech/test_tones.h"
#include "speech/test_voices.h"
#include "support/media_fixture.h"

namespace reelwright::speech {
namespace {

using namespace std::chrono_literals;

class Diarizing : public ::testing::Test {
 protected:
  DiarizerOptions options() const {
    return {.segmentation = test_model("voices.onnx"), .embedding = test_model("voice_embedding.onnx")};
  }

  std::vector<Turn> turns(const std::vector<Turn>& truth, core::Time length, const DiarizerOptions& options,
                          const core::Context& context = {}) const {
    material::write_speech(folder_ / "voices.wav", voices_of(truth, length));
    return Diarizer(options).turns(folder_ / "voices.wav", context);
  }

  testing::TemporaryFolder folder_;
};

/// Seconds of a grid of 10 ms at which they do not agree; speakers may have other numbers.
double disagreement(const std::vector<Turn>& truth, const std::vector<Turn>& found, core::Time length) {
  const auto speaks = [](const std::vector<Turn>& turns, std::size_t speaker, core::Time now) {
    return std::ranges::any_of(
        turns, [&](const Turn& turn) { return turn.speaker == speaker && turn.span.contains(now); });
  };
  double seconds = 0;
  for (core::Time now{}; now < length; now += 10ms)
    for (std::size_t speaker = 0; speaker < 8; ++speaker)
      if (speaks(truth, speaker, now) != speaks(found, speaker, now)) seconds += 0.01;
  return seconds;
}

const std::vector<Turn> talk{{{1s, 6s}, 0},   {{6500ms, 9s}, 1}, {{9s, 17s}, 0},  {{18s, 26s}, 2},
                             {{24s, 33s}, 1}, {{34s, 40s}, 0},   {{41s, 47s}, 3}, {{48s, 54s}, 2}};

TEST_F(Diarizing, TellsWhoSpeaksWhen) {
  const auto found = turns(talk, 55s, options());
  EXPECT_LT(disagreement(talk, found, 55s), 1.5);
  EXPECT_EQ(std::ranges::max(found, {}, &Turn::speaker).speaker, 3U);
}

}  // namespace
}  // namespace reelwright::speech
