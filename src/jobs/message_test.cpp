#include "jobs/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "jobs/frame.h"

namespace reelwright::jobs {
namespace {

std::string payload(const std::string& frame) {
  FrameReader reader;
  reader.add(frame);
  return reader.next().value();
}

template <typename Message>
Message there_and_back(const Message& message) {
  return std::get<Message>(read_report(payload(to_frame(FromChild(message)))));
}

void expect_refused(const std::string& json) {
  SCOPED_TRACE(json);
  try {
    read_report(json);
    FAIL() << "was taken";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
  }
}

TEST(Message, AnOrderArrivesWhole) {
  const Launch launch{.order = {.processing_id = "job",
                                .kind = "clips",
                                .settings = R"({"title":"\"\u0000"})",
                                .inputs = {{"source", "/in/a b.mp4"}, {"transcript", "/in/t.srt"}},
                                .threads = 3},
                      .workspace = "/work",
                      .readable = {"/models"},
                      .sandbox_required = true,
                      .disk_mib = 7,
                      .cpu_seconds = 9};
  const auto got = std::get<Launch>(read_order(payload(to_frame(ToChild(launch)))));
  EXPECT_EQ(got.order.processing_id, "job");
  EXPECT_EQ(got.order.kind, "clips");
  EXPECT_EQ(got.order.settings, launch.order.settings);
  EXPECT_EQ(got.order.inputs, launch.order.inputs);
  EXPECT_EQ(got.order.threads, 3U);
  EXPECT_EQ(got.workspace, "/work");
  EXPECT_EQ(got.readable, launch.readable);
  EXPECT_TRUE(got.sandbox_required);
  EXPECT_EQ(got.disk_mib, 7);
  EXPECT_EQ(got.cpu_seconds, 9);
  EXPECT_TRUE(std::holds_alternative<Stop>(read_order(payload(to_frame(ToChild(Stop{}))))));
}

TEST(Message, CallsAndTheirAnswersArriveWhole) {
  const std::string sound("\0\xFF\r\n", 4);
  const auto asked = there_and_back(CallAsked{7,
                                              {.role = "language_model",
                                               .path = "/chat",
                                               .body = "{\"a\":\"\\u0000\"}",
                                               .stage = "ranking",
                                               .sound = sound}});
  EXPECT_EQ(asked.id, 7);
  EXPECT_EQ(asked.request.role, "language_model");
  EXPECT_EQ(asked.request.path, "/chat");
  EXPECT_EQ(asked.request.body, "{\"a\":\"\\u0000\"}");
  EXPECT_EQ(asked.request.stage, "ranking");
  EXPECT_EQ(asked.request.sound, sound);

  const CallAnswer answer{.id = 7,
                          .answer = {.status = 200,
                                     .body = "\x01 \u00fc",
                                     .request_id = "req",
                                     .charge = net::Charge{.provider = "p", .model = "m", .tokens_in = 3}},
                          .code = "timeout",
                          .message = "Late.",
                          .details = "d"};
  const auto got = std::get<CallAnswer>(read_order(payload(to_frame(ToChild(answer)))));
  EXPECT_EQ(got.id, 7);
  EXPECT_EQ(got.answer.status, 200);
  EXPECT_EQ(got.answer.body, answer.answer.body);
  EXPECT_EQ(got.answer.request_id, "req");
  EXPECT_EQ(got.answer.charge, answer.answer.charge);
  EXPECT_EQ(got.code, "timeout");
  EXPECT_EQ(got.message, "Late.");
  EXPECT_EQ(got.details, "d");
  const CallAnswer none{.id = 8};
  EXPECT_FALSE(std::get<CallAnswer>(read_order(payload(to_frame(ToChild(none))))).answer.charge.has_value());
}

