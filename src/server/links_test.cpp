#include "server/links.h"

#include <gtest/gtest.h>

#include "server/request.h"

namespace reelwright::server {
namespace {

using namespace std::chrono_literals;

class LinksTest : public ::testing::Test {
 protected:
  /// What a client would ask with that link.
  Request request(const std::string& link) {
    target_ = link;
    Request r;
    r.target = target_;
    const std::size_t question = std::min(target_.find('?'), target_.size());
    r.path = percent_decoded(target_.substr(0, question), false).value_or("");
    r.query = parse_query(std::string_view(target_).substr(std::min(target_.size(), question + 1)))
                  .value_or(Parameters{});
    return r;
  }

  core::Moment now{1'800'000'000s};
  Links links{"secret", 60min};

 private:
  std::string target_;
};

TEST_F(LinksTest, ALinkOpensItsPathUntilItsTimeIsOver) {
  const std::string link = links.sign("/api/download/clips/x/a%20b.mp4", now);
  EXPECT_TRUE(links.allows(request(link), now));
  EXPECT_TRUE(links.allows(request(link), now + 59min));
  EXPECT_FALSE(links.allows(request(link), now + 60min));
}

TEST_F(LinksTest, NothingOfItCanBeChanged) {
  const std::string link = links.sign("/a", now);
  std::string other_path = link;
  other_path[1] = 'b';
  EXPECT_FALSE(links.allows(request(other_path), now));
  const std::size_t expires = link.find("expires=") + 8;
  std::string later = link;
  later[expires] = '9';
  EXPECT_FALSE(links.allows(request(later), now));
  for (std::size_t i = link.find("signature=") + 10; i < link.size(); ++i) {
    std::string forged = link;
    forged[i] = forged[i] == '0' ? '1' : '0';
    EXPECT_FALSE(links.allows(request(forged), now)) << i;
  }
  EXPECT_FALSE(links.allows(request("/a?expires=99999999999&signature="), now));
  EXPECT_FALSE(links.allows(request("/a"), now));
  EXPECT_FALSE(links.allows(request("/a?expires=-1&signature=00"), now));
}

TEST_F(LinksTest, AnotherSecretMakesOtherLinks) {
  const Links other("another", 60min);
  EXPECT_FALSE(links.allows(request(other.sign("/a", now)), now));
}

}  // namespace
}  // namespace reelwright::server
