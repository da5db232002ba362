#include "language/batch_embedder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>

#include "core/error.h"
#include "language/clean_text.h"

namespace reelwright::language {

namespace {

constexpr std::size_t most_values = std::size_t{1} << 27;  // 512 MiB

/// What there is to embed: each text once, the shortest first, and who wants it.
struct Work {
  std::vector<std::string> texts;
  std::vector<std::vector<std::size_t>> wanted_by;
};

Work work_of(const std::vector<std::string>& texts) {
  std::map<std::string, std::vector<std::size_t>> each;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::string clean = clean_text(texts[i], BatchEmbedder::longest_text);
    if (!clean.empty()) each[std::move(clean)].push_back(i);
  }
  std::vector<decltype(each)::iterator> order;
  for (auto at = each.begin(); at != each.end(); ++at) order.push_back(at);
  std::ranges::stable_sort(order, {}, [](const auto& at) { return at->first.size(); });
  Work work;
  for (const auto& at : order) {
    work.texts.push_back(at->first);
    work.wanted_by.push_back(std::move(at->second));
  }
  return work;
}

[[noreturn]] void refuse(const TextEmbedder& embedder, std::string_view why) {
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("What {} makes of texts cannot be used: {}. Set EMBEDDER_MODEL to another model.",
                  embedder.name(), why));
}

/// `from` at length 1; all zeros stay so.
void scale(std::span<const float> from, std::span<float> to, const TextEmbedder& embedder) {
  double squares = 0;
  for (const float value : from) squares += static_cast<double>(value) * value;
  if (!std::isfinite(squares)) refuse(embedder, "something in it is no number");
  const double length = squares > 0 ? std::sqrt(squares) : 1;
  std::ranges::transform(from, to.begin(), [&](float value) { return static_cast<float>(value / length); });
}

void make_room(Embeddings& all, std::size_t width, const TextEmbedder& embedder) {
  if (width == 0) refuse(embedder, "its vectors are empty");
  if (all.width == width) return;
  if (all.width != 0) refuse(embedder, fmt::format("vectors of {} and of {} numbers", all.width, width));
  if (width > most_values / all.texts)
    throw core::Error(
        core::ErrorCode::too_large,
        fmt::format("{} texts as vectors of {} numbers are too many at once; at most {} are "
                    "possible. Split the text, or set EMBEDDER_MODEL to one of smaller vectors.",
                    all.texts, width, most_values / width));
  all.width = width;
  all.values.resize(all.texts * width);
}

}  // namespace

Embeddings BatchEmbedder::embed(const std::vector<std::string>& texts, const core::Context& context) {
  context.check();
  Embeddings all{.texts = texts.size()};
  const Work work = work_of(texts);
  const std::size_t at_a_time = std::max<std::size_t>(1, batch_size());
  for (std::size_t first = 0; first < work.texts.size(); first += at_a_time) {
    context.check();
    const std::size_t count = std::min(at_a_time, work.texts.size() - first);
    const Embeddings made = embed_batch(std::span(work.texts).subspan(first, count), context.stop);
    if (made.texts != count || made.values.size() != made.texts * made.width)
      refuse(*this, fmt::format("{} vectors for {} texts", made.texts, count));
    make_room(all, made.width, *this);
    for (std::size_t i = 0; i < count; ++i)
      for (const std::size_t place : work.wanted_by[first + i])
        scale(made[i], std::span(all.values).subspan(place * all.width, all.width), *this);
    context.report(static_cast<double>(first + count) / static_cast<double>(work.texts.size()));
  }
  return all;
}

}  // namespace reelwright::language
