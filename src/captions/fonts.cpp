#include "captions/fonts.h"

#include <fontconfig/fontconfig.h>

#include <memory>
#include <new>

namespace reelwright::captions {

namespace {

struct Done {
  void operator()(FcPattern* pattern) const { FcPatternDestroy(pattern); }
  void operator()(FcObjectSet* objects) const { FcObjectSetDestroy(objects); }
  void operator()(FcFontSet* fonts) const { FcFontSetDestroy(fonts); }
};

}  // namespace

bool font_installed(const std::string& family) {
  const std::unique_ptr<FcPattern, Done> pattern(FcPatternCreate());
  const std::unique_ptr<FcObjectSet, Done> objects(FcObjectSetCreate());
  if (!pattern || !objects) throw std::bad_alloc();
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
  FcObjectSetAdd(objects.get(), FC_FAMILY);
  const std::unique_ptr<FcFontSet, Done> fonts(FcFontList(nullptr, pattern.get(), objects.get()));
  return fonts && fonts->nfont > 0;
}

}  // namespace reelwright::captions
