#include "cli/vendors.h"

#include "language/model_options.h"
#include "language/openai_embedder.h"
#include "speech/openai_transcriber.h"

namespace reelwright::cli {

net::Vendors vendors_of(const core::Config& config) {
  net::Vendors vendors;
  const auto add = [&](std::unique_ptr<net::Vendor> vendor) {
    if (vendor) vendors.push_back(std::move(vendor));
  };
  add(language::model_vendor(config));
  add(language::embedder_vendor(config));
  if (config.text("TRANSCRIBER") == "openai")
    add(net::vendor_from(config, speech::transcriber_endpoint, speech::transcriptions_path));
  return vendors;
}

}  // namespace reelwright::cli
