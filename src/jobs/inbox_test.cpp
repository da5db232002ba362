#include "jobs/inbox.h"

#include <gtest/gtest.h>

#include <thread>

namespace reelwright::jobs {
namespace {

using namespace std::chrono_literals;

double fraction_of(const std::optional<Inbox::Event>& event) {
  return std::get<ProgressMade>(std::get<FromChild>(event.value())).fraction;
}

TEST(Inbox, EventsComeInOrder) {
  Inbox inbox;
  inbox.put(StageDone{.name = "first"});
  inbox.put(StageDone{.name = "second"});
  inbox.end({.how = ChildEnd::How::done});
  EXPECT_EQ(std::get<StageDone>(std::get<FromChild>(inbox.take(0ms).value())).name, "first");
  EXPECT_EQ(std::get<StageDone>(std::get<FromChild>(inbox.take(0ms).value())).name, "second");
  EXPECT_TRUE(std::holds_alternative<ChildEnd>(inbox.take(0ms).value()));
  EXPECT_FALSE(inbox.take(0ms).has_value());
}

TEST(Inbox, OfProgressOnlyTheLastIsKept) {
  Inbox inbox;
  for (int i = 0; i < 100'000; ++i) inbox.put(ProgressMade{"render", i / 100'000.0});
  inbox.put(StageDone{.name = "render"});
  inbox.put(ProgressMade{"captions", 1});
  EXPECT_EQ(fraction_of(inbox.take(0ms)), 0.99999);
  inbox.take(0ms);
  EXPECT_EQ(fraction_of(inbox.take(0ms)), 1);
}

TEST(Inbox, AFloodIsRefused) {
  Inbox inbox;
  EXPECT_THROW(for (int i = 0; i < 20'000; ++i) inbox.put(core::Warning{}), core::Error);
}

TEST(Inbox, WhoWaitsIsWoken) {
  Inbox inbox;
  std::jthread later([&] { inbox.wake(); });
  EXPECT_FALSE(inbox.take(1h).has_value());
  std::jthread more([&] { inbox.put(ProgressMade{"render", 0.5}); });
  EXPECT_EQ(fraction_of(inbox.take(1h)), 0.5);
}

}  // namespace
}  // namespace reelwright::jobs
