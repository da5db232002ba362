#include "clips/signals.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "clips/signals_opening.h"
#include "clips/signals_sound.h"
#include "language/phrases.h"

namespace reelwright::clips {

namespace {

using core::to_seconds;

enum Index : std::size_t {
  starts_topic,
  alone,
  hooks,
  complete,
  one_topic,
  dense,
  focused,
  energy,
  falls,
  length,
  fluent,
  confidence
};

constexpr double long_pause = 1.0;      // seconds; the next thing said is a new one
constexpr double usual_silence = 0.15;  // share of fluent speech
constexpr double too_much_silence = 0.5;
constexpr double dead_air = 3.0;          // seconds
constexpr double final_part = 0.6;        // seconds in which the voice falls
constexpr double full_fall = 6.0;         // dB
constexpr double length_tolerance = 0.7;  // in natural-log units of the duration
constexpr double opening_share = 0.7;     // of the first sentence in the hook; the rest is the second's

double unit(double value) { return std::clamp(value, 0.0, 1.0); }

/// What is summed over sentences [0, i), so that a run's sum is one subtraction.
struct Sums {
  std::vector<double> content{0}, spoken{0}, probability{0}, words{0};

  explicit Sums(const Talk& talk, const language::Salience& salience) {
    for (std::size_t i = 0; i < talk.sentences.size(); ++i) {
      const auto& sentence = talk.sentences[i];
      double said = 0;
      double sure = 0;
      for (auto w = sentence.first_word; w < sentence.end_word; ++w) {
        said += to_seconds(talk.words[w].end - talk.words[w].start);
        sure += talk.words[w].timing == transcript::Timing::interpolated ? 0 : talk.words[w].probability;
      }
      const auto terms =
          std::ranges::count_if(salience.terms(i), [](const auto& term) { return !term.stem.empty(); });
      content.push_back(content.back() + static_cast<double>(terms));
      spoken.push_back(spoken.back() + said);
      probability.push_back(probability.back() + sure);
      words.push_back(words.back() + static_cast<double>(sentence.end_word - sentence.first_word));
    }
  }

  static double over(const std::vector<double>& sums, const Candidate& c) {
    return sums[c.end] - sums[c.first];
  }
};

class Meter {
 public:
  Meter(const Talk& talk, const language::Salience& salience, const media::Envelope& sound, core::Time ideal)
      : talk_(talk), salience_(salience), loudness_(sound), sums_(talk, salience), ideal_(to_seconds(ideal)) {
    std::unordered_map<std::string, double> counts;
    double total = 0;
    for (std::size_t i = 0; i < talk.sentences.size(); ++i) {
      alone_.push_back(clips::stands_alone(talk.sentences[i], salience.terms(i)));
      hook_.push_back(clips::hook(talk.sentences[i], salience.terms(i)));
      for (const auto& term : salience.terms(i)) {
        if (!term.stem.empty()) ++counts[term.stem], ++total;
      }
    }
    for (const auto& [stem, count] : counts) talk_rate_[stem] = std::log(count / total);
    types_ = static_cast<double>(counts.size());
  }

  /// Candidates of one start come with ascending ends; the words seen so far are kept from one to the next.
  SignalValues measure(const Candidate& c) {
    SignalValues values{};
    read_words(c);
    values[starts_topic] = start_value(c.first);
    values[alone] = alone_[c.first] * clean_start(c.first);
    values[hooks] = hook_value(c);
    values[complete] = complete_value(c.end);
    values[one_topic] = one_topic_value(c);
    values[dense] = content_ / std::max(1.0, to_seconds(c.span.duration())) * std::sqrt(variety());
    values[focused] = content_ > 0 ? gain_ / content_ : 0;
    values[energy] = energy_value(c);
    values[falls] = fall_value(c);
    const double stretch = std::log(to_seconds(c.span.duration()) / ideal_) / length_tolerance;
    values[length] = std::exp(-stretch * stretch);
    values[fluent] = fluent_value(c);
    values[confidence] = unit(Sums::over(sums_.probability, c) / Sums::over(sums_.words, c));
    return values;
  }

  bool hears() const { return loudness_.known(); }

 private:
  double pause_before(std::size_t i) const {
    return i == 0 ? dead_air : to_seconds(talk_.sentences[i].span.start - talk_.sentences[i - 1].span.end);
  }

  bool topic_begins(std::size_t i) const {
    return i == 0 || i == talk_.sentences.size() || talk_.topic_of[i] != talk_.topic_of[i - 1];
  }

  double start_value(std::size_t i) const {
    if (topic_begins(i)) return 1;
    const bool new_speaker = talk_.sentences[i].speaker != talk_.sentences[i - 1].speaker;
    return std::max(new_speaker ? 0.4 : 0.0, 0.4 * unit(pause_before(i) / long_pause));
  }

  double hook_value(const Candidate& c) const {
    const double second = c.first + 1 < c.end ? hook_[c.first + 1] : 0;
    return unit(opening_share * hook_[c.first] + (1 - opening_share) * second);
  }

  double complete_value(std::size_t end) const {
    const bool last = end == talk_.sentences.size();
    const double pause = unit((last ? dead_air : pause_before(end)) / long_pause);
    double value = talk_.sentences[end - 1].closed ? 0.4 : 0.4 * pause;
    if (topic_begins(end)) {
      value += 0.4;
    } else if (!language::leans_on_context(talk_.words[talk_.sentences[end].first_word].text)) {
      value += 0.15;
    }
    value += 0.2 * pause;
    if (is_cut_off(end - 1)) return 0.3 * value;
    const bool says_little = sums_.content[end] - sums_.content[end - 1] < 2;
    return unit(says_little && pause < 0.5 ? 0.5 * value : value);
  }

