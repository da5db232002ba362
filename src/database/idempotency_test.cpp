#include "database/idempotency.h"

#include <atomic>
#include <thread>

#include "database/test_database.h"

namespace reelwright::database {
namespace {

using State = IdempotentRequest::State;

class IdempotencyTest : public DatabaseTest {
 protected:
  State reserve(const std::string& owner, Moment now = start) {
    return table.reserve("ada", "key", "print", owner, now).state;
  }

  bool finish(const std::string& owner, Moment now = start) {
    return table.finish("ada", "key", owner, "final", "job", "{}", now);
  }

  IdempotencyTable table{database};
};

TEST_F(IdempotencyTest, TheSecondOneIsToldOfTheFirst) {
  EXPECT_EQ(reserve("a"), State::reserved);
  EXPECT_EQ(reserve("b"), State::in_progress);
  EXPECT_EQ(table.find("ada", "key", start)->fingerprint, "print");
  EXPECT_TRUE(finish("a"));
  const IdempotentRequest again = table.reserve("ada", "key", "print", "b", start + 1s);
  EXPECT_EQ(again.state, State::finished);
  EXPECT_EQ(again.fingerprint, "final");
  EXPECT_EQ(again.processing_id, "job");
  EXPECT_EQ(again.response, "{}");
}

TEST_F(IdempotencyTest, KeysBelongToUsers) {
  EXPECT_EQ(reserve("a"), State::reserved);
  EXPECT_EQ(table.reserve("eve", "key", "print", "b", start).state, State::reserved);
  EXPECT_FALSE(table.find("bob", "key", start).has_value());
}

TEST_F(IdempotencyTest, OfManyAtOnceOneGetsIt) {
  std::atomic<int> reserved = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&, i] {
        if (reserve(std::to_string(i)) == State::reserved) ++reserved;
      });
  }
  EXPECT_EQ(reserved, 1);
}

TEST_F(IdempotencyTest, AFailedRequestMayBeSentAgain) {
  EXPECT_EQ(reserve("a"), State::reserved);
  table.release("ada", "key", "b");
  EXPECT_EQ(reserve("b"), State::in_progress) << "it is not b's to release";
  table.release("ada", "key", "a");
  EXPECT_EQ(reserve("b"), State::reserved);
}

TEST_F(IdempotencyTest, ADeadOwnersReservationCountsForAMinute) {
  EXPECT_EQ(reserve("a"), State::reserved);
  EXPECT_EQ(reserve("b", start + 59s), State::in_progress);
  table.renew("a", start + 50s);
  EXPECT_EQ(reserve("b", start + 100s), State::in_progress);
  EXPECT_EQ(reserve("b", start + 110s), State::reserved);
  EXPECT_FALSE(finish("a", start + 111s)) << "it is b's now";
  EXPECT_TRUE(finish("b", start + 112s));
}

TEST_F(IdempotencyTest, NoReservationOutlivesAnHour) {
  EXPECT_EQ(reserve("a"), State::reserved);
  table.renew("a", start + 1h);
  EXPECT_EQ(reserve("b", start + 1h), State::reserved);
}

TEST_F(IdempotencyTest, AnAnswerStandsForADay) {
  EXPECT_EQ(reserve("a"), State::reserved);
  EXPECT_TRUE(finish("a"));
  table.release("ada", "key", "a");
  EXPECT_TRUE(table.find("ada", "key", start + 23h).has_value());
  EXPECT_FALSE(table.find("ada", "key", start + 24h).has_value());
  EXPECT_EQ(table.clean(start + 23h), 0);
  EXPECT_EQ(table.clean(start + 24h), 1);
}

}  // namespace
}  // namespace reelwright::database
