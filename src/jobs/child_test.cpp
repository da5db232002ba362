#include "jobs/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <mutex>
#include <thread>

#include "support/media_fixture.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using How = ChildEnd::How;

/// Keeps what it is told, and asks for a stop once it has seen a certain stage.
class Notes : public ChildListener {
 public:
  void on_report(FromChild report) override {
    if (const auto* progress = std::get_if<ProgressMade>(&report); progress && progress->stage == stop_at)
      stop.request_stop();
    reports.push_back(std::move(report));
  }
  void on_line(std::string_view line) override { lines.emplace_back(line); }
  net::ApiAnswer on_call(const net::ApiRequest& request, const std::stop_token& token) override {
    return vendor ? vendor(request, token) : ChildListener::on_call(request, token);
  }

  template <typename Report>
  std::vector<Report> all() const {
    std::vector<Report> found;
    for (const FromChild& report : reports)
      if (const auto* one = std::get_if<Report>(&report)) found.push_back(*one);
    return found;
  }

  std::vector<FromChild> reports;
  std::vector<std::string> lines;
  std::function<net::ApiAnswer(const net::ApiRequest&, const std::stop_token&)> vendor;
  std::string stop_at = "never";
  std::stop_source stop;
};

class ChildTest : public ::testing::Test {
 protected:
  ChildTest() { fs::create_directory(workspace); }

  ChildEnd run(const std::string& settings) {
    const Launch launch{
        .order = {.processing_id = "job", .kind = "scripted", .settings = settings, .inputs = inputs},
        .workspace = workspace,
        .readable = {},
        .disk_mib = limits.disk_mib,
        .cpu_seconds = 600};
    return run_child({.file = JOB_CHILD, .arguments = {"job_child"}}, launch, limits, notes,
                     notes.stop.get_token());
  }

  void expect_failed(const std::string& settings, const std::string& code, const std::string& said,
                     bool retryable) {
    SCOPED_TRACE(settings);
    const ChildEnd end = run(settings);
    EXPECT_EQ(end.how, How::failed);
    EXPECT_EQ(end.why.code, code);
    EXPECT_THAT(end.why.message, HasSubstr(said));
    EXPECT_EQ(end.why.retryable, retryable);
  }

  testing::TemporaryFolder folder;
  const fs::path workspace = folder / "workspace";
  std::map<std::string, fs::path> inputs;
  ChildLimits limits;
  Notes notes;
};

TEST_F(ChildTest, TellsWhatItDoesInOrder) {
  const ChildEnd end =
      run("source 12.5 mov\nprogress first 0.25\nartifact words.json hello\nwarn no_speech Nobody speaks.\n"
          "result 1 clip.mp4 content\nprint a line\nprogress second 1");
  EXPECT_EQ(end.how, How::done);
  EXPECT_EQ(notes.all<SourceFacts>().at(0).duration, 12.5);
  EXPECT_EQ(notes.all<ProgressMade>().back().stage, "second");
  EXPECT_FALSE(notes.all<StageDone>().at(0).reused);
  EXPECT_EQ(notes.all<core::Warning>().at(0).code, "no_speech");
  const Result result = notes.all<Result>().at(0);
  EXPECT_EQ(result.facts, "content");
  EXPECT_TRUE(fs::is_regular_file(workspace / result.files.at(0).file));
  EXPECT_THAT(notes.lines, Contains("a line"));
  EXPECT_GT(end.usage.peak_mib, 1);
}

TEST_F(ChildTest, WhatWasMadeBeforeIsUsedAgain) {
  run("artifact words.json hello");
  run("artifact words.json hello");
  EXPECT_TRUE(notes.all<StageDone>().at(1).reused);
}

TEST_F(ChildTest, FailuresKeepTheirCodeAndTheirStage) {
  const ChildEnd end = run("progress probe 0.1\nfail unsupported_media It is broken.");
  EXPECT_EQ(end.how, How::failed);
  EXPECT_EQ(end.why.code, "unsupported_media");
  EXPECT_EQ(end.why.message, "It is broken.");
  EXPECT_EQ(end.why.stage, "probe");
  EXPECT_EQ(end.why.details, "details");
  EXPECT_FALSE(end.why.retryable);
  expect_failed("fail unavailable Later.", "unavailable", "Later.", true);
  expect_failed("throw secret path", "internal", "a fault of the program", true);
  EXPECT_THAT(run("throw oh").why.details, AllOf(StartsWith("oh; thrown by "), HasSubstr("act")));
}

