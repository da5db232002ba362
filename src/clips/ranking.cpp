#include "clips/ranking.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "clips/own_spans.h"
#include "clips/reranking.h"
#include "clips/selection_request.h"
#include "core/digest.h"
#include "core/json.h"
#include "stage/json_artifact.h"

namespace reelwright::clips {

// An artifact. Named, not in an unnamed namespace: glaze reflects it.
struct JudgedWindow {
  std::vector<Judgement> judgements;
};

namespace {

constexpr int judging_version = 2;
constexpr int ranking_version = 1;

/// Indices of the alternatives in the order of time: the neighbours of a talk are judged beside each other.
std::vector<std::size_t> by_time(const std::vector<Alternative>& alternatives) {
  std::vector<std::size_t> order(alternatives.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::size_t i) {
    return std::pair(alternatives[i].span.start, alternatives[i].span.end);
  });
  return order;
}

/// All windows of a selection, asked or found in the workspace.
class Judging {
 public:
  Judging(language::LanguageModel& model, stage::Workspace& workspace, const core::Context& context)
      : model_(model), workspace_(workspace), context_(context) {}

  void judge(const std::vector<Judged>& candidates, const std::string& language) {
    const auto share = [&](std::size_t of) {
      return static_cast<double>(of) / static_cast<double>(candidates.size());
    };
    for (const auto& [first, end] : windows(candidates)) {
      context_.check();
      judge_window({candidates.begin() + static_cast<std::ptrdiff_t>(first),
                    candidates.begin() + static_cast<std::ptrdiff_t>(end)},
                   first, language, context_.part(share(first), share(end)));
      context_.report(share(end));
    }
  }

  std::vector<Judgement> judgements{};  ///< of all candidates
  std::string key{};                    ///< of all that was asked
  bool reused = true;

 private:
  void judge_window(const std::vector<Judged>& candidates, std::size_t first, const std::string& language,
                    const core::Context& context) {
    const language::Prompt prompt = judgement_prompt(candidates, language);
    const std::string asked = fmt::format("{} {} {}", judging_version, model_.name(),
                                          core::sha256(prompt.task + to_json(prompt.schema) + prompt.data));
    const auto [window, was_there] = stage::produce_json<JudgedWindow>(
        workspace_, "judged.json", asked,
        [&] { return JudgedWindow{read_judgements(model_.ask(prompt, context), candidates.size())}; },
        stage::Older::kept);
    for (Judgement judgement : window.judgements) {
      judgement.candidate += first;
      judgements.push_back(std::move(judgement));
    }
    key += asked + "\n";
    reused = reused && was_there;
  }

  language::LanguageModel& model_;
  stage::Workspace& workspace_;
  const core::Context& context_;
};

core::Warning unjudged(std::size_t count, std::size_t of, const language::LanguageModel& model) {
  return {"candidates_unjudged",
          fmt::format("{} said nothing of {} of {} candidates; those were chosen by their own scores alone.",
                      model.name(), count, of)};
}

core::Warning failed(const core::Error& error) {
  return {"language_model_failed",
          fmt::format("The clips were chosen without the language model (LANGUAGE_FALLBACK is none): {}",
                      error.what())};
}

bool can_do_without(const core::Error& error, const Options& options) {
  return !options.language_model.is_required && error.code() != core::ErrorCode::cancelled &&
         error.code() != core::ErrorCode::internal;
}

}  // namespace

std::pair<Selection, bool> rank(const Source& source, const Words& words, const media::Envelope& sound,
                                const Selection& selection, const Options& options,
                                language::LanguageModel& model, stage::Workspace& workspace,
                                const core::Context& context, const language::TopicTools& topics) {
  const std::vector<std::size_t> order = by_time(selection.alternatives);
  std::vector<Judged> candidates;
  candidates.reserve(order.size());
  for (const std::size_t i : order)
    candidates.push_back(
        {selection.alternatives[i].span, text_in(words.transcript, selection.alternatives[i].span)});
  const SelectionRequest request = selection_request(source, words, options, topics);
  Judging judging(model, workspace, context);
  try {
    judging.judge(candidates, request.language);
  } catch (const core::Error& error) {
    if (!can_do_without(error, options)) throw;
    Selection without = selection;
    without.warnings.push_back(failed(error));
    return {std::move(without), false};
  }
  for (Judgement& judgement : judging.judgements) judgement.candidate = order[judgement.candidate];
  const auto describe = [&](const std::vector<core::Span>& spans) {
    return describe_spans(words.transcript, sound, request, spans, context.silent());
  };
  const auto make = [&] {
    Selection made =
        reranked(selection, judging.judgements, static_cast<std::size_t>(options.num_clips), describe);
    std::erase_if(made.warnings, [](const core::Warning& warning) { return warning.code == "fewer_clips"; });
    const bool is_whole = std::ranges::contains(made.warnings, "short_source", &core::Warning::code);
    if (!is_whole) finish(made, request);
    if (const std::size_t left = candidates.size() - judging.judgements.size(); left > 0)
      made.warnings.push_back(unjudged(left, candidates.size(), model));
    return made;
  };
  const std::string key =
      fmt::format("{} {} {}{}\n{}", ranking_version, options.num_clips,
                  core::sha256(core::to_json(selection, "a choice")), topics_key(topics), judging.key);
  auto [made, reused] = stage::produce_json<Selection>(workspace, "ranked.json", key, make);
  return {std::move(made), reused && judging.reused};
}

}  // namespace reelwright::clips
