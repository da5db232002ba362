#include "core/error.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace reelwright::core {
namespace {

struct Row {
  ErrorCode code;
  std::string_view name;
  int exit_code;
};

// Scripts and the service's clients rely on these: a change here breaks them.
constexpr std::array rows{
    Row{ErrorCode::invalid_input, "invalid_input", 2},
    Row{ErrorCode::unauthorised, "unauthorised", 8},
    Row{ErrorCode::forbidden, "forbidden", 8},
    Row{ErrorCode::not_found, "not_found", 3},
    Row{ErrorCode::conflict, "conflict", 5},
    Row{ErrorCode::too_large, "too_large", 6},
    Row{ErrorCode::unsupported_media, "unsupported_media", 4},
    Row{ErrorCode::rate_limited, "rate_limited", 9},
    Row{ErrorCode::over_budget, "over_budget", 9},
    Row{ErrorCode::unavailable, "unavailable", 9},
    Row{ErrorCode::timeout, "timeout", 9},
    Row{ErrorCode::storage_full, "storage_full", 7},
    Row{ErrorCode::cancelled, "cancelled", 130},
    Row{ErrorCode::internal, "internal", 1},
};

TEST(ErrorCode, NamesAndExitCodesAreStable) {
  for (const Row& row : rows) {
    EXPECT_EQ(name(row.code), row.name);
    EXPECT_EQ(exit_code(row.code), row.exit_code) << row.name;
  }
}

TEST(ErrorCode, NoNameStandsForTwo) {
  std::set<std::string_view> names;
  for (const Row& row : rows) names.insert(name(row.code));
  EXPECT_EQ(names.size(), rows.size());
  EXPECT_EQ(static_cast<std::size_t>(ErrorCode::internal) + 1, rows.size()) << "a code is missing above";
}

TEST(Error, KeepsTheUsersSentenceApartFromTheLogs) {
  const Error error(ErrorCode::timeout, "It took too long; try again.", "poll: 110");
  EXPECT_EQ(error.code(), ErrorCode::timeout);
  EXPECT_STREQ(error.what(), "It took too long; try again.");
  EXPECT_EQ(error.details(), "poll: 110");
}

}  // namespace
}  // namespace reelwright::core
