#include "vision/l1_path.h"

#include <Highs.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/error.h"

namespace reelwright::vision {

namespace {

struct Limits {
  std::vector<double> low;
  std::vector<double> high;
};

Limits ordered(std::span<const double> low, std::span<const double> high) {
  Limits limits{{low.begin(), low.end()}, {high.begin(), high.end()}};
  for (std::size_t k = 0; k < limits.low.size(); ++k) {
    if (limits.low[k] > limits.high[k])
      limits.low[k] = limits.high[k] = std::midpoint(limits.low[k], limits.high[k]);
  }
  return limits;
}

/// The linear program, built row by row. Each absolute value |v| is p + n with v = p - n and p, n >= 0.
class Program {
 public:
  explicit Program(int controls) {
    for (int i = 0; i < controls; ++i) column(0, -kHighsInf);
  }

  template <std::size_t size>
  void limit(int first, const std::array<double, size>& factors, double low, double high) {
    lower_.push_back(low);
    upper_.push_back(high);
    append(first, factors);
    starts_.push_back(static_cast<HighsInt>(values_.size()));
  }

  /// Adds weight * |factors . controls - offset| to what is minimised.
  template <std::size_t size>
  void minimise(int first, const std::array<double, size>& factors, double offset, double weight) {
    const int positive = column(weight, 0);
    const int negative = column(weight, 0);
    lower_.push_back(offset);
    upper_.push_back(offset);
    append(first, factors);
    entry(positive, -1);
    entry(negative, 1);
    starts_.push_back(static_cast<HighsInt>(values_.size()));
  }

  std::vector<double> solve(std::size_t controls) const {
    Highs solver;
    solver.setOptionValue("output_flag", false);
    solver.setOptionValue("threads", 1);
    HighsLp program;
    program.num_col_ = static_cast<HighsInt>(costs_.size());
    program.num_row_ = static_cast<HighsInt>(lower_.size());
    program.col_cost_ = costs_;
    program.col_lower_ = column_lower_;
    program.col_upper_.assign(costs_.size(), kHighsInf);
    program.row_lower_ = lower_;
    program.row_upper_ = upper_;
    program.a_matrix_.format_ = MatrixFormat::kRowwise;
    program.a_matrix_.start_ = starts_;
    program.a_matrix_.index_ = indices_;
    program.a_matrix_.value_ = values_;
    if (solver.passModel(std::move(program)) == HighsStatus::kError || solver.run() == HighsStatus::kError ||
        solver.getModelStatus() != HighsModelStatus::kOptimal) {
      throw core::Error(core::ErrorCode::internal, "The camera path could not be solved.",
                        solver.modelStatusToString(solver.getModelStatus()));
    }
    std::vector<double> solution = solver.getSolution().col_value;
    solution.resize(controls);
    return solution;
  }

 private:
  int column(double cost, double lower) {
    costs_.push_back(cost);
    column_lower_.push_back(lower);
    return static_cast<int>(costs_.size()) - 1;
  }

  template <std::size_t size>
  void append(int first, const std::array<double, size>& factors) {
    for (std::size_t i = 0; i < size; ++i) entry(first + static_cast<int>(i), factors[i]);
  }

  void entry(int index, double value) {
    indices_.push_back(index);
    values_.push_back(value);
  }

  std::vector<double> costs_, column_lower_, lower_, upper_, values_;
  std::vector<HighsInt> starts_{0}, indices_;
};

constexpr std::array spline_value{1.0 / 6, 4.0 / 6, 1.0 / 6};
constexpr std::array speed{-1.0, 1.0};
constexpr std::array acceleration{1.0, -2.0, 1.0};
constexpr std::array jerk{-1.0, 3.0, -3.0, 1.0};

template <std::size_t size>
double absolute_sum(std::span<const double> controls, const std::array<double, size>& factors) {
  double sum = 0;
  for (std::size_t i = 0; i + size <= controls.size(); ++i) {
    sum += std::abs(
        std::inner_product(factors.begin(), factors.end(), controls.begin() + static_cast<long>(i), 0.0));
  }
  return sum;
}

}  // namespace

double SplinePath::at(double step) const {
  const double last = static_cast<double>(steps() - 1);
  const double place = std::clamp(step, 0.0, last);
  const auto k = std::min(static_cast<std::size_t>(place), controls_.size() - 4);
  const double u = place - static_cast<double>(k);
  const double v = 1 - u;
  return (v * v * v * controls_[k] + (3 * u * u * u - 6 * u * u + 4) * controls_[k + 1] +
          (3 * v * v * v - 6 * v * v + 4) * controls_[k + 2] + u * u * u * controls_[k + 3]) /
         6;
}

SplinePath l1_path(std::span<const double> low, std::span<const double> high, std::span<const double> target,
                   const PathWeights& weights) {
  const Limits limits = ordered(low, high);
  const std::size_t steps = low.size();
  const std::size_t controls = std::max<std::size_t>(4, steps + 2);
  const double lowest = *std::ranges::max_element(limits.low);
  const double highest = *std::ranges::min_element(limits.high);
  if (lowest <= highest) {
    const double mean = std::accumulate(target.begin(), target.end(), 0.0) / static_cast<double>(steps);
    return SplinePath(std::vector<double>(controls, std::clamp(mean, lowest, highest)));
  }

  const int count = static_cast<int>(controls);
  Program program(count);
  for (int k = 0; k < static_cast<int>(steps); ++k) {
    const auto at = static_cast<std::size_t>(k);
    program.limit(k, spline_value, limits.low[at], limits.high[at]);
    program.minimise(k, spline_value, target[at], weights.off_target);
  }
  for (int k = 0; k + 2 <= count; ++k) program.minimise(k, speed, 0, weights.speed);
  for (int k = 0; k + 3 <= count; ++k) program.minimise(k, acceleration, 0, weights.acceleration);
  for (int k = 0; k + 4 <= count; ++k) program.minimise(k, jerk, 0, weights.jerk);
  return SplinePath(program.solve(controls));
}

double path_cost(std::span<const double> controls, const PathWeights& weights) {
  return weights.speed * absolute_sum(controls, speed) +
         weights.acceleration * absolute_sum(controls, acceleration) +
         weights.jerk * absolute_sum(controls, jerk);
}

}  // namespace reelwright::vision
