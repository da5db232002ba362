#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/context.h"

namespace reelwright::imagery {

/// A picture that is wanted for a scene of a story.
struct PictureRequest {
  int scene = 1;       ///< its number, for messages
  std::string prompt;  ///< what is to be seen
  std::string text;    ///< what is said meanwhile
  std::string style;   ///< a name of `styles.h`
  int width = 0;       ///< in pixels; a generator may give another size of about this shape
  int height = 0;
  std::uint64_t seed = 0;       ///< the same seed gives the same picture where the generator can
  std::string language = "en";  ///< of `text`, BCP 47
};

/// Where a picture came from.
struct Picture {
  std::string engine;        ///< "painter", "replicate black-forest-labs/flux-schnell"
  std::string prompt;        ///< as it was used, which may be reworded
  std::string url{};         ///< it was fetched from, where it was
  std::string request_id{};  ///< the vendor's
  std::uint64_t seed = 0;
};

/// Makes pictures from prompts. Thread-safe.
class ImageGenerator {
 public:
  virtual ~ImageGenerator() = default;

  /// Of all that decides how a picture looks beside the request, for keys of artifacts.
  virtual std::string name() const = 0;

  /// How many pictures are best made at a time.
  virtual unsigned concurrency() const { return 1; }

  /// Writes a PNG to `file`, whole or not at all. Throws `invalid_input` (the prompt was refused, no picture
  /// matches), `over_budget`, `rate_limited`, `unavailable`, `timeout`, `cancelled`, each with the number of
  /// the scene in its message.
  virtual Picture generate(const PictureRequest& request, const std::filesystem::path& file,
                           const core::Context& context) = 0;
};

}  // namespace reelwright::imagery
