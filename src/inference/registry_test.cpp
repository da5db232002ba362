#include "inference/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

using ::testing::HasSubstr;

std::string entry(const std::string& name, const std::string& role = "transcriber",
                  const std::string& files = R"([{"name": "a.bin", "url": "https://example.com/a.bin"}])") {
  return R"({"name": ")" + name + R"(", "role": ")" + role +
         R"(", "format": "ggml", "languages": ["en"], "licence": "MIT", "files": )" + files + "}";
}

std::string registry(const std::string& entries) { return R"({"models": [)" + entries + "]}"; }

std::string refused(const std::string& json) {
  try {
    Registry::parse(json, "mine.json");
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  return "";
}

TEST(Registry, TheProgramsOwnIsSound) {
  const Registry own = Registry::load();
  std::set<Role> with_models;
  for (const Model& model : own.models()) {
    with_models.insert(model.role);
    EXPECT_EQ(model.format, format_of(model.role)) << model.name;
    EXPECT_FALSE(model.licence.empty()) << model.name;
    for (const ModelFile& file : model.files) {
      EXPECT_TRUE(file.url.starts_with("https://")) << file.url;
      EXPECT_EQ(file.sha256.empty(), !file.bytes) << file.name << ": known from one place, both or neither";
    }
  }
  EXPECT_TRUE(with_models.contains(Role::transcriber));
  ASSERT_NE(own.find("whisper-base"), nullptr);
  EXPECT_EQ(own.find("whisper-base")->bytes(), 147951465U);
  EXPECT_EQ(own.find("no-such"), nullptr);
}

TEST(Registry, ReadsWhatAUserNames) {
  const Registry own = Registry::parse(registry(entry("mine")), "mine.json");
  ASSERT_EQ(own.models().size(), 1U);
  const Model& model = own.models().front();
  EXPECT_EQ(model.role, Role::transcriber);
  EXPECT_EQ(model.languages, std::vector<std::string>{"en"});
  EXPECT_EQ(model.files.front(), (ModelFile{"a.bin", "https://example.com/a.bin", {}, ""}));
  EXPECT_EQ(model.bytes(), std::nullopt);
}

TEST(Registry, AUsersEntryGoesBeforeTheProgramsOwn) {
  const testing::TemporaryFolder folder;
  core::write_file(folder / "mine.json", registry(entry("whisper-base") + "," + entry("mine")));
  const Registry both = Registry::load(folder / "mine.json");
  EXPECT_EQ(both.find("whisper-base")->files.front().url, "https://example.com/a.bin");
  EXPECT_NE(both.find("mine"), nullptr);
  EXPECT_NE(both.find("whisper-tiny"), nullptr);
  EXPECT_EQ(both.models().size(), Registry::load().models().size() + 1);
  EXPECT_THROW(Registry::load(folder / "none.json"), core::Error);
}

TEST(Registry, ABrokenOneIsRefusedWithThePlace) {
  EXPECT_THAT(refused(""), HasSubstr("mine.json is no registry of models"));
  EXPECT_THAT(refused("{"), HasSubstr("not JSON of the right type"));
  EXPECT_THAT(refused("[]"), HasSubstr("not JSON of the right type"));
  EXPECT_THAT(refused(registry(R"({"name": "a"})")), HasSubstr("models[0] lacks"));
  EXPECT_THAT(refused(R"({"models": [], "extra": 1})"), HasSubstr("extra is a field that is not known"));
  EXPECT_THAT(refused(registry(R"({"name": 7})")), HasSubstr("models[0].name is not JSON of the right type"));
  EXPECT_THAT(refused(registry(entry("a")) + "x"), HasSubstr("is no registry"));
}

TEST(Registry, WhatWouldLeadElsewhereIsRefused) {
  for (const char* name :
       {"", ".", "..", "../a", "a/b", "/etc", ".hidden", "transcriber", "a b", "a\\u0000b"})
    EXPECT_THAT(refused(registry(entry(name))), HasSubstr("is no name of a model")) << name;
  EXPECT_THAT(refused(registry(entry(std::string(101, 'a')))), HasSubstr("is no name of a model"));
  const auto file = [](const std::string& members) {
    return refused(registry(entry("a", "transcriber", "[{" + members + "}]")));
  };
  EXPECT_THAT(file(R"("name": "../a.bin", "url": "https://e.com")"),
              HasSubstr("a file of the name '../a.bin'"));
  EXPECT_THAT(file(R"("name": "a.bin", "url": "file:///etc/passwd")"), HasSubstr("must begin with https://"));
  EXPECT_THAT(file(R"("name": "a.bin", "url": "https://e.com", "sha256": "ABC")"), HasSubstr("64 digits"));
  EXPECT_THAT(file(R"("name": "a.bin", "url": "https://e.com", "bytes": 0)"), HasSubstr("0 bytes"));
  EXPECT_THAT(refused(registry(entry("a", "transcriber", "[]"))), HasSubstr("has no files"));
  EXPECT_THAT(refused(registry(entry("a", "painter"))), HasSubstr("must be one of transcriber, aligner"));
  EXPECT_THAT(refused(registry(entry("a") + "," + entry("a"))), HasSubstr("a stands in it twice"));
}

}  // namespace
}  // namespace reelwright::inference
