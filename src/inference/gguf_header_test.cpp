#include "inference/gguf_header.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "inference/file_kind.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

using ::testing::HasSubstr;

class GgufHeaders : public ::testing::Test {
 protected:
  GgufLook look(const std::string& content) const {
    core::write_file(folder / "m.gguf", content);
    return look_at_gguf(folder / "m.gguf");
  }

  /// With another value of a number of 32 bits.
  std::string with(const std::string& key, std::uint32_t value) const {
    std::string changed = whole;
    const std::size_t at = changed.find(key) + key.size() + 4;  // behind its type
    for (unsigned i = 0; i < 4; ++i) changed[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
    return changed;
  }

  testing::TemporaryFolder folder;
  const std::string whole = core::read_file(std::filesystem::path(TEST_MODELS) / "llama.gguf", 1 << 20);
};

TEST_F(GgufHeaders, TellTheModelsShape) {
  const GgufLook found = look(whole);
  EXPECT_EQ(found.problem, "");
  ASSERT_TRUE(found.header);
  EXPECT_EQ(found.header->architecture(), "llama");
  EXPECT_EQ(found.header->number("block_count"), 2);
  EXPECT_EQ(found.header->number("context_length"), 65536);
  EXPECT_EQ(found.header->number("no_such"), std::nullopt);
  EXPECT_EQ(found.header->texts.at("tokenizer.ggml.model"), "llama");
  EXPECT_TRUE(found.header->lists.contains("tokenizer.ggml.tokens"));
  EXPECT_FALSE(found.header->has_list("block_count"));
}

TEST_F(GgufHeaders, EveryCutBeforeTheLastTensorIsSeen) {
  constexpr std::size_t last_tensor = 32 * 64 * 4;
  for (std::size_t size = 4; size < whole.size() - last_tensor; size += 997) {
    const GgufLook cut = look(whole.substr(0, size));
    EXPECT_FALSE(cut.header) << size;
    EXPECT_TRUE(cut.cut_short) << size << " " << cut.problem;
  }
}

// GGML_ASSERT ends the process over these.
TEST_F(GgufHeaders, ShapesThatWouldEndTheProcessAreProblems) {
  for (const std::uint32_t layers : {0U, 513U, 0x7FFFFFFFU, 0xFFFFFFFFU})
    EXPECT_EQ(look(with("llama.block_count", layers)).problem,
              fmt::format("a GGUF model of {} layers", layers));
  EXPECT_EQ(look(with("llama.block_count", 512)).problem, "");
  for (const char* name : {"llama_experts.gguf", "llama_no_experts.gguf"})
    EXPECT_THAT(look_at_gguf(std::filesystem::path(TEST_MODELS) / name).problem, HasSubstr(" experts"))
        << name;
}

TEST_F(GgufHeaders, WhatVerifyLooksAtIsTheSame) {
  core::write_file(folder / "m.gguf", with("llama.block_count", 0));
  EXPECT_EQ(kind_problem(folder / "m.gguf", "m.gguf", Format::gguf), "a GGUF model of 0 layers");
  EXPECT_THAT(kind_problem(folder / "m.gguf", "m.gguf", Format::ggml), HasSubstr("a GGUF model, not a ggml"));
}

TEST_F(GgufHeaders, NonsenseIsSaid) {
  std::string changed = whole;
  changed[4] = 9;  // the version
  EXPECT_THAT(look(changed).problem, HasSubstr("makes no sense"));
  EXPECT_THAT(look("GGUF" + std::string(60, '\xFF')).problem, HasSubstr("makes no sense"));
  EXPECT_THAT(look("{}").problem, HasSubstr("a JSON text, not a GGUF model"));
  EXPECT_THROW(look_at_gguf(folder / "none"), core::Error);
}

}  // namespace
}  // namespace reelwright::inference
