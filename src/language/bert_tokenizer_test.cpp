#include "language/bert_tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "support/media_fixture.h"

namespace reelwright::language {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::int64_t most = 512;
constexpr const char* lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\nworld\n##s\n!\n";

class TokenizerFiles : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name, std::string_view text) const {
    core::write_file(folder_ / name, text);
    return folder_ / name;
  }

  std::vector<std::int64_t> encode(const std::string& name, std::string_view text,
                                   std::string_view said) const {
    return BertTokenizer::load(file(name, text), most).encode(said);
  }

  core::Error fault(const std::string& name, std::string_view text) const {
    try {
      BertTokenizer::load(file(name, text), most);
    } catch (const core::Error& error) {
      return error;
    }
    return {core::ErrorCode::internal, "it was taken"};
  }

  testing::TemporaryFolder folder_;
};

TEST_F(TokenizerFiles, ALineOfVocabularyIsAToken) {
  EXPECT_THAT(encode("vocab.txt", lines, "Hello, worlds!"), ElementsAre(2, 4, 1, 5, 6, 7, 3));
  EXPECT_THAT(encode("vocab.txt", lines, ""), ElementsAre(2, 3));
  EXPECT_THAT(encode("vocab.txt", "[UNK]\r\n[CLS]\r\n[SEP]\r\nhello", "hello"), ElementsAre(1, 3, 2));
}

TEST_F(TokenizerFiles, AVocabularyWithCapitalsTellsThemApart) {
  EXPECT_THAT(encode("vocab.txt", "[UNK]\n[CLS]\n[SEP]\nHello\nhello\né\n", "Hello hello é"),
              ElementsAre(1, 3, 4, 5, 2));
}

TEST_F(TokenizerFiles, JsonTellsSpellingAndLength) {
  const std::string json =
      R"({"version":"1.0","truncation":{"max_length":4,"strategy":"LongestFirst"},"padding":null,
          "normalizer":{"type":"BertNormalizer","lowercase":false,"strip_accents":null},
          "model":{"type":"WordPiece","unk_token":"[UNK]","max_input_chars_per_word":100,
                   "vocab":{"[UNK]":7,"[CLS]":8,"[SEP]":9,"Hello":1,"w":2,"##ö":3}}})";
  EXPECT_THAT(encode("tokenizer.json", json, "Hello hello"), ElementsAre(8, 1, 7, 9));
  EXPECT_THAT(encode("tokenizer.json", json, "wö"), ElementsAre(8, 2, 3, 9));
  EXPECT_THAT(encode("tokenizer.json", json, "Hello wö wö"), ElementsAre(8, 1, 2, 9)) << "cut at its end";
}

TEST_F(TokenizerFiles, NoFileMakesTextsLongerThanTheModelIs) {
  const auto made = BertTokenizer::load(
      file("tokenizer.json", R"({"truncation":{"max_length":99999999999},"normalizer":null,
                                 "model":{"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"a":3}}})"),
      12);
  EXPECT_EQ(made.longest(), 12U);
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a ";
  EXPECT_EQ(made.encode(text).size(), 12U);
}

TEST_F(TokenizerFiles, SaysWhatIsWrongWithAFile) {
  struct Case {
    const char* name;
    const char* text;
    const char* words;
  };
  for (const Case& c :
       {Case{"tokenizer.json", "{\"model\":", "no tokenizer"}, Case{"tokenizer.json", "[1]", "no tokenizer"},
        Case{"tokenizer.json", R"({"model":{"type":"Unigram","vocab":[["a",-1]]}})",
             "Unigram, not WordPiece"},
        Case{"tokenizer.json", R"({"model":{"type":"WordPiece","vocab":{"a":"b"}}})", "no object of numbers"},
        Case{"tokenizer.json", R"({"model":{"type":"WordPiece"}})", "no object of numbers"},
        Case{"tokenizer.json", R"({"model":{"vocab":{"[UNK]":0,"[CLS]":1}}})", "no [SEP]"},
        Case{"tokenizer.json", R"({"model":{"vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":-2}}})", "negative"},
        Case{"vocab.txt", "<html>Not found</html>", "no [UNK]"}, Case{"vocab.txt", "", "no [UNK]"}}) {
    const core::Error error = fault(c.name, c.text);
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input) << c.text;
    EXPECT_THAT(error.what(), HasSubstr(c.words));
    EXPECT_THAT(error.what(), HasSubstr("EMBEDDER_MODEL"));
    EXPECT_THAT(error.what(), HasSubstr(c.name));
  }
}

}  // namespace
}  // namespace reelwright::language
