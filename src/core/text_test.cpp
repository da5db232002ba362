#include "core/text.h"

#include <gtest/gtest.h>

namespace reelwright::core {
namespace {

TEST(ValidUtf8, KeepsTextAndReplacesOtherBytes) {
  EXPECT_EQ(valid_utf8("Grüße \xF0\x9F\x98\x80\n"), "Grüße \xF0\x9F\x98\x80\n");
  EXPECT_EQ(valid_utf8("caf\xE9.mp4"), "caf\xEF\xBF\xBD.mp4");
  EXPECT_EQ(valid_utf8(""), "");
}

TEST(Printable, SpellsOutWhatATerminalWouldObey) {
  EXPECT_EQ(printable("a\nb\tc\r"), "a\\nb\\tc\\r");
  EXPECT_EQ(printable("\x1b[31mred\x07"), "\\x1b[31mred\\x07");
  EXPECT_EQ(printable("\xC2\x9B"
                      "2J"),
            "\\x9b2J");  // one of the controls of ISO 6429 beyond ASCII
  EXPECT_EQ(printable("\xE2\x80\xAEgpj.4pm"), "\\u202egpj.4pm");
  EXPECT_EQ(printable("Grüße, 世界: 100 %"), "Grüße, 世界: 100 %");
}

TEST(Printable, LosesTheMiddleOfWhatIsLong) {
  EXPECT_EQ(printable("0123456789abcdefghij", 8), "0123...ghij");
  EXPECT_EQ(printable("üüüüüü", 5), "ü...ü");
  EXPECT_EQ(printable("01234567", 8), "01234567");
}

}  // namespace
}  // namespace reelwright::core
