#include "captions/burner.h"

#include <gtest/gtest.h>

#include <memory>

#include "captions/ass_script.h"
#include "captions/captions.h"
#include "captions/test_words.h"
#include "core/error.h"

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::captions {
namespace {

using namespace std::chrono_literals;

struct FreeFrame {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};
using Frame = std::unique_ptr<AVFrame, FreeFrame>;

// A mid-grey picture.
Frame grey(int width, int height) {
  Frame frame(av_frame_alloc());
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width;
  frame->height = height;
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? height : height / 2;
    std::fill_n(frame->data[plane],
                static_cast<std::size_t>(frame->linesize[plane]) * static_cast<std::size_t>(rows), 128);
  }
  return frame;
}

// The rectangle of luma that differs from grey, as {left, top, right, bottom}; nothing where none does.
struct Touched {
  int left = 1 << 20, top = 1 << 20, right = 0, bottom = 0;
  bool any() const { return right > left; }
  bool operator==(const Touched&) const = default;
};

Touched touched(const AVFrame& frame) {
  Touched box;
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) {
      if (frame.data[0][y * frame.linesize[0] + x] == 128) continue;
      box.left = std::min(box.left, x);
      box.right = std::max(box.right, x + 1);
      box.top = std::min(box.top, y);
      box.bottom = std::max(box.bottom, y + 1);
    }
  }
  return box;
}

Files captions_for(std::string_view style, const std::string& text, int width = 1080, int height = 1920,
                   const std::string& language = "en") {
  Request request;
  request.transcript = spoken(text, 400ms, language);
  request.duration = 60s;
  request.width = width;
  request.height = height;
  request.style = style;
  return make_captions(request);
}

std::string drawing(const std::string& text) {
  return ass_header(caption_style("clean"), 320, 320) + ass_event(0, {0s, 5s}, text);
}

TEST(Burner, ColoursAreBt709) {
  // A red rectangle of 100x100 pixels, opaque.
  Burner burner(
      drawing("{\\an7\\pos(100,100)\\bord0\\shad0\\1c&H0000FF&\\p1}m 0 0 l 100 0 l 100 100 l 0 100"), 320,
      320);
  const Frame frame = grey(320, 320);
  burner.draw(*frame, 1s);
  const Touched box = touched(*frame);
  EXPECT_NEAR(box.left, 100, 1);
  EXPECT_NEAR(box.bottom, 200, 1);
  EXPECT_NEAR(frame->data[0][150 * frame->linesize[0] + 150], 63, 1);  // 16 + 219 * 0.2126
  EXPECT_NEAR(frame->data[1][75 * frame->linesize[1] + 75], 102, 1);
  EXPECT_NEAR(frame->data[2][75 * frame->linesize[2] + 75], 240, 1);
}

TEST(Burner, HalfTransparentWhiteMeetsInTheMiddle) {
  Burner burner(
      drawing("{\\an7\\pos(0,0)\\bord0\\shad0\\1c&HFFFFFF&\\1a&H80&\\p1}m 0 0 l 320 0 l 320 320 l 0 320"),
      320, 320);
  const Frame frame = grey(320, 320);
  burner.draw(*frame, 1s);
  EXPECT_NEAR(frame->data[0][0], (128 + 235) / 2.0, 2);
  EXPECT_NEAR(frame->data[1][0], 128, 1);
}

TEST(Burner, NothingIsTouchedBeforeAndAfter) {
  Burner burner(captions_for("bold", "Only a moment.").ass, 1080, 1920);
  for (const core::Time time : {30s, 59s}) {
    const Frame frame = grey(1080, 1920);
    burner.draw(*frame, time);
    EXPECT_FALSE(touched(*frame).any());
  }
  const Frame frame = grey(1080, 1920);
  burner.draw(*frame, 500ms);
  EXPECT_TRUE(touched(*frame).any());
}

TEST(Burner, EveryStyleStaysClearOfTheControlsAndShowsEveryPage) {
  const std::string text =
      "Extraordinarily long words, incomprehensibilities even, meet short ones in WWWWWWWWWWWWWWWWWWWWWWWW "
      "widths.";
  for (const Style& style : caption_styles()) {
    const Files files = captions_for(style.name, text);
    Burner burner(files.ass, 1080, 1920);
    for (const Page& page : files.pages) {
      const Frame frame = grey(1080, 1920);
      burner.draw(*frame, page.span.start + page.span.duration() / 2);
      const Touched box = touched(*frame);
      ASSERT_TRUE(box.any()) << style.name << page.text();
      EXPECT_LE(box.bottom, 1498) << style.name;
      EXPECT_LE(box.right, 817 + 4) << style.name << page.text();  // side bearings, rounded
      EXPECT_GE(box.left, 1080 - 817 - 4) << style.name << page.text();
    }
  }
}

TEST(Burner, TheLineDoesNotReflowWhileItIsSpoken) {
  for (const std::string_view style : {"bold", "karaoke", "comic", "boxed"}) {
    const Files files = captions_for(style, "three small words");
    Burner burner(files.ass, 1080, 1920);
    const core::Span span = files.pages.front().span;
    Touched first;
    for (core::Time time = span.start + 200ms; time < span.end; time += 100ms) {
      const Frame frame = grey(1080, 1920);
      burner.draw(*frame, time);
      if (!first.any()) first = touched(*frame);
      EXPECT_EQ(touched(*frame), first) << style << time;
    }
  }
}

TEST(Burner, ShapesEveryScript) {
  const std::vector<std::pair<std::string, std::string>> table{{"ar", "مرحبا بكم في العرض"},
                                                               {"he", "שלום לכולם כאן"},
                                                               {"th", "สวัสดีครับทุกคน"},
                                                               {"ja", "今日はいい天気ですね。"},
                                                               {"hi", "नमस्ते दोस्तों"}};
  for (const Style& style : caption_styles()) {
    for (const auto& [language, text] : table) {
      const Files files = captions_for(style.name, text, 1080, 1920, language);
      Burner burner(files.ass, 1080, 1920);
      const Frame frame = grey(1080, 1920);
      burner.draw(*frame, files.pages.front().span.start + 200ms);
      const Touched box = touched(*frame);
      EXPECT_GT(box.right - box.left, 100) << style.name << language;
      EXPECT_LE(box.right, 817 + 4) << style.name << language;
    }
  }
}

TEST(Burner, BracesAndBackslashesAreDrawnNotObeyed) {
  // Were `{\fs400}` obeyed, the text would be huge, and were it dropped, nothing would be drawn.
  const Files files = captions_for("clean", "{\\fs400}x \\N");
  Burner burner(files.ass, 1080, 1920);
  const Frame frame = grey(1080, 1920);
  burner.draw(*frame, 400ms);
  const Touched box = touched(*frame);
  EXPECT_TRUE(box.any());
  EXPECT_LT(box.bottom - box.top, 200);
}

TEST(Burner, RefusesOddSizesAndOtherFrames) {
  EXPECT_THROW(Burner("", 1080, 1921), core::Error);
  Burner burner(drawing("x"), 320, 320);
  const Frame other = grey(640, 320);
  EXPECT_THROW(burner.draw(*other, 0s), core::Error);
}

}  // namespace
}  // namespace reelwright::captions
