#include "support/media_fixture.h"

#include <fmt/ranges.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

extern "C" {
#include <libavutil/frame.h>
}

namespace reelwright::testing {

namespace {

constexpr int bars = 16;

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "reelwright-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void run_ffmpeg(std::vector<std::string> arguments, const std::filesystem::path& out) {
  std::vector<std::string> all{"ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  all.push_back(out.string());
  std::vector<char*> raw;
  for (std::string& argument : all) raw.push_back(argument.data());
  raw.push_back(nullptr);
  pid_t child = 0;
  if (::posix_spawnp(&child, "ffmpeg", nullptr, nullptr, raw.data(), environ) != 0)
    throw std::runtime_error("the ffmpeg program is missing");
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error(fmt::format("ffmpeg failed: {}", fmt::join(all, " ")));
}

std::string numbered_frames(const std::string& rate, double seconds, int height) {
  return fmt::format(
      "color=black:s=320x{}:r={}:d={},format=gray,geq=lum='if(bitand(N,pow(2,floor(X/"
      "20))),255,0)',format=yuv420p",
      height, rate, seconds);
}

std::string beeps(double seconds, int sample_rate) {
  return fmt::format("aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.05)*gte(t,0.5)':s={}:d={}", sample_rate,
                     seconds);
}

void make_numbered(const std::filesystem::path& out, const std::string& rate, double seconds,
                   const std::vector<std::string>& codecs) {
  std::vector<std::string> arguments{"-f", "lavfi", "-i", numbered_frames(rate, seconds),
                                     "-f", "lavfi", "-i", beeps(seconds)};
  arguments.insert(arguments.end(), codecs.begin(), codecs.end());
  run_ffmpeg(arguments, out);
}

int number_shown(const unsigned char* luma, int stride, int width, int height) {
  int number = 0;
  for (int bar = 0; bar < bars; ++bar) {
    const int x = static_cast<int>((bar + 0.5) * width / bars);
    const int value = luma[static_cast<std::ptrdiff_t>(height / 2) * stride + x];
    if (value > 90 && value < 165) return -1;
    if (value >= 165) number |= 1 << bar;
  }
  return number;
}

int number_shown(const media::Frame& frame) {
  const AVFrame& picture = *frame.picture;
  return number_shown(picture.data[0], picture.linesize[0], picture.width, picture.height);
}

std::vector<double> beep_starts(const std::vector<float>& samples, int sample_rate) {
  std::vector<double> starts;
  const auto quiet = static_cast<std::size_t>(sample_rate / 5);
  std::size_t last_loud = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (std::abs(samples[i]) < 0.1F) continue;
    if (starts.empty() || i > last_loud + quiet) starts.push_back(static_cast<double>(i) / sample_rate);
    last_loud = i;
  }
  return starts;
}

}  // namespace reelwright::testing
