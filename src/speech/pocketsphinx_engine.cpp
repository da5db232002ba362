#include "speech/pocketsphinx_engine.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "speech/forced_alignment.h"
#include "speech/language.h"
#include "speech/recognition.h"

namespace reelwright::speech {

namespace {

class PocketsphinxEngine : public AlignmentEngine {
 public:
  std::string_view name() const override { return "pocketsphinx-en-us"; }

  std::optional<core::Warning> misfit(std::string_view language) const override {
    if (is_english(language)) return std::nullopt;
    return core::Warning{
        "language_mismatch",
        fmt::format("The built-in speech engine knows only English, not \"{}\"; word times are guesses.",
                    language.substr(0, 40))};
  }

  std::vector<SpokenWord> spoken(std::span<const std::string> written,
                                 std::string_view /*language*/) const override {
    auto first = take({});
    auto words = spoken_words(written, [&](const std::string& word) { return first->knows(word); });
    const std::scoped_lock lock(mutex_);
    spare_ = std::move(first);
    return words;
  }

  std::vector<transcript::Word> recognise(Chunker::Source source, core::Time duration,
                                          const core::Context& context) const override {
    return recognise_all(std::move(source), duration, context);
  }

  Finder finder(const std::stop_token& stop) const override {
    return [one = take(stop)](std::span<const std::int16_t> samples, core::Time start,
                              std::span<const SpokenWord> words, const std::stop_token& stopping) {
      return one->find(samples, start, words, stopping);
    };
  }

 private:
  // Loading one takes a second: what knew the dictionary finds words too.
  std::shared_ptr<ForcedAlignment> take(const std::stop_token& stop) const {
    {
      const std::scoped_lock lock(mutex_);
      if (spare_) return std::exchange(spare_, nullptr);
    }
    return std::make_shared<ForcedAlignment>(stop);
  }

  mutable std::mutex mutex_;
  mutable std::shared_ptr<ForcedAlignment> spare_;
};

}  // namespace

std::unique_ptr<const AlignmentEngine> make_pocketsphinx_engine() {
  return std::make_unique<PocketsphinxEngine>();
}

}  // namespace reelwright::speech
