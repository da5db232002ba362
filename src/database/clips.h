#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database/jobs.h"

namespace reelwright::database {

/// What a clip job is about, beside what every job has: a row of `processing_jobs`.
struct ClipJob {
  std::string input_filename;     ///< the key in the storage
  std::string original_filename;  ///< as the user named it
  int num_clips_requested = 0;
  std::string aspect_ratio;
};

/// A finished clip: a row of `generated_clips`. File names are without folders.
struct PublishedClip {
  int clip_number = 0;
  std::string clip_filename;
  std::string caption_filename;
  double duration_seconds = 0;
  std::int64_t file_size_bytes = 0;
  std::string clip_text_preview;
  std::string facts;  ///< JSON: all else that `clips.json` says of the clip

  bool operator==(const PublishedClip&) const = default;
};

/// The clip jobs and their clips. Thread-safe.
class ClipTable {
 public:
  explicit ClipTable(Database& database) : database_(database) {}

  /// Both rows or neither; what both have is taken from `clips`. Throws `conflict` where there is a job of
  /// that identity.
  void insert(const NewJob& job, const ClipJob& clips, Moment now);

  /// Nothing where there is no such clip job.
  std::optional<ClipJob> find(const std::string& processing_id);

  /// Shows a clip whose files are in place, in place of one of that number that was published before. Where
  /// it stands already just so nothing changes and nobody is told, so a repeated attempt publishes nothing
  /// twice. False, and nothing changes, where the claim is no longer good.
  bool publish(const Claim& claim, const PublishedClip& clip, Moment now);

  /// Takes back the clips of other numbers. False, and nothing changes, where the claim is no longer good.
  bool retain(const Claim& claim, const std::vector<int>& numbers);

  /// The published clips by number.
  std::vector<PublishedClip> clips(const std::string& processing_id);

 private:
  Database& database_;
};

}  // namespace reelwright::database
