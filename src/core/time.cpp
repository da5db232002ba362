#include "core/time.h"

namespace reelwright::core {

namespace {

/// Writes `value` with leading zeros into the `width` characters that end before `end`.
void put_digits(char* end, unsigned value, int width) {
  for (; width > 0; --width, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

std::string rfc3339(Moment moment) {
  using namespace std::chrono;
  const auto day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss time(floor<milliseconds>(moment - day));
  std::string text = "0000-00-00T00:00:00.000Z";
  char* at = text.data();
  put_digits(at + 4, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  put_digits(at + 7, static_cast<unsigned>(date.month()), 2);
  put_digits(at + 10, static_cast<unsigned>(date.day()), 2);
  put_digits(at + 13, static_cast<unsigned>(time.hours().count()), 2);
  put_digits(at + 16, static_cast<unsigned>(time.minutes().count()), 2);
  put_digits(at + 19, static_cast<unsigned>(time.seconds().count()), 2);
  put_digits(at + 23, static_cast<unsigned>(time.subseconds().count()), 3);
  return text;
}

}  // namespace reelwright::core
