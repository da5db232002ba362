#include <fmt/format.h>

#include <ranges>

#include "core/text.h"
#include "inference/file_digest.h"
#include "speech/aligner.h"
#include "speech/ctc_engine.h"
#include "speech/language.h"
#include "speech/piecewise_aligner.h"
#include "speech/pocketsphinx_engine.h"

namespace reelwright::speech {

namespace {

// Raised when the code around models changes what they find.
constexpr int ctc_version = 1;
constexpr std::size_t short_digest = 12;

using Model = std::pair<const std::string, std::filesystem::path>;

/// The model that serves `language`; null where PocketSphinx does.
const Model* model_for(const AlignerOptions& options, std::string_view language) {
  if (options.engine == "pocketsphinx") return nullptr;
  for (const std::string& name : {primary_language(language), std::string()})
    if (const auto found = options.models.find(name); found != options.models.end()) return &*found;
  if (options.engine == "auto") return nullptr;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("ALIGNER is 'ctc' and no model serves the language \"{}\"; name one by ALIGNER_MODEL.",
                  core::printable(language, 40)));
}

std::string digest_of(const Model& model) {
  return inference::file_digest(model.second, {}) + inference::file_digest(vocabulary_file(model.second), {});
}

[[noreturn]] void refuse(std::string_view entry) {
  throw core::Error(core::ErrorCode::invalid_input,
                    fmt::format("ALIGNER_MODEL has \"{}\"; give a FILE, or each language once as "
                                "LANGUAGE=FILE, with commas between.",
                                core::printable(entry, 200)));
}

}  // namespace

std::map<std::string, std::filesystem::path> read_aligner_models(std::string_view setting) {
  std::map<std::string, std::filesystem::path> models;
  if (setting.empty()) return models;
  for (const auto part : setting | std::views::split(',')) {
    const std::string_view entry(part);
    const std::size_t equals = entry.find('=');
    const bool named = equals != std::string_view::npos;
    const std::string_view file = named ? entry.substr(equals + 1) : entry;
    const std::string language = named ? primary_language(entry.substr(0, equals)) : std::string();
    if (file.empty() || equals == 0 || !models.emplace(language, file).second) refuse(entry);
  }
  return models;
}

std::unique_ptr<Aligner> make_aligner(const AlignerOptions& options, std::string_view language) {
  const Model* const chosen = model_for(options, language);
  if (!chosen) return make_aligner();
  auto model = std::make_shared<const CtcModel>(
      chosen->second, inference::OnnxOptions{.provider = options.provider, .threads = options.threads});
  std::string name =
      fmt::format("ctc {} (sha256 {}, {})", core::printable(chosen->second.filename().string(), 100),
                  digest_of(*chosen).substr(0, short_digest), options.provider);
  return std::make_unique<PiecewiseAligner>(
      make_ctc_engine(std::move(model), std::move(name), chosen->first));
}

std::unique_ptr<Aligner> make_aligner() {
  return std::make_unique<PiecewiseAligner>(make_pocketsphinx_engine());
}

std::string aligner_key(const AlignerOptions& options, std::string_view language) {
  const Model* const chosen = model_for(options, language);
  if (!chosen) return {};
  return fmt::format("ctc {} {} {} {}", ctc_version, digest_of(*chosen), options.provider, chosen->first);
}

}  // namespace reelwright::speech
