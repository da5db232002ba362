#include "inference/file_kind.h"

#include <gtest/gtest.h>

#include <tuple>

#include "core/error.h"
#include "core/files.h"
#include "inference/test_models.h"
#include "support/media_fixture.h"

namespace reelwright::inference {
namespace {

class Kinds : public ::testing::Test {
 protected:
  FileLook look(const std::string& content) {
    core::write_file(file, content);
    return look_at(file);
  }
  std::string problem(const std::string& content, const std::string& name, std::optional<Format> format) {
    core::write_file(file, content);
    return kind_problem(file, name, format);
  }

  testing::TemporaryFolder folder;
  std::filesystem::path file = folder / "file";
};

TEST_F(Kinds, AreToldByTheFirstBytes) {
  const std::tuple<std::string, FileKind> rows[] = {
      {testing::whisper_model(), FileKind::ggml},
      {testing::gguf_model(), FileKind::gguf},
      {testing::onnx_model(), FileKind::onnx},
      {" {\"a\": 1}", FileKind::json},
      {"\xEF\xBB\xBF[1]", FileKind::json},
      {"\n<!DOCTYPE html><title>No</title>", FileKind::web_page},
      {"<HTML>", FileKind::web_page},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", FileKind::lfs_pointer},
      {"", FileKind::empty},
      {"[PAD]", FileKind::json},  // a list of words begins as a list of JSON does
      {"the\nof\n", FileKind::other},
      {std::string(600, '\0'), FileKind::other},
      {"\x08", FileKind::other},
      {std::string("\x08\x07", 2) + std::string(600, '\xFF'), FileKind::other}};
  for (const auto& [content, kind] : rows) EXPECT_EQ(look(content).kind, kind) << content;
}

TEST_F(Kinds, OnlyWhispersVocabularyIsWhispers) {
  EXPECT_TRUE(look(testing::whisper_model()).is_whisper);
  EXPECT_FALSE(look("lmgg\x01\x02\x03\x04").is_whisper);
  EXPECT_FALSE(look("lmgg").is_whisper);
}

TEST_F(Kinds, EveryCutOfAnOnnxModelIsSeen) {
  const std::string whole = testing::onnx_model();
  EXPECT_FALSE(look(whole).cut_short);
  for (std::size_t size = 3; size < whole.size(); ++size) {
    const FileLook cut = look(whole.substr(0, size));
    EXPECT_TRUE(cut.kind == FileKind::onnx && cut.cut_short) << size;
  }
}

TEST_F(Kinds, ACutOfAGgufModelIsSeenUpToItsLastTensor) {
  const std::string whole = testing::gguf_model();
  EXPECT_FALSE(look(whole).cut_short);
  const std::size_t header = whole.find("second") + 6 + 4 + 8 + 4 + 8;
  const std::size_t last = (header + 31) / 32 * 32 + 32;
  for (std::size_t size = 4; size <= last; ++size) {
    const FileLook cut = look(whole.substr(0, size));
    EXPECT_TRUE(cut.kind == FileKind::gguf && cut.cut_short) << size;
  }
  EXPECT_FALSE(look(whole.substr(0, last + 1)).cut_short);
}

TEST_F(Kinds, AGgufHeaderThatMakesNoSenseIsNoHarm) {
  const std::string counts(16, '\xFF');
  EXPECT_FALSE(look(std::string("GGUF\x63\x00\x00\x00", 8) + counts).cut_short) << "another version";
  EXPECT_TRUE(look(std::string("GGUF\x03\x00\x00\x00", 8) + counts).cut_short);
  EXPECT_TRUE(look(std::string("GGUF\x03\x00\x00\x00", 8) + counts + std::string(100, '\xFF')).cut_short);
  EXPECT_FALSE(look(std::string("GGUF\x03\x00\x00\x00", 8) + std::string("\1\0\0\0\0\0\0\0", 8) +
                    std::string("\1\0\0\0\0\0\0\0", 8) + std::string(8, '\0') + std::string(100, '\x20'))
                   .cut_short)
      << "a value of no known type";
}

TEST_F(Kinds, LengthsThatReachAnywhereAreNoHarm) {
  EXPECT_TRUE(look("\x08\x07\x3A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01").cut_short);
  EXPECT_EQ(look(std::string("\x08\x07") + std::string(100'000, '\x3B')).kind, FileKind::other);
}

TEST_F(Kinds, AProblemSaysWhatItIsAndWhatItShouldBe) {
  EXPECT_EQ(problem(testing::gguf_model(), "a.bin", Format::ggml), "a GGUF model, not a ggml model");
  EXPECT_EQ(problem("<html>", "a.onnx", Format::onnx), "a web page, not an ONNX model");
  EXPECT_EQ(problem(testing::onnx_model().substr(0, 9), "a.onnx", Format::onnx), "cut short");
  EXPECT_EQ(problem("", "vocab.txt", {}), "empty");
  EXPECT_EQ(problem("no", "a.onnx.json", {}), "of a kind that is not known here, not a JSON text");
  EXPECT_EQ(problem("{}", "a.onnx.json", {}), "");
  EXPECT_EQ(problem("the\nof\n", "vocab.txt", {}), "");
  EXPECT_EQ(problem(testing::whisper_model(), "a.bin", Format::ggml), "");
}

TEST_F(Kinds, WhatCannotBeReadIsAnError) {
  EXPECT_THROW(look_at(folder / "none"), core::Error);
  EXPECT_THROW(look_at(folder.path()), core::Error);
}

}  // namespace
}  // namespace reelwright::inference
