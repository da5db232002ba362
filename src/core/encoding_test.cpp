#include "core/encoding.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace reelwright::core {
namespace {

TEST(Encoding, HasTheVectorsOfTheStandard) {
  const std::vector<std::pair<std::string, std::string>> vectors = {
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Encoding, ForUrlsHasNothingToEscape) {
  const std::string bytes("\xfb\xff\xfe\x00", 4);
  EXPECT_EQ(base64(bytes), "+//+AA==");
  EXPECT_EQ(base64url(bytes), "-__-AA");
  EXPECT_EQ(from_base64url("-__-AA"), bytes);
}

TEST(Encoding, ComesBackWhateverTheBytes) {
  for (std::size_t count = 0; count < 70; ++count) {
    const std::string bytes = random_bytes(count);
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
    EXPECT_EQ(from_base64url(base64url(bytes)), bytes);
  }
}

TEST(Encoding, EverythingElseIsRefused) {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "====", "=Zg=", "Z", "Zm9v Yg=", "Zm9v\n", "Zh==", "Zm9-", "Zg==Zg=="})
    EXPECT_FALSE(from_base64(text).has_value()) << text;
  for (const char* text : {"Zg==", "Z", "Zh", "Zm9+", "Zm9v Yg"})
    EXPECT_FALSE(from_base64url(text).has_value()) << text;
}

TEST(Encoding, RandomBytesAreNoneTwice) {
  EXPECT_EQ(random_bytes(1000).size(), 1000U);
  EXPECT_NE(random_bytes(32), random_bytes(32));
  EXPECT_TRUE(random_bytes(0).empty());
}

}  // namespace
}  // namespace reelwright::core
