#include "core/ids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <vector>

namespace reelwright::core {
namespace {

TEST(Ids, AreUuidsOfVersion7) {
  const std::string id = make_uuid();
  EXPECT_TRUE(is_uuid(id)) << id;
  EXPECT_EQ(id[14], '7');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos) << id;
}

TEST(Ids, BeginWithTheMillisecondTheyWereMadeIn) {
  const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const std::string id = make_uuid();
  const std::chrono::milliseconds since_1970(std::stoll(id.substr(0, 8) + id.substr(9, 4), nullptr, 16));
  const std::chrono::sys_time<std::chrono::milliseconds> made(since_1970);
  EXPECT_GE(made, before);
  EXPECT_LE(made, std::chrono::system_clock::now() + std::chrono::seconds(10));
}

TEST(Ids, SortByTheOrderTheyWereMadeIn) {
  std::vector<std::string> ids;
  for (int i = 0; i < 20'000; ++i) ids.push_back(make_uuid());
  EXPECT_TRUE(std::ranges::is_sorted(ids));
}

TEST(Ids, DifferThoughThreadsMakeThemAtOnce) {
  constexpr std::size_t each = 5'000;
  std::vector<std::vector<std::string>> made(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : made)
      threads.emplace_back([&mine] {
        for (std::size_t i = 0; i < each; ++i) mine.push_back(make_uuid());
      });
  }
  std::set<std::string> all;
  for (const auto& mine : made) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), made.size() * each);
}

TEST(Ids, OtherTextsAreNone) {
  for (const char* text : {"", "x", "../../etc/passwd", "0190163D-8694-7391-8f3a-4f5b6c7d8e9f",
                           "0190163d-8694-7391-8f3a-4f5b6c7d8e9f0", "0190163d086940739108f3a04f5b6c7d8e9f"})
    EXPECT_FALSE(is_uuid(text)) << text;
}

TEST(Ids, AUuidTellsWhenItWasMade) {
  const Moment before = now();
  const std::optional<Moment> made = uuid_moment(make_uuid());
  ASSERT_TRUE(made);
  // To the millisecond, and a little ahead where many are made at once.
  EXPECT_GE(*made, before - std::chrono::milliseconds(1));
  EXPECT_LE(*made, now() + std::chrono::seconds(1));
  EXPECT_EQ(uuid_moment("01900000-0000-7000-8000-000000000000"),
            Moment(std::chrono::milliseconds(0x019000000000)));
  EXPECT_FALSE(uuid_moment("01900000-0000-4000-8000-000000000000"));
  EXPECT_FALSE(uuid_moment("no uuid"));
}

}  // namespace
}  // namespace reelwright::core
