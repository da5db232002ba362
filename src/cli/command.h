#pragma once

#include <CLI/CLI.hpp>

namespace reelwright::cli {

/// One file a subcommand. Each adds itself to `app` and runs in its callback; failures leave as
/// `core::Error`.
void add_align(CLI::App& app);
void add_api(CLI::App& app);
void add_clip(CLI::App& app);
void add_config(CLI::App& app);
void add_doctor(CLI::App& app);
void add_keys(CLI::App& app);
void add_models(CLI::App& app);
void add_probe(CLI::App& app);
void add_run_job(CLI::App& app);
void add_serve(CLI::App& app);
void add_topics(CLI::App& app);
void add_transcribe(CLI::App& app);
void add_try_model(CLI::App& app);
void add_worker(CLI::App& app);

}  // namespace reelwright::cli
