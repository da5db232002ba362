#pragma once

#include <memory>
#include <string>
#include <vector>

#include "media/scaler.h"
#include "vision/boxes.h"

namespace reelwright::vision {

enum class Subject { face, person, animal, vehicle, thing };

/// Something found in one picture.
struct Detection {
  Box box;  ///< in the picture's pixels; of a face: brows to chin; else the whole of it
  Subject subject = Subject::face;
  double score = 1;  ///< higher is surer; comparable only within one detector
};

/// How hard to look: `quick` may miss what `thorough` finds.
enum class Effort { quick, thorough };

/// How a detector wants to be used.
struct DetectorTraits {
  int colour_width = 0;        ///< it wants BGR pictures of this width; 0: luma
  bool sees_all = false;       ///< looking at a part costs as much as looking at the whole
  bool errs_on_faces = false;  ///< now and then it takes a texture for a face: ask a FaceConfirmer
};

/// Finds faces or other subjects in one picture. May keep scratch memory: one thread at a time.
class Detector {
 public:
  virtual ~Detector() = default;

  /// All in `picture` (see `traits`), or, with `within` (in its pixels), those that lie inside and whose
  /// width is between `smallest` and `largest` pixels.
  virtual std::vector<Detection> detect(const media::Picture& picture, Effort effort) = 0;
  virtual std::vector<Detection> detect(const media::Picture& picture, const Box& within, double smallest,
                                        double largest) = 0;

  virtual DetectorTraits traits() const { return {}; }

  /// What the report names, for example `opencv haar frontalface_alt2`.
  virtual std::string name() const = 0;
};

/// Of `all` those that lie inside `within` and are between `smallest` and `largest` pixels wide: for
/// detectors that look at whole pictures only.
std::vector<Detection> those_within(std::vector<Detection> all, const Box& within, double smallest,
                                    double largest);

/// The best face detector that comes with the packages. Throws `unavailable`, naming the package, where its
/// model is missing.
std::unique_ptr<Detector> make_face_detector();

/// The best detector of whole people, seen from any side, that needs no model file.
std::unique_ptr<Detector> make_person_detector();

}  // namespace reelwright::vision
