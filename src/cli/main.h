#pragma once

namespace reelwright::cli {

/// Parses the command line, runs the subcommand and turns every failure into one sentence on standard error
/// and an exit code (`core::exit_code`).
int run(int argc, char** argv);

}  // namespace reelwright::cli
