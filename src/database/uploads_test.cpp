#include "database/uploads.h"

#include "database/test_database.h"

namespace reelwright::database {
namespace {

class UploadTest : public DatabaseTest {
 protected:
  UploadTest() { uploads.insert(upload); }

  UploadTable uploads{database};
  const Upload upload{.id = "one",
                      .user_id = "ada",
                      .length = 5'000'000'000,
                      .metadata = "filename dGFsay5tcDQ=",
                      .request_id = "request",
                      .created_at = start,
                      .expires_at = start + 24h};
};

TEST_F(UploadTest, IsKeptAsItCame) {
  EXPECT_EQ(uploads.find("one"), upload);
  EXPECT_FALSE(uploads.find("two").has_value());
  EXPECT_EQ(refused([&] { uploads.insert(upload); }), core::ErrorCode::conflict);
}

TEST_F(UploadTest, GoesOnOnlyWhereItStopped) {
  EXPECT_TRUE(uploads.advance("one", 0, 4'000'000'000, start + 48h));
  EXPECT_FALSE(uploads.advance("one", 0, 10, start + 99h));
  EXPECT_FALSE(uploads.advance("two", 0, 10, start));
  EXPECT_EQ(uploads.find("one")->received, 4'000'000'000);
  EXPECT_EQ(uploads.find("one")->expires_at, start + 48h);
  EXPECT_TRUE(uploads.correct("one", 17));
  EXPECT_EQ(uploads.find("one")->received, 17);
}

TEST_F(UploadTest, ADeferredLengthIsSaidOnce) {
  EXPECT_FALSE(uploads.set_length("one", 10));
  Upload deferred = upload;
  deferred.id = "two";
  deferred.length.reset();
  deferred.received = 100;
  uploads.insert(deferred);
  EXPECT_FALSE(uploads.set_length("two", 99)) << "more has come already";
  EXPECT_TRUE(uploads.set_length("two", 100));
  EXPECT_FALSE(uploads.set_length("two", 200));
  EXPECT_EQ(uploads.find("two")->length, 100);
}

TEST_F(UploadTest, StartsOneJob) {
  EXPECT_TRUE(uploads.finish("one", "job"));
  EXPECT_FALSE(uploads.finish("one", "other"));
  EXPECT_EQ(uploads.find("one")->processing_id, "job");
}

TEST_F(UploadTest, IsOverWhenItsTimeIs) {
  Upload later = upload;
  later.id = "two";
  later.expires_at = start + 25h;
  uploads.insert(later);
  EXPECT_TRUE(uploads.expired(start + 23h).empty());
  EXPECT_EQ(uploads.expired(start + 24h).at(0).id, "one");
  EXPECT_EQ(uploads.expired(start + 25h).size(), 2U);
  EXPECT_EQ(uploads.expired(start + 25h, 1).size(), 1U);
  EXPECT_TRUE(uploads.remove("one"));
  EXPECT_FALSE(uploads.remove("one"));
}

}  // namespace
}  // namespace reelwright::database
