#include "language/topics.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "language/cohesion.h"
#include "language/division.h"
#include "language/evidence.h"
#include "language/text_tiling.h"
#include "language/vector_cohesion.h"

namespace reelwright::language {

namespace {

// Of a segment, times the logarithm of the number of content words, or of lines.
constexpr double price_by_words = 0.2;
constexpr double price_by_vectors = 0.6;
constexpr std::size_t line_limit = 100'000;
constexpr std::size_t cell_limit = 16'000'000;

void require_possible(std::size_t lines, const std::optional<std::size_t>& count) {
  using enum core::ErrorCode;
  if (lines > line_limit) {
    throw core::Error(
        too_large, fmt::format("The text has {} lines; at most {} can be divided at once. Split it.", lines,
                               line_limit));
  }
  if (!count) return;
  if (*count < 1 || *count > lines) {
    throw core::Error(
        invalid_input,
        fmt::format("The number of topics must be 1 to {} (the number of lines), not {}.", lines, *count));
  }
  if (*count * lines > cell_limit) {
    throw core::Error(
        too_large,
        fmt::format("{} topics in {} lines are too many at once; ask for at most {}, or split the text.",
                    *count, lines, cell_limit / lines));
  }
}

double price_of(double factor, std::size_t units) {
  return factor * std::log(static_cast<double>(std::max<std::size_t>(2, units)));
}

std::vector<std::size_t> divide(Cohesion& cohesion, const std::vector<double>& evidence, double price,
                                const TopicRequest& request, const core::Context& context) {
  return request.count ? divide_into(*request.count, cohesion, evidence, context)
                       : divide_freely(cohesion, evidence, price, context);
}

std::vector<std::size_t> by_words(const std::vector<Line>& lines, const TopicRequest& request,
                                  const core::Context& context) {
  const Lexer lexer(request.language);
  const auto counts = count_stems(lines, lexer);
  WordCohesion cohesion(counts);
  return divide(cohesion, boundary_evidence(lines, lexer), price_of(price_by_words, counts.total), request,
                context);
}

std::vector<std::size_t> by_vectors(const std::vector<Line>& lines, const TopicRequest& request,
                                    const core::Context& context) {
  std::vector<std::string> texts;
  texts.reserve(lines.size());
  for (const Line& line : lines) texts.push_back(line.text);
  const Embeddings vectors = request.tools.embedder->embed(texts, context);
  if (request.tools.method == TopicMethod::text_tiling) return tile_boundaries(vectors, request.count);
  VectorCohesion cohesion(vectors);
  const auto evidence = boundary_evidence(lines, Lexer(request.language));
  return divide(cohesion, evidence, price_of(price_by_vectors, lines.size()), request, context);
}

}  // namespace

void check_method(TopicMethod method, bool has_embedder) {
  if (method != TopicMethod::text_tiling || has_embedder) return;
  throw core::Error(core::ErrorCode::invalid_input,
                    "TOPIC_METHOD is text_tiling, which compares what lines mean and needs an embedder; name "
                    "its model by EMBEDDER_MODEL.");
}

std::vector<std::size_t> topic_boundaries(const std::vector<Line>& lines, const TopicRequest& request,
                                          const core::Context& context) {
  require_possible(lines.size(), request.count);
  const bool has_embedder = request.tools.embedder != nullptr;
  check_method(request.tools.method, has_embedder);
  if (lines.size() < 2) return {};
  return has_embedder ? by_vectors(lines, request, context) : by_words(lines, request, context);
}

}  // namespace reelwright::language
