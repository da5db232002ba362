#include "server/router.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::server {
namespace {

Route route(Method method, const char* pattern) {
  return {.method = method, .pattern = pattern, .docs = {}, .handler = Handler([](Request&) {
                                                              return no_content();
                                                            })};
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    router.add(route(Method::get, "/api/jobs"));
    router.add(route(Method::get, "/api/jobs/{processing_id}/clips/{n}"));
    router.add(route(Method::remove, "/api/jobs/{processing_id}"));
    router.add(route(Method::get, "/api/jobs/{processing_id}"));
  }

  /// The pattern of the route found.
  std::string find(Method method, std::string path) {
    request = {};
    request.method = method;
    request.path = std::move(path);
    const Route* found = router.find(request);
    return found ? std::string(name(found->method)) + " " + found->pattern : "";
  }

  Router router;
  Request request;
};

TEST_F(RouterTest, FindsByMethodAndPath) {
  EXPECT_EQ(find(Method::get, "/api/jobs"), "GET /api/jobs");
  EXPECT_EQ(find(Method::remove, "/api/jobs/x"), "DELETE /api/jobs/{processing_id}");
  EXPECT_EQ(find(Method::get, "/api/jobs/x/clips/2"), "GET /api/jobs/{processing_id}/clips/{n}");
  EXPECT_EQ(request.path_value("processing_id"), "x");
  EXPECT_EQ(request.path_value("n"), "2");
  EXPECT_THROW(request.path_value("filename"), core::Error);
}

TEST_F(RouterTest, AHeadIsAGet) { EXPECT_EQ(find(Method::head, "/api/jobs"), "GET /api/jobs"); }

TEST_F(RouterTest, WhatIsNotThereIsNotFound) {
  for (const char* path :
       {"/", "/api", "/api/jobs/", "/api/jobs/x/clips", "/api/jobs/x/clips/2/", "//api/jobs", "/API/jobs"})
    EXPECT_EQ(find(Method::get, path), "") << path;
  EXPECT_EQ(find(Method::post, "/api/jobs"), "");
}

TEST_F(RouterTest, TellsWhichMethodsAPathHas) {
  EXPECT_EQ(router.allowed("/api/jobs/x"), "DELETE, GET, HEAD");
  EXPECT_EQ(router.allowed("/api/nothing"), "");
}

TEST_F(RouterTest, TwoHandlersOfOneRouteAreAFault) {
  EXPECT_THROW(router.add(route(Method::get, "/api/jobs")), core::Error);
}

TEST(PercentEncoding, GoesBothWays) {
  EXPECT_EQ(percent_encoded("a b/\xc3\xa9~"), "a%20b%2F%C3%A9~");
  EXPECT_EQ(percent_decoded("a%20b%2f%C3%a9+", false), "a b/\xc3\xa9+");
  EXPECT_EQ(percent_decoded("a+b", true), "a b");
  for (const char* bad : {"%", "%4", "%zz", "a%00b", "%+1"}) EXPECT_FALSE(percent_decoded(bad, false)) << bad;
}

TEST(Query, IsReadIntoParameters) {
  const auto query = parse_query("a=1&b=x%26y&&c&a=2&d=+");
  ASSERT_TRUE(query);
  EXPECT_EQ(*query, (Parameters{{"a", "2"}, {"b", "x&y"}, {"c", ""}, {"d", " "}}));
  EXPECT_FALSE(parse_query("a=%zz"));
  std::string many;
  for (int i = 0; i < 101; ++i) many += std::to_string(i) + "=&";
  EXPECT_FALSE(parse_query(many));
}

}  // namespace
}  // namespace reelwright::server
