#include "vision/detector.h"

#include "vision/cascade_detector.h"
#include "vision/people_detector.h"

namespace reelwright::vision {

std::vector<Detection> those_within(std::vector<Detection> all, const Box& within, double smallest,
                                    double largest) {
  std::erase_if(all, [&](const Detection& found) {
    return found.box.width < smallest || found.box.width > largest ||
           common_area(found.box, within) < area(found.box);
  });
  return all;
}

std::unique_ptr<Detector> make_face_detector() { return make_cascade_detector(); }
std::unique_ptr<Detector> make_person_detector() { return make_people_detector(); }

}  // namespace reelwright::vision
