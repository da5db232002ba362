#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "core/error.h"
#include "transcript/transcript.h"

namespace reelwright::cli {

/// Where a command puts its transcript, and in which shape.
struct TranscriptOutput {
  std::string format = "json";
  std::string out;  ///< empty: the standard output

  /// `--format` and `--out`.
  void add_options(CLI::App& command);

  /// Writes `transcript`, and the warnings to the standard error, one a line. A file is there whole or not at
  /// all.
  void write(const transcript::Transcript& transcript, const std::vector<core::Warning>& warnings) const;
};

}  // namespace reelwright::cli
