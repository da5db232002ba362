#include "clips/request_fields.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelwright::clips {
namespace {

std::string complaint(std::string_view name, const std::string& text) {
  Request request;
  try {
    set_field(request, name, text);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), core::ErrorCode::invalid_input);
    return error.what();
  }
  return {};
}

TEST(RequestFields, FormsFillARequest) {
  Request request;
  for (const auto& [name, text] :
       std::vector<std::pair<std::string, std::string>>{{"num_clips", "3"},
                                                        {"aspect_ratio", "1:1"},
                                                        {"min_duration", "4.5"},
                                                        {"max_duration", "8"},
                                                        {"language", "de"},
                                                        {"caption_style", "bold"},
                                                        {"keep_chosen", "true"},
                                                        {"spans", R"([{"start":1,"end":2}])"},
                                                        {"edits", R"([{"clip_number":1,"title":"T"}])"}})
    EXPECT_TRUE(set_field(request, name, text)) << name;
  EXPECT_EQ(to_text(request),
            R"({"num_clips_requested":3,"aspect_ratio":"1:1","min_duration":4.5,"max_duration":8,)"
            R"("language":"de","caption_style":"bold","spans":[{"start":1,"end":2}],"keep_chosen":true,)"
            R"("edits":[{"clip_number":1,"title":"T"}]})");
}

TEST(RequestFields, AnEmptyFieldIsNone) {
  Request request;
  for (const char* name : {"num_clips_requested", "min_duration", "language", "spans", "keep_chosen"})
    EXPECT_TRUE(set_field(request, name, ""));
  EXPECT_EQ(to_text(request), "{}");
}

TEST(RequestFields, OtherFieldsAreNotItsOwn) {
  Request request;
  EXPECT_FALSE(set_field(request, "webhook_url", "http://a"));
  EXPECT_FALSE(set_field(request, "", "1"));
  EXPECT_EQ(to_text(request), "{}");
}

TEST(RequestFields, TextOfAnotherTypeIsRefusedByName) {
  EXPECT_EQ(complaint("num_clips", "many"), "num_clips must be a whole number.");
  EXPECT_EQ(complaint("num_clips", "3.5"), "num_clips must be a whole number.");
  EXPECT_EQ(complaint("num_clips", "3 "), "num_clips must be a whole number.");
  EXPECT_EQ(complaint("num_clips", "99999999999"), "num_clips must be a whole number.");
  EXPECT_EQ(complaint("min_duration", "4,5"), "min_duration must be a number.");
  EXPECT_EQ(complaint("keep_chosen", "yes"), "keep_chosen must be true or false.");
  EXPECT_EQ(complaint("spans", "1"), "spans must be a list in JSON.");
  EXPECT_EQ(complaint("spans", R"([{"start":"a"}])"), "spans[0].start is not JSON of the right type.");
}

TEST(RequestFields, AListCannotSayMoreThanItself) {
  EXPECT_EQ(complaint("spans", R"([],"num_clips_requested":9,"edits":[])"), "spans must be a list in JSON.");
  EXPECT_NE(complaint("spans", std::string(100'000, '[')), "");
}

}  // namespace
}  // namespace reelwright::clips
