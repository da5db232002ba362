#include "storage/keys.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::storage {
namespace {

using core::Error;

constexpr const char* id = "0198c0de-0000-7000-8000-000000000001";

TEST(Keys, TheLayoutIsTheBlueprints) {
  EXPECT_EQ(upload_key(id, "mp4"), "uploads/0198c0de-0000-7000-8000-000000000001.mp4");
  EXPECT_EQ(transcript_key(id), "uploads/0198c0de-0000-7000-8000-000000000001.transcript");
  EXPECT_EQ(workspace_prefix("a"), "processing/a/");
  EXPECT_EQ(results_prefix("results/clips", "a"), "results/clips/a/");
  EXPECT_EQ(result_key("results/clips", "a", "clip_01_my talk.mp4"), "results/clips/a/clip_01_my talk.mp4");
  EXPECT_EQ(incoming_folder("/data"), "/data/incoming");
}

TEST(Keys, AnIdentityBringsNoPathOfItsOwn) {
  for (const char* bad : {"", "..", "a/b", "../etc", "a.b", "a b", "a\n", "%2e%2e"}) {
    EXPECT_THROW(upload_key(bad, "mp4"), Error) << bad;
    EXPECT_THROW(upload_key(id, bad), Error) << bad;
    EXPECT_THROW(workspace_prefix(bad), Error) << bad;
    EXPECT_THROW(results_prefix("results/clips", bad), Error) << bad;
  }
  EXPECT_THROW(workspace_prefix(std::string(65, 'a')), Error);
}

TEST(Keys, ANameIsOneFileOfTheFolder) {
  for (const char* good : {"clip_01.mp4", "a", "two words.srt", "\xC3\xA4\xE6\xBC\xA2.mp4", "a..b", "~"})
    EXPECT_TRUE(is_name(good)) << good;
  EXPECT_TRUE(is_name(std::string(255, 'a')));
  for (const char* bad : {"", ".", "..", ".hidden", "a/b", "/a", "a\\b", "a\nb", "a\x7F", "a\xC2\x85",
                          "\xFF\xFE", "gpj.\u202Eexe"})
    EXPECT_FALSE(is_name(bad)) << bad;
  EXPECT_FALSE(is_name(std::string(256, 'a')));
  EXPECT_FALSE(is_name(std::string_view("a\0b", 3)));
}

TEST(Keys, AKeyIsNamesWithSlashesBetween) {
  for (const char* good : {"a", "uploads/a.mp4", "results/clips/a/b.mp4"})
    EXPECT_NO_THROW(check_key(good)) << good;
  for (const char* bad :
       {"", "/", "/a", "a/", "a//b", "a/../b", "..", "a/./b", "a/.b", "a\\..\\b", "a/b\r\nX: y"})
    EXPECT_THROW(check_key(bad), Error) << bad;
  EXPECT_NO_THROW(check_key(std::string(250, 'a') + '/' + std::string(250, 'b')));
  EXPECT_THROW(check_key(std::string(250, 'a') + '/' + std::string(250, 'b') + '/' + std::string(11, 'c')),
               Error);
}

TEST(Keys, APrefixIsAFolder) {
  for (const char* good : {"", "uploads/", "results/clips/"}) EXPECT_NO_THROW(check_prefix(good)) << good;
  for (const char* bad : {"/", "uploads", "uploads//", "../", "uploads/../", "//"})
    EXPECT_THROW(check_prefix(bad), Error) << bad;
}

TEST(Keys, AResultsNameIsChecked) {
  EXPECT_THROW(result_key("results/clips", "a", "../b"), Error);
  EXPECT_THROW(result_key("results/clips", "a", ""), Error);
  EXPECT_THROW(result_key("../etc", "a", "b"), Error);
}

}  // namespace
}  // namespace reelwright::storage
