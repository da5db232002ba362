#include "jobs/frame.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <thread>

#include "core/error.h"

namespace reelwright::jobs {
namespace {

core::ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return core::ErrorCode::internal;
}

class FrameTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0); }
  void TearDown() override {
    ::close(ends[0]);
    if (ends[1] >= 0) ::close(ends[1]);
  }

  void close_sender() {
    ::close(ends[1]);
    ends[1] = -1;
  }

  std::array<int, 2> ends{-1, -1};
  FrameReader reader;
};

TEST_F(FrameTest, FramesArriveInOrderHoweverTheyAreCut) {
  const std::string bytes = framed("one") + framed("two") + framed(std::string(100'000, 'x'));
  for (const char byte : bytes.substr(0, 20)) send_all(ends[1], {&byte, 1});
  std::jthread rest([&] { send_all(ends[1], bytes.substr(20)); });
  EXPECT_EQ(receive_frame(ends[0], reader), "one");
  EXPECT_EQ(receive_frame(ends[0], reader), "two");
  EXPECT_EQ(receive_frame(ends[0], reader), std::string(100'000, 'x'));
}

TEST_F(FrameTest, TheEndBetweenTwoFramesIsNoError) {
  send_all(ends[1], framed("last"));
  close_sender();
  EXPECT_EQ(receive_frame(ends[0], reader), "last");
  EXPECT_EQ(receive_frame(ends[0], reader), std::nullopt);
}

TEST_F(FrameTest, AFrameThatIsCutShortIsRefused) {
  const std::string frame = framed("never whole");
  for (const std::size_t length : {std::size_t{1}, std::size_t{4}, frame.size() - 1}) {
    FrameReader fresh;
    std::array<int, 2> pair{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
    send_all(pair[1], frame.substr(0, length));
    ::close(pair[1]);
    EXPECT_EQ(code_of([&] { receive_frame(pair[0], fresh); }), core::ErrorCode::invalid_input);
    ::close(pair[0]);
  }
}

TEST_F(FrameTest, ALengthThatCannotBeIsRefusedBeforeItIsWaitedFor) {
  using namespace std::string_literals;
  for (const std::string& header : {"\0\0\0\0"s, "\0\x40\0\1"s, "\xff\xff\xff\xff"s}) {
    FrameReader fresh;
    fresh.add(header);
    EXPECT_EQ(code_of([&] { fresh.next(); }), core::ErrorCode::invalid_input);
  }
}

TEST_F(FrameTest, TheLongestFrameFitsAndNoneBeyond) {
  const std::string longest(longest_frame, 'x');
  reader.add(framed(longest));
  EXPECT_EQ(reader.next(), longest);
  EXPECT_FALSE(reader.in_the_middle());
  EXPECT_EQ(code_of([&] { framed(longest + "x"); }), core::ErrorCode::too_large);
}

TEST_F(FrameTest, SendingToNobodyIsAnErrorAndNoSignal) {
  ::close(ends[0]);
  EXPECT_EQ(code_of([&] { send_all(ends[1], "x"); }), core::ErrorCode::unavailable);
  ends[0] = ::open("/dev/null", 0);
}

}  // namespace
}  // namespace reelwright::jobs
