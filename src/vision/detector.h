#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

enum class Subject { face, person };

/// Something found in one picture.
struct Detection {
  Box box;  ///< in the picture's pixels; of a face: brows to chin; of a person: the body
  Subject subject = Subject::face;
  double score = 1;  ///< higher is surer; comparable only within one detector
};

/// How hard to look: `quick` may miss what `thorough` finds.
enum class Effort { quick, thorough };

/// Finds faces or people in one picture. May keep scratch memory: one thread at a time.
class Detector {
 public:
  virtual ~Detector() = default;

  /// All in `luma` (one channel), or, with `within` (in its pixels), those that lie inside and whose width is
  /// between `smallest` and `largest` pixels.
  virtual std::vector<Detection> detect(const media::Picture& luma, Effort effort) = 0;
  virtual std::vector<Detection> detect(const media::Picture& luma, const Box& within, double smallest,
                                        double largest) = 0;

  /// What the report names, for example `opencv haar frontalface_alt2`.
  virtual std::string name() const = 0;
};

/// The best face detector that is installed. Throws `unavailable`, naming the package, where its model is
/// missing.
std::unique_ptr<Detector> make_face_detector();

/// The best detector of whole people, seen from any side; needs no model file.
std::unique_ptr<Detector> make_person_detector();

}  // namespace reelwright::vision
