#include "core/context.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelwright::core {
namespace {

TEST(Context, LetsWorkGoOnUntilAStopIsAskedFor) {
  std::stop_source stop;
  const Context context{.stop = stop.get_token(), .progress = {}};
  EXPECT_NO_THROW(context.check());
  stop.request_stop();
  try {
    context.check();
    FAIL() << "went on after the stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
    EXPECT_STREQ(error.what(), "Stopped.") << "what to do now is for the one who was asked to stop";
  }
}

TEST(Context, NobodyNeedsToListen) {
  const Context context;
  EXPECT_NO_THROW(context.check());
  EXPECT_NO_THROW(context.report(0.5));
  EXPECT_NO_THROW(context.part(0.2, 0.4).report(0.5));
  EXPECT_GE(context.threads, 1U);
}

TEST(Context, APartFillsItsShareOfTheWhole) {
  std::vector<double> seen;
  const Context whole{.stop = {}, .progress = [&](double share) { seen.push_back(share); }, .threads = 3};
  const Context half = whole.part(0.5, 1);
  half.report(0);
  half.report(0.5);
  half.part(0.5, 1).report(0.5);  // parts of parts
  half.report(1);
  EXPECT_EQ(seen, (std::vector<double>{0.5, 0.75, 0.875, 1}));
  EXPECT_EQ(half.threads, 3U);
}

TEST(Context, APartStopsWithTheWhole) {
  std::stop_source stop;
  const Context part = Context{.stop = stop.get_token(), .progress = {}}.part(0, 1);
  stop.request_stop();
  EXPECT_THROW(part.check(), Error);
}

TEST(Context, ASilentOneStillStops) {
  std::stop_source stop;
  int reports = 0;
  const Context loud{.stop = stop.get_token(), .progress = [&](double) { ++reports; }, .threads = 7};
  const Context silent = loud.silent();
  silent.report(1);
  EXPECT_EQ(reports, 0);
  EXPECT_EQ(silent.threads, 7U);
  stop.request_stop();
  EXPECT_THROW(silent.check(), Error);
}

}  // namespace
}  // namespace reelwright::core
