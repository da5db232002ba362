#include "net/http_date.h"

#include <gtest/gtest.h>

namespace reelwright::net {
namespace {

TEST(HttpDate, IsReadInItsThreeForms) {
  const core::Moment expected{std::chrono::seconds(784111777)};
  for (const char* text :
       {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    EXPECT_EQ(http_date(text), expected) << text;
}

TEST(HttpDate, WhatIsNoneIsNone) {
  for (const char* text : {"", "soon", "Sun, 32 Nov 1994 08:49:37 GMT", "Mon, 06"})
    EXPECT_FALSE(http_date(text)) << text;
}

}  // namespace
}  // namespace reelwright::net
