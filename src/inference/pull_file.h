#pragma once

// Inside `inference/` only.

#include "core/context.h"
#include "inference/checksums.h"
#include "inference/expected.h"
#include "inference/incoming.h"
#include "inference/pull.h"

namespace reelwright::inference {

/// One file of a model, where it comes from and what it must be. All outlive it.
struct FileSource {
  const net::HttpClient& client;
  const Model& model;
  const ModelFile& file;
  const ExpectedFile& expected;
  bool is_weights = false;
};

/// Throws `invalid_input` for an address that may not be called.
void check_address(const ModelFile& file, const PullOptions& options);

/// Brings the file into `incoming` under its name, whole and checked, going on with what is there of it.
/// Gives what came. Throws as `pull` does.
Checksum pull_file(const FileSource& source, const Incoming& incoming, const PullOptions& options,
                   const core::Context& context);

}  // namespace reelwright::inference
