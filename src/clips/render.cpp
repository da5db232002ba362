#include "clips/render.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

extern "C" {
#include <libavutil/frame.h>
}

#include "clips/compose.h"
#include "clips/preview.h"
#include "media/bounded_queue.h"
#include "media/clip_sound.h"
#include "media/clip_writer.h"
#include "media/picture_file.h"
#include "media/video_reader.h"

namespace reelwright::clips {

namespace {

using core::Error;
using core::ErrorCode;
using media::PicturePtr;

/// Pictures waiting between two threads.
constexpr std::size_t queue_length = 4;

/// x264's frames wait for each other; half as many threads again keep the cores busy.
int encoder_threads(unsigned cores) {
  constexpr unsigned most = 16;  // each holds pictures of its own
  return static_cast<int>(std::clamp(cores * 3 / 2, 1U, most));
}

/// A decoder on all cores gets in the encoder's way; it needs its share of them and some to spare.
int decoder_threads(unsigned cores, Size source, Size out) {
  constexpr double encoding = 5;  // times the work of decoding, a pixel
  constexpr double spare = 1.5;
  const double decoded = static_cast<double>(source.width) * source.height;
  const double encoded = encoding * out.width * out.height;
  const double wanted = spare * cores * decoded / (decoded + encoded);
  return static_cast<int>(std::clamp(std::ceil(wanted), 1.0, std::max(1.0, static_cast<double>(cores))));
}

/// Runs `work` on a thread of its own; `join` gives its failure back.
class Worker {
 public:
  template <typename Work>
  explicit Worker(Work work)
      : thread_([this, work = std::move(work)] {
          try {
            work();
          } catch (...) {
            failure_ = std::current_exception();
          }
        }) {}

  void join() {
    if (thread_.joinable()) thread_.join();
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  }

 private:
  std::exception_ptr failure_;
  std::jthread thread_;
};

/// Whether all that is shown is made larger by half or more. (Windows fill the picture's width.)
bool is_enlarged(const vision::CropPath* path, Size out) {
  constexpr double enough = 1.5;
  if (!path || path->keyframes.empty()) return false;
  return std::ranges::all_of(path->keyframes, [&](const vision::Keyframe& keyframe) {
    return !keyframe.windows.empty() &&
           std::ranges::all_of(keyframe.windows, [&](const media::Window& window) {
             return out.width >= enough * window.width;
           });
  });
}

/// The keyframe nearest to a time.
const vision::Keyframe& keyframe_at(const vision::CropPath* path, core::Time time) {
  static const vision::Keyframe whole{.time = {}, .layout = vision::Layout::fit, .windows = {}};
  if (!path || path->keyframes.empty()) return whole;
  const auto after = std::ranges::lower_bound(path->keyframes, time, {}, &vision::Keyframe::time);
  if (after == path->keyframes.begin()) return *after;
  const auto before = std::prev(after);
  return after == path->keyframes.end() || time - before->time < after->time - time ? *before : *after;
}

void require_span_inside(const RenderRequest& request, const media::SourceFacts& facts) {
  if (request.span.duration() <= core::Time::zero() || request.span.start < core::Time::zero() ||
      request.span.start >= facts.duration)
    throw Error(ErrorCode::invalid_input,
                fmt::format("The span {:.3f} to {:.3f} s is not inside the source, which is {:.3f} s long.",
                            core::to_seconds(request.span.start), core::to_seconds(request.span.end),
                            core::to_seconds(facts.duration)));
}

/// Picks the source picture that is on screen at each output frame.
///
/// The grid of output frames is laid half a source frame off its edges: where both rates are alike, every
/// picture is then met once however its timestamps were rounded.
class FramePicker {
 public:
  FramePicker(media::BoundedQueue<media::Frame>& queue, core::Time start) : queue_(queue), start_(start) {
    current_ = queue_.pop();
    if (!current_) return;
    following_ = queue_.pop();
    const core::Time into = start - current_->time;
    offset_ = std::clamp(current_->duration / 2 - into, -max_offset, max_offset);
  }