TEST_F(ChildTest, EveryCrashIsAFailureWithAReason) {
  expect_failed("segfault", "internal", "segmentation fault", true);
  expect_failed("abort", "internal", "abort", true);
  expect_failed("kill", "internal", "killed by the system", true);
  expect_failed("exit 3", "internal", "without a word", true);
  expect_failed("exit 0", "internal", "without a word", true);
}

TEST_F(ChildTest, ACrashTellsTheStage) {
  EXPECT_EQ(run("progress decode 0.5\nsegfault").why.stage, "decode");
}

TEST_F(ChildTest, AnEndlessLoopRunsOutOfTime) {
  limits.time = 300ms;
  expect_failed("loop", "timeout", "JOB_MINUTES", false);
}

TEST_F(ChildTest, MemoryIsLimited) {
  limits.memory_mib = 300;
  expect_failed("eat 8", "too_large", "300 MiB of memory (JOB_MEMORY_MB)", false);
}

TEST_F(ChildTest, DiskIsLimited) {
  limits.disk_mib = 16;
  expect_failed("fill 64\nsleep 60", "too_large", "16 MiB of disk (JOB_DISK_MB)", false);
}

TEST_F(ChildTest, OneLargeFileIsStoppedAtOnce) {
  limits.disk_mib = 1;
  expect_failed("artifact large " + std::string(2 << 20, 'x'), "too_large", "JOB_DISK_MB", false);
}

TEST_F(ChildTest, NonsenseEndsIt) {
  expect_failed("nonsense\nsleep 60", "internal", "nonsense", true);
  expect_failed("say {}\nsleep 60", "internal", "nonsense", true);
  expect_failed(R"(say {"type":"result","number":1,"files":[{"file":"../x","name":"x"}],"facts":""})"
                "\nsleep 60",
                "internal", "nonsense", true);
  EXPECT_TRUE(notes.all<Result>().empty());
}

TEST_F(ChildTest, OneThatHangsUpIsEnded) {
  limits.end_grace = 100ms;
  const ChildEnd end = run("deafen\nloop");
  EXPECT_EQ(end.how, How::failed);
}

TEST_F(ChildTest, OneThatIsSilentIsNoBusyLoop) {
  const auto before = std::clock();
  EXPECT_EQ(run("mute\nsleep 1").how, How::done);
  EXPECT_LT(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC, 0.3);
}

TEST_F(ChildTest, AStopIsPassedOn) {
  notes.stop_at = "here";
  limits.stop_grace = 60s;  // it stops by itself
  const ChildEnd end = run("progress here 0.5\nsleep 60");
  EXPECT_EQ(end.how, How::stopped);
  EXPECT_LT(end.usage.seconds, 20);
}

TEST_F(ChildTest, OneThatDoesNotHearIsKilled) {
  notes.stop_at = "here";
  limits.stop_grace = 100ms;
  const ChildEnd end = run("progress here 0.5\nloop");
  EXPECT_EQ(end.how, How::stopped);
  EXPECT_LT(end.usage.seconds, 20);
}

TEST_F(ChildTest, AStopThatCameBeforeHoldsToo) {
  notes.stop.request_stop();
  EXPECT_EQ(run("loop").how, How::stopped);
}

TEST_F(ChildTest, ItSeesItsInputsAndNothingElse) {
  std::ofstream(folder / "input") << "input";
  std::ofstream(folder / "other") << "other";
  inputs["source"] = folder / "input";
  EXPECT_EQ(run("open " + (folder / "input").string()).how, How::done);
  expect_failed("open " + (folder / "other").string(), "forbidden", "No permission", false);
}

TEST_F(ChildTest, NoSecretReachesIt) {
  ::setenv("OPENAI_API_KEY", "secret-key", 1);
  expect_failed("open /proc/self/environ\nfail unavailable read", "unavailable", "read", true);
  run("print-environment");
  ::unsetenv("OPENAI_API_KEY");
  for (const std::string& line : notes.lines) EXPECT_THAT(line, ::testing::Not(HasSubstr("secret-key")));
  EXPECT_THAT(notes.lines, Contains(HasSubstr("HOME=" + workspace.string())));
}

/// A vendor that answers nothing until it is told to stop.
net::ApiAnswer silence(const net::ApiRequest&, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait(lock, stop, [] { return false; });
  throw core::Error(core::ErrorCode::cancelled, "Stopped.");
}

