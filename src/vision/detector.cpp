#include "vision/detector.h"

#include "vision/cascade_detector.h"
#include "vision/people_detector.h"

namespace reelwright::vision {

std::unique_ptr<Detector> make_face_detector() { return make_cascade_detector(); }
std::unique_ptr<Detector> make_person_detector() { return make_people_detector(); }

}  // namespace reelwright::vision
