#include "core/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "core/error.h"

namespace reelwright::core {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Known by name from outside, and not folded into their callers.
[[gnu::noinline]] void function_that_throws() { throw Error(ErrorCode::internal, "A fault.", "beyond"); }
[[gnu::noinline]] int function_that_asks_too_much(const std::string& text) { return text.at(100); }

namespace {

TEST(Trace, NamesTheFunctionThatThrew) {
  try {
    function_that_throws();
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_THAT(trace_of(error), HasSubstr("function_that_throws"));
  }
}

TEST(Trace, KnowsTheExceptionsOfLibraries) {
  try {
    function_that_asks_too_much("short");
    FAIL();
  } catch (const std::exception& error) {
    EXPECT_THAT(trace_of(error), HasSubstr("::at("));
  }
}

TEST(Trace, GoesWithAnExceptionToAnotherThread) {
  std::exception_ptr kept;
  std::jthread([&] {
    try {
      function_that_throws();
    } catch (...) {
      kept = std::current_exception();
    }
  }).join();
  try {
    std::rethrow_exception(kept);
  } catch (const Error& error) {
    const std::string text = with_trace(error.details(), error);
    EXPECT_THAT(text, StartsWith("beyond; thrown by "));
    EXPECT_THAT(text, HasSubstr("function_that_throws"));
  }
}

TEST(Trace, IsEmptyForWhatWasNotThrown) {
  const std::runtime_error error("quiet");
  EXPECT_EQ(trace_of(error), "");
  EXPECT_EQ(with_trace("quiet", error), "quiet");
}

}  // namespace
}  // namespace reelwright::core
