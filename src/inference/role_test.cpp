#include "inference/role.h"

#include <gtest/gtest.h>

namespace reelwright::inference {
namespace {

TEST(Role, EachIsFoundByItsName) {
  EXPECT_EQ(roles().size(), 9U);
  for (const Role role : roles()) EXPECT_EQ(role_from(name(role)), role);
  EXPECT_EQ(role_from("painter"), std::nullopt);
  EXPECT_EQ(role_from(""), std::nullopt);
}

TEST(Role, EachHasAFormat) {
  EXPECT_EQ(format_of(Role::transcriber), Format::ggml);
  EXPECT_EQ(format_of(Role::language_model), Format::gguf);
  EXPECT_EQ(format_of(Role::synthesizer), Format::onnx);
  for (const Format format : {Format::ggml, Format::gguf, Format::onnx})
    EXPECT_EQ(format_from(name(format)), format);
  EXPECT_EQ(format_from("pt"), std::nullopt);
}

TEST(Role, AllAreNamedForPeople) {
  EXPECT_EQ(role_names(),
            "transcriber, aligner, detector, face_detector, embedder, language_model, synthesizer, "
            "segmentation, speaker_embedder");
}

}  // namespace
}  // namespace reelwright::inference
