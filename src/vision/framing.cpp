#include "vision/framing.h"

#include <map>

#include "vision/analysis.h"
#include "vision/camera.h"
#include "vision/envelope.h"
#include "vision/report.h"
#include "vision/scenes.h"

namespace reelwright::vision {

namespace {

constexpr core::Time envelope_step{20'000};
constexpr double few_subjects = 0.5;  // share of frames below which the clip is said to have none
constexpr double looking = 0.97;      // share of the work that the pass over the frames is

std::vector<FacesAt> faces_over_time(const Analysis& analysis) {
  std::map<core::Time, std::vector<media::Window>> moments;
  for (const TrackedSubject& subject : analysis.subjects) {
    if (subject.track.subject != Subject::face) continue;
    for (const Sighting& sighting : subject.track.sightings) moments[sighting.time].push_back(sighting.box);
  }
  std::vector<FacesAt> faces;
  faces.reserve(moments.size());
  for (auto& [time, boxes] : moments) faces.push_back({time, std::move(boxes)});
  return faces;
}

}  // namespace

Framing frame_clip(const std::filesystem::path& source, const FramingRequest& request,
                   const core::Context& context) {
  const Analysis analysis = analyse(source, request.clip, context.part(0, looking), request.detectors);
  const Envelope envelope = read_envelope(request.sound, request.clip, envelope_step, context);
  const Stage stage{analysis.width, analysis.height,
                    static_cast<double>(request.aspect_width) / static_cast<double>(request.aspect_height)};
  const std::vector<Scene> scenes = plan_scenes(analysis, envelope, stage);

  Framing framing;
  framing.path = lay_camera(analysis, scenes, stage, request.clip, request.frame_rate);
  framing.report = measure(framing.path, analysis, scenes);
  framing.report.engine = analysis.engine;
  framing.shots = analysis.shots;
  framing.faces = faces_over_time(analysis);
  if (framing.report.subject_share < few_subjects) {
    framing.warnings.push_back(
        {"no_subject",
         "For most of this clip nobody was found to point the camera at; the whole picture is shown."});
  }
  context.report(1);
  return framing;
}

}  // namespace reelwright::vision
