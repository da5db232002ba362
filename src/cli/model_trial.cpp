#include "cli/model_trial.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>

#include "cli/command.h"
#include "core/error.h"
#include "core/temporary_folder.h"
#include "core/text.h"
#include "jobs/sandbox.h"
#include "jobs/spawn.h"
#include "language/llama_model.h"

namespace reelwright::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t cpu_seconds = 3600;
constexpr int tick = 100;  // ms between two looks at whether to stop

/// A word of one letter: all that the library does for an answer is done for that.
language::Prompt smallest_question() {
  return {.task = "Write a letter.",
          .data = "{}",
          .schema = {.properties = {{"letter", {.type = language::Schema::Type::string, .most = 1}}}},
          .stage = "trial"};
}

void run_trial(const fs::path& file) {
  jobs::enter_sandbox(
      {.workspace = fs::current_path(), .readable = {file}, .largest_file = 0, .cpu_seconds = cpu_seconds});
  language::LlamaModel({.file = file}).ask(smallest_question(), {});
}

/// Reads away what a process says, for it would wait at a full pipe.
void drain(int output) {
  std::array<char, 4096> said{};
  while (::read(output, said.data(), said.size()) > 0) {
  }
}

void wait_for(const jobs::Process& process, const std::stop_token& stop) {
  std::array<pollfd, 2> events{pollfd{process.ended(), POLLIN, 0}, pollfd{process.output(), POLLIN, 0}};
  while ((events[0].revents & POLLIN) == 0) {
    if (stop.stop_requested()) throw core::Error(core::ErrorCode::cancelled, "Stopped.");
    ::poll(events.data(), events.size(), tick);
    drain(process.output());
    if ((events[1].revents & POLLHUP) != 0) events[1].fd = -1;
  }
}

}  // namespace

void try_local_model(const language::ModelOptions& options, const std::stop_token& stop) {
  const fs::path file = language::model_file(options);
  if (file.empty()) return;
  const core::TemporaryFolder folder(fs::temp_directory_path() / "reelwright-trial");
  jobs::Process process({.arguments = {"reelwright", "try-model", file, folder.path()}}, folder.path());
  wait_for(process, stop);
  double ignored = 0;
  const int end = process.reap(ignored, ignored);
  if (!WIFSIGNALED(end)) return;
  throw core::Error(
      core::ErrorCode::invalid_input,
      fmt::format("LANGUAGE_MODEL_NAME {} brings llama.cpp down ({}); fetch it again or name another model.",
                  core::printable(file.string()), ::strsignal(WTERMSIG(end))));
}

void add_try_model(CLI::App& app) {
  auto file = std::make_shared<std::string>(), folder = std::make_shared<std::string>();
  auto* command = app.add_subcommand("try-model", "Loads a language model, for those who started this.");
  command->group("");  // not for people
  command->add_option("FILE", *file)->required();
  command->add_option("FOLDER", *folder, "to be confined to")->required();
  command->callback([file, folder] {
    fs::current_path(*folder);
    run_trial(*file);
  });
}

}  // namespace reelwright::cli
