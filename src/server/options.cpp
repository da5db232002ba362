#include <glaze/glaze.hpp>

#include "clips/option_table.h"
#include "core/json.h"
#include "server/router.h"
#include "server/schema.h"
#include "server/services.h"

namespace reelwright::server {

struct LimitsJson {
  int max_upload_mb, max_source_minutes;
};

struct OptionsJson {
  glz::raw_json options;
  LimitsJson limits;
};

namespace {

OptionsJson options_of(const core::Config& config) {
  return {.options = clips::to_text(clips::option_table(config)),
          .limits = {config.integer("MAX_UPLOAD_MB"), config.integer("MAX_SOURCE_MINUTES")}};
}

}  // namespace

void add_options(Router& router, Services& services) {
  router.add({.method = Method::get,
              .pattern = "/api/options",
              .access = Access::open,
              .docs = {.summary = "What may be asked of a clip job: names, defaults, ranges", .tag = "clips"},
              .handler = Handler([&services](Request&) {
                return json_response(core::to_json(options_of(services.config), "the options"));
              })});
}

}  // namespace reelwright::server
