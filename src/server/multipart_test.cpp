#include "server/multipart.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/error.h"

namespace reelwright::server {
namespace {

using ::testing::ElementsAre;

struct Part {
  std::string name, filename, type, data;
  bool ended = false;

  bool operator==(const Part&) const = default;
};

class MultipartTest : public ::testing::Test {
 protected:
  MultipartParser parser(std::string_view type = "multipart/form-data; boundary=XX") {
    parts.clear();
    return MultipartParser(type, {.part =
                                      [this](const PartHeader& h) {
                                        parts.push_back({h.name, h.filename, h.content_type, "", false});
                                      },
                                  .data = [this](std::string_view data) { parts.back().data += data; },
                                  .part_end = [this] { parts.back().ended = true; }});
  }

  /// The parts of `body` that comes in pieces of that size.
  const std::vector<Part>& parse(std::string_view body, std::size_t piece) {
    MultipartParser p = parser();
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size()))) p.write(body.substr(0, piece));
    p.finish();
    return parts;
  }

  std::string refusal(std::string_view body, std::string_view type = "multipart/form-data; boundary=XX") {
    try {
      MultipartParser p = parser(type);
      p.write(body);
      p.finish();
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
      return error.what();
    }
    return "";
  }

  std::vector<Part> parts;
};

constexpr std::string_view form =
    "--XX\r\nContent-Disposition: form-data; name=\"num_clips\"\r\n\r\n3\r\n"
    "--XX\r\ncontent-disposition: form-data; name=file; filename=\"a \\\"b\\\".mp4\"\r\nContent-Type: "
    "video/mp4\r\n\r\n"
    "one\r\n--X\r\n--\r\ntwo\r\n"
    "--XX\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--XX--\r\nepilogue";

TEST_F(MultipartTest, PartsAreTheSameInPiecesOfAnySize) {
  const std::vector<Part> right = {{"num_clips", "", "", "3", true},
                                   {"file", "a \"b\".mp4", "video/mp4", "one\r\n--X\r\n--\r\ntwo", true},
                                   {"empty", "", "", "", true}};
  for (std::size_t piece = 1; piece <= form.size(); ++piece) EXPECT_EQ(parse(form, piece), right) << piece;
}

TEST_F(MultipartTest, APreambleAndSpacesAfterTheBoundaryAreLeftOut) {
  EXPECT_THAT(parse("hello\r\n--XX \t\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--XX--", 7),
              ElementsAre(Part{"a", "", "", "b", true}));
}

TEST_F(MultipartTest, ABodyThatEndsEarlyIsRefused) {
  for (std::size_t length = 0; length < form.find("--XX--") + 6; ++length)
    EXPECT_NE(refusal(form.substr(0, length)), "") << length;
}

TEST_F(MultipartTest, NonsenseIsRefused) {
  EXPECT_NE(refusal("hello"), "");
  EXPECT_NE(refusal(form, "application/json"), "");
  EXPECT_NE(refusal(form, "multipart/form-data"), "");
  EXPECT_NE(refusal(form, "multipart/form-data; boundary=" + std::string(71, 'X')), "");
  EXPECT_NE(refusal("--XX\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XX--"), "");
  EXPECT_NE(refusal("--XX\r\nno colon\r\n\r\nx\r\n--XX--"), "");
  EXPECT_NE(refusal("--XXmore\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XX--"), "");
  EXPECT_NE(refusal(std::string(100'000, 'x')), "");
}

TEST_F(MultipartTest, AHundredThousandFieldsAndEndlessHeadersAreRefused) {
  std::string many;
  for (int i = 0; i < 100'000; ++i)
    many += fmt::format("--XX\r\nContent-Disposition: form-data; name=f{}\r\n\r\nx\r\n", i);
  EXPECT_THAT(refusal(many + "--XX--"), ::testing::HasSubstr("100 parts"));
  EXPECT_EQ(parts.size(), 100U);
  EXPECT_NE(refusal("--XX\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n"), "");
}

TEST(HeaderParameter, IsFoundAmongOthers) {
  EXPECT_EQ(header_parameter("form-data; name=\"a;b=c\"; filename=d", "filename"), "d");
  EXPECT_EQ(header_parameter("form-data; name=\"a;b=c\"; filename=d", "NAME"), "a;b=c");
  EXPECT_EQ(header_parameter("form-data; name", "name"), "");
  EXPECT_EQ(header_parameter("attachment; filename=\"C:\\dir\\x.mp4\"", "filename"), "C:\\dir\\x.mp4");
}

}  // namespace
}  // namespace reelwright::server
