#include "server/byte_range.h"

#include <gtest/gtest.h>

namespace reelwright::server {
namespace {

struct Case {
  const char* header;
  std::uint64_t size;
  RangeResult result;
  ByteRange range;
};

TEST(ByteRange, IsWhatRfc9110SaysOfIt) {
  using enum RangeResult;
  for (const Case& c : {Case{"bytes=0-", 10, part, {0, 10}},
                        {"bytes=2-5", 10, part, {2, 4}},
                        {"bytes=9-9", 10, part, {9, 1}},
                        {"bytes=2-500", 10, part, {2, 8}},
                        {"bytes=-3", 10, part, {7, 3}},
                        {"bytes=-30", 10, part, {0, 10}},
                        {"bytes=5-99999999999999999999999", 10, part, {5, 5}},
                        {"bytes=10-", 10, unsatisfiable, {}},
                        {"bytes=99999999999999999999999-", 10, unsatisfiable, {}},
                        {"bytes=-0", 10, unsatisfiable, {}},
                        {"bytes=0-", 0, unsatisfiable, {}},
                        {"bytes=5-2", 10, whole, {0, 10}},
                        {"bytes=1-x", 10, whole, {0, 10}},
                        {"bytes=-", 10, whole, {0, 10}},
                        {"bytes=0-1,3-4", 10, whole, {0, 10}},
                        {"lines=0-1", 10, whole, {0, 10}},
                        {"", 10, whole, {0, 10}}}) {
    ByteRange range;
    EXPECT_EQ(parse_range(c.header, c.size, range), c.result) << c.header;
    if (c.result != unsatisfiable) {
      EXPECT_EQ(range, c.range) << c.header;
    }
  }
}

}  // namespace
}  // namespace reelwright::server
