#pragma once

#include <ass/ass.h>

#include <memory>
#include <string>

#include "core/time.h"

namespace reelwright::captions {

/// libass behind RAII: one script drawn at one size. Fonts come from fontconfig's system folders; glyphs that
/// the script's font lacks come from whatever installed font has them. Thread-confined.
class AssRenderer {
 public:
  /// Throws `unavailable` where libass cannot start.
  AssRenderer(int width, int height);

  /// Throws `internal` where `script` is no ASS.
  void load(std::string script);

  /// The pictures on screen at `time`, drawn one above the other; owned by libass until the next call.
  /// `changed` (may be null) is set to whether they differ from those of the call before.
  const ASS_Image* render(core::Time time, bool* changed = nullptr);

 private:
  struct Done {
    void operator()(ASS_Library* library) const { ass_library_done(library); }
    void operator()(ASS_Renderer* renderer) const { ass_renderer_done(renderer); }
    void operator()(ASS_Track* track) const { ass_free_track(track); }
  };

  std::unique_ptr<ASS_Library, Done> library_;
  std::unique_ptr<ASS_Renderer, Done> renderer_;
  std::unique_ptr<ASS_Track, Done> track_;
};

}  // namespace reelwright::captions