TEST_F(ChildTest, ItsCallsAreMadeForIt) {
  std::vector<net::ApiRequest> asked;
  notes.vendor = [&](const net::ApiRequest& request, const std::stop_token&) {
    asked.push_back(request);
    return net::ApiAnswer{.status = 200, .body = "\"\u00fc\\n\"", .charge = net::Charge{.dollars = 0.5}};
  };
  EXPECT_EQ(run(R"(call language_model {"model":"m"})"
                "\ncall other {}")
                .how,
            How::done);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[0].role, "language_model");
  EXPECT_EQ(asked[0].path, "/chat/completions");
  EXPECT_EQ(asked[0].body, R"({"model":"m"})");
  EXPECT_EQ(asked[0].stage, "ranking");
  EXPECT_EQ(asked[1].role, "other");
  EXPECT_THAT(notes.lines, Contains("200 \"\u00fc\\n\"").Times(2));
}

TEST_F(ChildTest, ACallThatFailsKeepsItsCode) {
  EXPECT_EQ(run("call x {}").how, How::done);
  EXPECT_THAT(notes.lines, Contains("invalid_input: No paid service is set for jobs."));
  notes.vendor = [](const net::ApiRequest&, const std::stop_token&) -> net::ApiAnswer {
    throw core::Error(core::ErrorCode::rate_limited, "Too often.");
  };
  run("call x {}");
  EXPECT_THAT(notes.lines, Contains("rate_limited: Too often."));
  notes.vendor = [](const net::ApiRequest&, const std::stop_token&) {
    return net::ApiAnswer{.status = 200, .body = std::string(5 << 20, 'x')};
  };
  run("call x {}");
  EXPECT_THAT(notes.lines, Contains(StartsWith("too_large: ")));
}

TEST_F(ChildTest, AStopEndsACallThatHangs) {
  notes.vendor = silence;
  notes.stop_at = "here";
  limits.stop_grace = 60s;  // it stops by itself
  const ChildEnd end = run("progress here 0.5\ncall x {}\nsleep 60");
  EXPECT_EQ(end.how, How::stopped);
  EXPECT_LT(end.usage.seconds, 20);
}

TEST_F(ChildTest, ACallDoesNotOutliveTheChild) {
  notes.vendor = silence;
  limits.time = 300ms;
  expect_failed("call x {}", "timeout", "JOB_MINUTES", false);
}

TEST_F(ChildTest, MoreCallsThanASoundChildAsksForAreNonsense) {
  notes.vendor = silence;
  std::string script;
  for (int i = 0; i < 40; ++i)
    script += R"(say {"type":"call","id":1,"role":"x","path":"/","body":"{}","stage":"","sound":""})"
              "\n";
  expect_failed(script + "sleep 60", "internal", "nonsense", true);
}

TEST_F(ChildTest, AFloodOfLinesIsCut) {
  run("flood 100000");
  EXPECT_LE(notes.lines.size(), 2001U);
  EXPECT_EQ(notes.lines.back(), "(what follows is left out)");
}

TEST_F(ChildTest, ItDoesNotOutliveItsWorker) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t worker = ::fork();
  if (worker == 0) {  // ends while its child loops
    struct Teller : Notes {
      explicit Teller(int to) : out(to) {}
      void on_line(std::string_view line) override {
        if (::write(out, line.data(), line.size()) < 0) ::_exit(1);
        ::_exit(0);
      }
      int out;
    } teller(pipe[1]);
    const Launch launch{
        .order = {.processing_id = "job", .kind = "scripted", .settings = "pid\nloop", .inputs = {}},
        .workspace = workspace,
        .readable = {},
        .disk_mib = 100,
        .cpu_seconds = 60};
    run_child({.file = JOB_CHILD, .arguments = {"job_child"}}, launch, limits, teller, {});
  }
  std::array<char, 32> text{};
  ASSERT_GT(::read(pipe[0], text.data(), text.size() - 1), 0);
  const auto child = static_cast<pid_t>(std::atoi(text.data()));
  const auto give_up = std::chrono::steady_clock::now() + 20s;
  // It is not this process's own child, so its end cannot be waited for.
  while (::kill(child, 0) == 0 && std::chrono::steady_clock::now() < give_up)
    std::this_thread::sleep_for(10ms);
  EXPECT_NE(::kill(child, 0), 0);
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_F(ChildTest, AProgramThatIsNotThereIsSaid) {
  const Launch launch{.order = {}, .workspace = workspace, .readable = {}};
  try {
    run_child({.file = folder / "missing", .arguments = {"missing"}}, launch, limits, notes, {});
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::unavailable);
  }
}

}  // namespace
}  // namespace reelwright::jobs
