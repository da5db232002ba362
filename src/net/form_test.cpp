#include "net/form.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::net {
namespace {

TEST(Form, HoldsEachFieldAndTheSound) {
  const std::string sound("RI\0F\r\n--", 8);
  const Form form = form_of(R"({"model":"m","temperature":0.5,"granularities":["word","segment"]})", sound);
  const std::string start = "multipart/form-data; boundary=";
  ASSERT_TRUE(form.content_type.starts_with(start));
  const std::string line = "--" + form.content_type.substr(start.size());
  const auto field = [&](const std::string& name, const std::string& value) {
    return line + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  };
  for (const std::string& part : {field("model", "m"), field("temperature", "0.5"),
                                  field("granularities[]", "word"), field("granularities[]", "segment")})
    EXPECT_TRUE(form.body.contains(part)) << part;
  const std::string file = "name=\"file\"; filename=\"sound.wav\"\r\nContent-Type: audio/wav\r\n\r\n";
  EXPECT_TRUE(form.body.ends_with(file + sound + "\r\n" + line + "--\r\n"));
  EXPECT_NE(form_of("{}", "").content_type, form.content_type) << "nobody may guess it";
}

TEST(Form, OfOtherJsonThereIsNone) {
  for (const char* json : {"", "[]", R"({"a":{}})", R"({"a":[1]})", R"({"a":null})"})
    EXPECT_THROW(form_of(json, ""), core::Error) << json;
}

}  // namespace
}  // namespace reelwright::net
