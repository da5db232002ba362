#include "jobs/webhook_signature.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::jobs {
namespace {

const std::string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr std::int64_t timestamp = 1614265330;
constexpr const char* body = R"({"test": 2432232314})";
constexpr const char* signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

// The example that the libraries of Standard Webhooks share.
TEST(WebhookSignature, IsTheSpecifications) {
  EXPECT_EQ(sign_webhook({secret}, id, timestamp, body), signature);
}

TEST(WebhookSignature, TwoSecretsSignBesideEachOther) {
  const std::string other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const std::string both = sign_webhook({other, secret}, id, timestamp, body);
  EXPECT_EQ(both, sign_webhook({other}, id, timestamp, body) + " " + signature);
}

TEST(WebhookSignature, EveryByteCounts) {
  EXPECT_NE(sign_webhook({secret}, id, timestamp, R"({"test":2432232314})"), signature);
  EXPECT_NE(sign_webhook({secret}, id, timestamp + 1, body), signature);
  EXPECT_NE(sign_webhook({secret}, "msg_other", timestamp, body), signature);
}

TEST(WebhookSignature, OnlyASecretSigns) {
  for (const char* bad : {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"})
    EXPECT_THROW(sign_webhook({bad}, id, timestamp, body), core::Error) << bad;
}

}  // namespace
}  // namespace reelwright::jobs