  /// "This is a.": recognisers put full stops where a speaker only hesitated.
  bool is_cut_off(std::size_t i) const {
    return language::is_dangling_end(talk_.words[talk_.sentences[i].end_word - 1].text);
  }

  /// How much of a sentence's standing alone is left where the one before may go on into it.
  double clean_start(std::size_t i) const {
    if (i == 0 || pause_before(i) >= long_pause) return 1;
    if (is_cut_off(i - 1)) return 0.5;
    return talk_.sentences[i - 1].closed ? 1 : 0.6 + 0.4 * unit(pause_before(i) / long_pause);
  }

  double one_topic_value(const Candidate& c) const {
    double longest = 0;
    double total = 0;
    double run = 0;
    for (auto i = c.first; i < c.end; ++i) {
      if (i > c.first && topic_begins(i)) run = 0;
      const double seconds = to_seconds(talk_.sentences[i].span.duration());
      run += seconds;
      total += seconds;
      longest = std::max(longest, run);
    }
    return total > 0 ? unit(longest / total) : 1;
  }

  double energy_value(const Candidate& c) const {
    const auto level = loudness_.level(c.span);
    return level.mean + level.deviation;
  }

  double fall_value(const Candidate& c) const {
    const auto said_until = talk_.sentences[c.end - 1].span.end;
    const double pause = c.end == talk_.sentences.size() ? dead_air : pause_before(c.end);
    const double after = 0.5 * unit(pause / (long_pause / 2));
    if (!hears()) return 0.25 + after;
    const double whole = loudness_.level(c.span).mean;
    const double close = loudness_.level({said_until - core::from_seconds(final_part), said_until}).mean;
    return 0.5 * unit((whole - close) / full_fall) + after;
  }

  double fluent_value(const Candidate& c) const {
    const double seconds = std::max(0.1, to_seconds(c.span.duration()));
    const double silent = 1 - unit(Sums::over(sums_.spoken, c) / seconds);
    const double value = 1 - unit((silent - usual_silence) / (too_much_silence - usual_silence));
    return longest_pause_ > dead_air ? 0.5 * value : value;
  }

  double variety() const { return content_ > 0 ? static_cast<double>(seen_.size()) / content_ : 0; }

  /// Adds the words between the last candidate's end and this one's, or starts anew.
  void read_words(const Candidate& c) {
    if (c.first != read_first_ || read_end_ > c.end || read_end_ == 0) {
      seen_.clear();
      gain_ = content_ = longest_pause_ = 0;
      read_first_ = read_end_ = c.first;
    }
    for (; read_end_ < c.end; ++read_end_) {
      if (read_end_ > c.first) longest_pause_ = std::max(longest_pause_, pause_before(read_end_));
      for (const auto& term : salience_.terms(read_end_)) {
        if (!term.stem.empty()) read_stem(term.stem);
      }
    }
  }

  /// The gain of a word, in nats: its probability given the clip so far against its share of the talk.
  void read_stem(const std::string& stem) {
    auto& count = seen_[stem];
    const double rate = talk_rate_.at(stem);
    const double own = (count + types_ * std::exp(rate)) / (content_ + types_);
    gain_ += std::log(own) - rate;
    ++count;
    ++content_;
  }

  const Talk& talk_;
  const language::Salience& salience_;
  Loudness loudness_;
  Sums sums_;
  double ideal_;
  std::vector<double> alone_;
  std::vector<double> hook_;
  std::unordered_map<std::string, double> talk_rate_;  // log share of each stem in the talk
  double types_ = 0;

  std::unordered_map<std::string, double> seen_;
  double gain_ = 0;
  double content_ = 0;
  double longest_pause_ = 0;
  std::size_t read_first_ = 0;
  std::size_t read_end_ = 0;
};

/// Replaces a signal's raw values by their ranks, 0 (lowest) to 1; equals share the middle of their ranks.
void rank(std::vector<SignalValues>& all, std::size_t signal) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), 0UZ);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return all[i][signal]; });
  std::vector<double> ranks(all.size(), 0.5);
  const double last = std::max(1.0, static_cast<double>(all.size()) - 1);
  for (std::size_t begin = 0; begin < order.size();) {
    auto end = begin + 1;
    while (end < order.size() && all[order[end]][signal] == all[order[begin]][signal]) ++end;
    for (auto i = begin; i < end; ++i)
      ranks[order[i]] = all.size() > 1 ? static_cast<double>(begin + end - 1) / 2 / last : 0.5;
    begin = end;
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i][signal] = ranks[i];
}

}  // namespace

std::vector<SignalValues> measure_signals(const Talk& talk, const std::vector<Candidate>& candidates,
                                          const language::Salience& salience, const media::Envelope& sound,
                                          core::Time ideal, const core::Context& context) {
  Meter meter(talk, salience, sound, ideal);
  std::vector<SignalValues> all;
  all.reserve(candidates.size());
  for (const auto& candidate : candidates) {
    context.check();
    all.push_back(meter.measure(candidate));
  }
  for (const auto signal : {dense, focused, energy}) rank(all, signal);
  return all;
}

double score_of(const SignalValues& values) {
  double sum = 0;
  for (std::size_t i = 0; i < signal_count; ++i) sum += values[i] * signal_kinds[i].weight;
  return sum;
}

}  // namespace reelwright::clips
