#include "speech/ctc_engine.h"

#include <fmt/format.h>

#include <utility>

#include "speech/ctc_text.h"
#include "speech/ctc_words.h"
#include "speech/language.h"
#include "speech/recognition.h"

namespace reelwright::speech {

namespace {

using Words = std::vector<transcript::Word>;

class CtcEngine : public AlignmentEngine {
 public:
  CtcEngine(std::shared_ptr<const CtcModel> model, std::string name, std::string language)
      : model_(std::move(model)), name_(std::move(name)), language_(std::move(language)) {}

  std::string_view name() const override { return name_; }

  std::optional<core::Warning> misfit(std::string_view language) const override {
    if (language_.empty() || primary_language(language) == primary_language(language_)) return std::nullopt;
    return core::Warning{
        "language_mismatch",
        fmt::format("The aligner's model is for \"{}\", the text is in \"{}\"; word times are guesses.",
                    language_, language.substr(0, 40))};
  }

  std::vector<SpokenWord> spoken(std::span<const std::string> written,
                                 std::string_view language) const override {
    return spoken_in(language, written);
  }

  Words recognise(Chunker::Source source, core::Time duration, const core::Context& context) const override {
    const auto make = [this](const std::stop_token&) {
      return [this](const Chunk& chunk, const std::stop_token& stop) { return words_of(chunk, stop); };
    };
    return recognise_chunks(std::move(source), duration, make, context);
  }

  Finder finder(const std::stop_token& /*stop*/) const override {
    return [this](std::span<const std::int16_t> samples, core::Time start, std::span<const SpokenWord> words,
                  const std::stop_token& stop) {
      return find_words({samples, start, model_->hear(samples, stop)}, words, model_->vocabulary());
    };
  }

 private:
  Words words_of(const Chunk& chunk, const std::stop_token& stop) const {
    Words words;
    const HeardSound sound{chunk.samples, chunk.start, model_->hear(chunk.samples, stop)};
    for (HeardWord& word : read_words(sound, model_->vocabulary()))
      words.push_back({std::move(word.text), word.span.start, word.span.end, word.probability,
                       transcript::Timing::recognised});
    return words;
  }

  std::shared_ptr<const CtcModel> model_;
  std::string name_;
  std::string language_;
};

}  // namespace

std::unique_ptr<const AlignmentEngine> make_ctc_engine(std::shared_ptr<const CtcModel> model,
                                                       std::string name, std::string language) {
  return std::make_unique<CtcEngine>(std::move(model), std::move(name), std::move(language));
}

}  // namespace reelwright::speech
