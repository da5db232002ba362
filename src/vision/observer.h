#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/time.h"
#include "media/scaler.h"
#include "vision/analysis.h"
#include "vision/detector_choice.h"
#include "vision/face_confirmer.h"
#include "vision/pixels.h"
#include "vision/tracker.h"

namespace reelwright::vision {

/// How wide the pictures for an Observer should be, for a source of this width.
int analysis_width(int source_width);

/// A small picture of one moment.
struct View {
  media::Picture luma;    ///< `analysis_width` wide
  media::Picture colour;  ///< BGR, of another size; empty where no detector wants one
};

/// Watches a stream of small pictures for faces and other subjects and follows them. What is taken for a
/// person, animal or thing and never stirs, as on a slide, is left out.
class Observer {
 public:
  /// The size of the source as shown; tracks come in its pixels.
  Observer(int source_width, int source_height, Detectors detectors);

  /// The next frame. `new_shot`: nothing is where it was.
  void observe(const View& view, core::Time time, bool new_shot);

  /// All subjects: faces that were confirmed, and people. Call once.
  std::vector<TrackedSubject> take();

  std::string engine() const;

 private:
  struct Record {
    std::vector<MotionSample> motion;
    int asked = 0;
    int confirmed = 0;
    Pixels view;        ///< of what is no face, when last found
    double change = 0;  ///< sum of the differences between such views
    int compared = 0;   ///< how many

    /// Nothing at all stirs: no person, animal or vehicle but a picture of one, or of something like one.
    bool is_still() const;
  };

  void look(const View& view, core::Time time, bool everywhere);
  bool faces_suffice(const std::vector<Detection>& faces) const;
  std::vector<Detection> search(const View& view);
  std::vector<Detection> look_near(const media::Picture& luma, core::Time time);
  std::vector<Detection> look_for_others(const View& view, core::Time time);
  void remember_others(const media::Picture& luma, core::Time time);
  void confirm_new(const media::Picture& luma, core::Time time);
  void measure_motion(const media::Picture& luma, core::Time time);

  int width_;
  int height_;
  Detectors detectors_;
  bool others_first_;  ///< something is wanted more than faces
  FaceConfirmer confirmer_;
  Tracker tracker_;
  std::vector<Record> records_;  ///< as the tracker's tracks
  media::Picture last_;          ///< the picture that motion is measured against
  core::Time last_motion_{};
  core::Time last_look_{};
  core::Time last_search_{};
  core::Time last_others_{};
  double scale_ = 1;  ///< source pixels a picture pixel
  int searches_ = 0;  ///< in this shot
  bool started_ = false;
  bool in_sight_ = false;  ///< a confirmed face was seen at the last look
  bool others_in_sight_ = false;
  bool lost_ = false;  ///< a face was not where it was expected: search everywhere next time
};

}  // namespace reelwright::vision
