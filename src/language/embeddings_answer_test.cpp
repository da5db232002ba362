#include "language/embeddings_answer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/encoding.h"

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;

std::string base64_of(const std::vector<float>& numbers) {
  return core::base64({reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(float)});
}

TEST(EmbeddingsAnswer, IsOrderedByIndex) {
  const auto made =
      read_embeddings(R"({"object":"list","model":"m","usage":{"prompt_tokens":3,"total_tokens":3},
      "data":[{"object":"embedding","index":1,"embedding":[3,4e-1]},{"index":0,"embedding":[1,-2]}]})",
                      2);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->width, 2U);
  EXPECT_THAT((*made)[0], ElementsAre(1, -2));
  EXPECT_THAT((*made)[1], ElementsAre(3, 0.4F));
}

TEST(EmbeddingsAnswer, MayHaveNoIndices) {
  const auto made = read_embeddings(R"({"data":[{"embedding":[1]},{"embedding":[2]}]})", 2);
  ASSERT_TRUE(made);
  EXPECT_THAT(made->values, ElementsAre(1, 2));
}

TEST(EmbeddingsAnswer, MayBeBase64) {
  const auto made =
      read_embeddings(R"({"data":[{"index":0,"embedding":")" + base64_of({0.5F, -8}) + R"("}]})", 1);
  ASSERT_TRUE(made);
  EXPECT_THAT((*made)[0], ElementsAre(0.5F, -8));
}

TEST(EmbeddingsAnswer, IsNothingWhereItIsAnythingElse) {
  const std::string nan = base64_of({1, std::numeric_limits<float>::quiet_NaN()});
  for (const std::string& body :
       {std::string(), std::string("<html>"), std::string("{}"), std::string(R"({"data":[]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":2,"embedding":[2]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":-1,"embedding":[2]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[2,3]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[]},{"index":1,"embedding":[]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[null]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[NaN]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e999]}]})"),
        std::string(R"({"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":{"a":1}}]})"),
        std::string(R"({"data":[{"index":0,"embedding":"!!"},{"index":1,"embedding":"AAAA"}]})"),
        fmt::format(R"({{"data":[{{"index":0,"embedding":"{0}"}},{{"index":1,"embedding":"{0}"}}]}})", nan)})
    EXPECT_FALSE(read_embeddings(body, 2)) << body;
}

}  // namespace
}  // namespace reelwright::language