TEST(Message, ReportsArriveWhole) {
  const auto source = there_and_back(SourceFacts{12.5, "mov,mp4"});
  EXPECT_EQ(source.duration, 12.5);
  EXPECT_EQ(source.container, "mov,mp4");
  EXPECT_FALSE(there_and_back(SourceFacts{{}, "image2"}).duration.has_value());

  const auto progress = there_and_back(ProgressMade{"render 1", 0.25});
  EXPECT_EQ(progress.stage, "render 1");
  EXPECT_EQ(progress.fraction, 0.25);

  const auto stage = there_and_back(StageDone{"sound", 1.5, 2.5, 300, true});
  EXPECT_EQ(stage.name, "sound");
  EXPECT_EQ(stage.seconds, 1.5);
  EXPECT_EQ(stage.cpu_seconds, 2.5);
  EXPECT_EQ(stage.peak_mib, 300);
  EXPECT_TRUE(stage.reused);

  EXPECT_EQ(there_and_back(core::Warning{"no_speech", "Nobody speaks."}),
            (core::Warning{"no_speech", "Nobody speaks."}));

  const auto failed = there_and_back(Failed{"unsupported_media", "It is broken.", "probe", true, "EOF"});
  EXPECT_EQ(failed.code, "unsupported_media");
  EXPECT_EQ(failed.message, "It is broken.");
  EXPECT_EQ(failed.stage, "probe");
  EXPECT_TRUE(failed.retryable);
  EXPECT_EQ(failed.details, "EOF");
  EXPECT_TRUE(std::holds_alternative<Done>(read_report(payload(to_frame(FromChild(Done{}))))));
}

TEST(Message, OfAResultsFilesOnlyTheNamesTravel) {
  const Result result{.number = 2, .files = {{"/jobs/one/clip~1.mp4", "clip_02.mp4"}}, .facts = "{}"};
  const auto got = there_and_back(result);
  EXPECT_EQ(got.number, 2);
  EXPECT_EQ(got.facts, "{}");
  ASSERT_EQ(got.files.size(), 1U);
  EXPECT_EQ(got.files[0].file, "clip~1.mp4");
  EXPECT_EQ(got.files[0].name, "clip_02.mp4");
}

TEST(Message, WhatIsNoMessageIsRefused) {
  for (const char* json : {
           "",
           "{",
           "null",
           "[]",
           "7",
           R"({"type":"unknown"})",
           R"({"type":"order"})",
           R"({"stage":"a"})",
           R"({"type":"progress"})",
           R"({"type":"progress","stage":7,"fraction":0})",
           R"({"type":"progress","stage":"a","fraction":"1"})",
           R"({"type":"progress","stage":"a","fraction":-1})",
           R"({"type":"progress","stage":"a","fraction":0,"more":1})",
           R"({"type":"stage","name":"a","seconds":1e300,"cpu_seconds":0,"peak_mib":0,"reused":false})",
           R"({"type":"warning","code":"a"})",
           "{\"type\":\"warning\",\"code\":\"\xff\",\"message\":\"\"}",
           R"({"type":"result","number":0,"files":[],"facts":""})",
           R"({"type":"result","number":1,"files":{},"facts":""})",
       })
    expect_refused(json);
  expect_refused(std::string(100'000, '['));
}

TEST(Message, NamesThatLeadElsewhereAreRefused) {
  using namespace std::string_literals;
  for (const std::string& name : {""s, "."s, ".."s, ".hidden"s, "a/b"s, "/etc/passwd"s, "../up"s,
                                  "a\\u0000b"s, "a\\nb"s, "a\\u202eb"s, std::string(256, 'a')}) {
    expect_refused(R"({"type":"result","number":1,"facts":"","files":[{"file":")" + name +
                   R"(","name":"clip.mp4"}]})");
    expect_refused(R"({"type":"result","number":1,"facts":"","files":[{"file":"clip.mp4","name":")" + name +
                   R"("}]})");
  }
}

TEST(Message, TextsAreMadeHarmless) {
  const auto warning =
      there_and_back(core::Warning{"code", "two\nlines \x1b[31m" + std::string(100'000, 'x')});
  EXPECT_LT(warning.message.size(), 1100U);
  EXPECT_THAT(warning.message, ::testing::StartsWith("two\\nlines \\x1b[31m"));
  EXPECT_EQ(there_and_back(ProgressMade{"a", 7}).fraction, 1);
}

}  // namespace
}  // namespace reelwright::jobs