  /// Null where there is no picture at all. Where the pictures ended early the last one stands.
  const AVFrame* at(core::Time since_start) {
    const core::Time time = start_ + since_start + offset_;
    while (following_ && following_->time <= time) {
      current_ = std::move(following_);
      following_ = queue_.pop();
    }
    return current_ ? current_->picture.get() : nullptr;
  }

 private:
  static constexpr core::Time max_offset{std::chrono::milliseconds(20)};

  media::BoundedQueue<media::Frame>& queue_;
  core::Time start_;
  core::Time offset_{};
  std::optional<media::Frame> current_;
  std::optional<media::Frame> following_;
};

/// One clip under way: three threads and what lies between them.
class Rendering {
 public:
  Rendering(const RenderRequest& request, Size source, const core::Context& context)
      : request_(request),
        context_(context),
        frames_(request.rate.frames_in(request.span.duration())),
        measuring_(std::async(std::launch::async, [this] { return measured_sound(); })),
        reader_(request.source, {.from = request.span.start,
                                 .to = request.span.end + std::chrono::seconds(1),
                                 .threads = decoder_threads(context.threads, source, request.size),
                                 .stop = context.stop}),
        writer_(request.out, {.width = request.size.width,
                              .height = request.size.height,
                              .rate = request.rate,
                              .encoder = request.encoder,
                              .threads = encoder_threads(context.threads),
                              .enlarged = is_enlarged(request.path, request.size)}) {
    if (!request.preview.empty())
      preview_ = std::make_unique<PreviewWriter>(request.preview, request.size, request.rate,
                                                 encoder_threads(context.threads));
  }

  RenderResult run() {
    std::optional<Worker> encoding;
    Worker decoding([this] { decode(); });
    const Release release{*this};
    encoding.emplace([this] { encode(); });
    try {
      compose();
    } catch (...) {
      decoded_.abort();
      decoding.join();  // why there was no picture, where decoding failed
      throw;
    }
    decoded_.abort();
    encoding->join();
    decoding.join();
    if (preview_) preview_->close();
    writer_.close();
    context_.report(1);
    return result();
  }

 private:
  /// Lets go of both threads before they are joined, whatever is thrown.
  struct Release {
    Rendering& rendering;
    ~Release() {
      rendering.finished_.abort();
      rendering.decoded_.abort();
    }
  };

  /// Exactly as long as the pictures, so that both end together.
  core::Span sounding_span() const {
    return {request_.span.start, request_.span.start + request_.rate.time_of(frames_)};
  }

  /// The sound is measured while the first pictures are made.
  std::unique_ptr<media::ClipSound> measured_sound() const {
    return std::make_unique<media::ClipSound>(request_.source, sounding_span(), context_.silent());
  }

