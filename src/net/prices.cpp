#include "net/prices.h"

#include <algorithm>
#include <cmath>

#include "core/files.h"
#include "core/json.h"
#include "core/text.h"

namespace reelwright::net {

// Named like all else of this room: what glaze reads needs linkage.
struct PriceJson {
  std::string host, model;
  std::optional<double> million_tokens_in, million_tokens_out, minute;
};

struct PricesJson {
  std::string as_of;
  std::vector<PriceJson> prices;
};

namespace {

constexpr std::uintmax_t largest_file = 1 << 20;

// GCC and Clang know #embed in every standard, and say that it is not yet part of C++23.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wc++26-extensions"
#pragma GCC diagnostic ignored "-Wc23-extensions"
constexpr char embedded[] = {
#embed "prices.json"
};
#pragma GCC diagnostic pop

std::vector<Price> read(std::string_view json, const std::string& place) {
  PricesJson list;
  constexpr glz::opts strict{.error_on_unknown_keys = true, .error_on_missing_keys = true};
  const std::string text(json);
  const auto refuse = [&](const std::string& why, const std::string& details = {}) {
    throw core::Error(core::ErrorCode::invalid_input, fmt::format("{} is no list of prices: {}.", place, why),
                      details);
  };
  if (const auto error = glz::read<strict>(list, text))
    refuse("it must be as docs/language_models.md shows", glz::format_error(error, text));
  std::vector<Price> prices;
  for (const PriceJson& told : list.prices) {
    if (!told.million_tokens_in && !told.million_tokens_out && !told.minute)
      refuse(fmt::format("it does not name a price of {}", core::printable(told.model, 100)));
    const Price price{.host = told.host,
                      .model = told.model,
                      .million_tokens_in = told.million_tokens_in.value_or(0),
                      .million_tokens_out = told.million_tokens_out.value_or(0),
                      .minute = told.minute.value_or(0)};
    if (!(price.million_tokens_in >= 0) || !(price.million_tokens_out >= 0) || !(price.minute >= 0))
      refuse(fmt::format("the prices of {} must be 0 or more", core::printable(price.model, 100)));
    prices.push_back(price);
  }
  return prices;
}

bool is_version_of(std::string_view model, std::string_view name) {
  return model == name || (model.starts_with(name) && model.substr(name.size()).starts_with("-20"));
}

}  // namespace

double Price::of(std::int64_t tokens_in, std::int64_t tokens_out, double seconds) const {
  constexpr double million = 1e6;
  return (static_cast<double>(tokens_in) * million_tokens_in +
          static_cast<double>(tokens_out) * million_tokens_out) /
             million +
         seconds / 60 * minute;
}

Prices Prices::load(const std::filesystem::path& file) {
  Prices prices;
  if (!file.empty()) prices.prices_ = read(core::read_file(file, largest_file), file.string());
  for (Price& price : read({embedded, sizeof embedded}, "the program's own list"))
    prices.prices_.push_back(std::move(price));
  return prices;
}

const Price* Prices::find(std::string_view host, std::string_view model) const {
  const auto found = std::ranges::find_if(prices_, [&](const Price& price) {
    return (price.host == "*" || price.host == host) && is_version_of(model, price.model);
  });
  return found == prices_.end() ? nullptr : &*found;
}

}  // namespace reelwright::net
