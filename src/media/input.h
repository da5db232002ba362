#pragma once

// Inside `media/` only: an opened file, its tracks and its timeline.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "media/av.h"

namespace reelwright::media {

/// A media file that passed the whitelists, with its streams analysed. Not thread-safe.
class Input {
 public:
  /// Throws what `probe` promises, and `cancelled` from here and from `read` once `stop` is requested:
  /// looking for a place may read a file without an index from end to end.
  explicit Input(const std::filesystem::path& file, std::stop_token stop = {});

  const std::filesystem::path& file() const { return file_; }
  AVFormatContext& format() { return *format_; }
  const AVFormatContext& format() const { return *format_; }

  /// The video track (never a cover), or null.
  const AVStream* video() const { return video_; }

  /// The audio track of index `wanted`; without it the default one, else the first. Null where there is none.
  /// Throws `invalid_input` where `wanted` is no audio track.
  const AVStream* audio(std::optional<int> wanted = std::nullopt) const;

  /// Only packets of the stream of this index come out of `read` from now on.
  void select(int stream);

  /// The next packet of the selected stream; false at the end. Damaged stretches are passed over.
  bool read(AVPacket& packet);

  /// Goes to a place at or before `time`, as near as the container allows; it may land later in streams
  /// without an index, which the caller sees from the packets and asks for an earlier time. False where
  /// seeking is impossible.
  bool seek(core::Time time);

  /// Goes back to the very first packet. Pointers to streams are invalid afterwards, indices hold.
  void rewind();

  /// A timestamp of `stream` on the presentation timeline: zero is the container's start.
  core::Time time_of(std::int64_t timestamp, AVRational time_base) const;

 private:
  void open();
  void check() const;
  void find_streams();
  void refuse_encrypted() const;
  void apply_selection();

  std::filesystem::path file_;
  std::shared_ptr<const std::stop_token> stop_;  ///< FFmpeg keeps its address
  FormatPtr format_;
  const AVStream* video_ = nullptr;
  int selected_ = -1;       ///< index of the stream, or all
  std::int64_t start_ = 0;  ///< microseconds
  int damaged_ = 0;
};

/// An opened decoder for `stream`. `threads` 0: one a core. Throws `unsupported_media`.
CodecPtr open_decoder(const AVStream& stream, int threads);

/// The next frame out of `decoder`, null at the end; damaged ones are passed over. `feed` is called whenever
/// the decoder wants more: it gives one packet, or the end, and returns false where the end was given before.
FramePtr receive_frame(AVCodecContext& decoder, const std::function<bool()>& feed);

/// Gives `decoder` a packet; null: the end. Damaged packets are passed over.
void send_packet(AVCodecContext& decoder, const AVPacket* packet);

/// True where this build can decode the stream.
bool can_decode(const AVStream& stream);

/// True for a track that is protected (Common Encryption, FairPlay, ...).
bool is_encrypted(const AVStream& stream);

}  // namespace reelwright::media