  bool sound_is_ready() const {
    return sound_ || measuring_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  void decode() {
    try {
      while (std::optional<media::Frame> frame = reader_.next())
        if (!decoded_.push(std::move(*frame))) return;
    } catch (...) {
      decoded_.close();
      throw;
    }
    decoded_.close();
  }

  void compose() {
    FramePicker picker(decoded_, request_.span.start);
    Composer composer(reader_.width(), reader_.height(), request_.size.width, request_.size.height);
    for (std::int64_t i = 0; i < frames_; ++i) {
      context_.check();
      const core::Time since_start = request_.rate.time_of(i);
      const AVFrame* source = picker.at(since_start);
      if (!source) throw_no_picture();
      PicturePtr picture =
          composer.compose(*source, keyframe_at(request_.path, request_.span.start + since_start));
      if (request_.overlay) request_.overlay(*picture, since_start);
      if (!finished_.push(std::move(picture))) return;  // the encoder failed and says why
      context_.report(static_cast<double>(i) / static_cast<double>(frames_));
    }
    finished_.close();
  }

  [[noreturn]] void throw_no_picture() const {
    throw Error(ErrorCode::unsupported_media,
                fmt::format("{} shows no picture from {:.3f} s on; it may be cut short or damaged.",
                            request_.source.string(), core::to_seconds(request_.span.start)));
  }

  void encode() {
    try {
      std::int64_t written = 0;
      core::Time sounded{};
      while (std::optional<PicturePtr> picture = finished_.pop()) {
        if (preview_) preview_->write_picture(**picture);
        writer_.write_picture(std::move(*picture));
        ++written;
        if (sound_is_ready()) sounded = sound_until(request_.rate.time_of(written), sounded);
      }
      if (written == frames_) sound_until(core::Time::max(), sounded);
    } catch (...) {
      finished_.abort();
      throw;
    }
  }

  /// Sound goes out in step with the pictures, as the muxer wants it.
  core::Time sound_until(core::Time time, core::Time sounded) {
    if (!sound_) sound_ = measuring_.get();
    while (sounded < time) {
      const std::span<const float> samples = sound_->next();
      if (samples.empty()) return core::Time::max();
      writer_.write_sound(samples);
      if (preview_) preview_->write_sound(samples);
      sounded += core::Time{static_cast<std::int64_t>(samples.size()) / 2 * 1'000'000 /
                            media::ClipSound::sample_rate};
    }
    return sounded;
  }

  RenderResult result() const {
    RenderResult result{.loudness_lufs = sound_->loudness(),
                        .true_peak_dbtp = sound_->true_peak(),
                        .encoder = writer_.encoder(),
                        .frames = static_cast<std::size_t>(frames_),
                        .duration = request_.rate.time_of(frames_)};
    if (writer_.warning()) result.warnings.push_back(*writer_.warning());
    return result;
  }

  const RenderRequest& request_;
  const core::Context& context_;
  std::int64_t frames_;
  std::future<std::unique_ptr<media::ClipSound>> measuring_;
  std::unique_ptr<media::ClipSound> sound_;
  media::VideoReader reader_;
  media::ClipWriter writer_;
  std::unique_ptr<PreviewWriter> preview_;
  media::BoundedQueue<media::Frame> decoded_{queue_length};
  media::BoundedQueue<PicturePtr> finished_{queue_length};
};

int even_side(int side) { return std::max(2, side / 2 * 2); }

}  // namespace

Size output_size(std::string_view aspect_ratio, const media::VideoFacts& source) {
  if (const std::optional<Size> size = media::output_size(aspect_ratio)) return *size;
  if (aspect_ratio == "source") return {even_side(source.width), even_side(source.height)};
  throw Error(ErrorCode::invalid_input,
              fmt::format("'{}' is no aspect ratio; choose 9:16, 1:1, 4:5, 16:9 or source.", aspect_ratio));
}

Size aspect_of(std::string_view aspect_ratio, const media::VideoFacts& source) {
  if (aspect_ratio == "source") return {source.width, source.height};
  return output_size(aspect_ratio, source);
}

RenderResult render_clip(const RenderRequest& request, const core::Context& context) {
  const media::SourceFacts facts = media::probe(request.source);
  require_span_inside(request, facts);
  const Size source = facts.video ? Size{facts.video->width, facts.video->height} : Size{};
  return Rendering(request, source, context).run();
}

void render_poster(const PosterRequest& request, const std::stop_token& stop) {
  media::VideoReader reader(request.source, {.from = request.time, .threads = 2, .stop = stop});
  const std::optional<media::Frame> frame = reader.next();
  if (!frame)
    throw Error(ErrorCode::unsupported_media,
                fmt::format("{} shows no picture at {:.3f} s.", request.source.string(),
                            core::to_seconds(request.time)));
  Composer composer(reader.width(), reader.height(), request.size.width, request.size.height);
  const PicturePtr picture = composer.compose(*frame->picture, keyframe_at(request.path, request.time));
  media::write_jpeg(*picture, request.out);
}

}  // namespace reelwright::clips
