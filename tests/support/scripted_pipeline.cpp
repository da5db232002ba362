#include "support/scripted_pipeline.h"

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "core/error_name.h"
#include "core/files.h"
#include "database/clips.h"
#include "jobs/frame.h"
#include "jobs/run_order.h"

namespace reelwright::testing {

namespace {

using namespace std::chrono_literals;

struct Scene {
  const jobs::Order& order;
  stage::Workspace& workspace;
  jobs::Reporter& reporter;
  net::Transport* transport;
  const core::Context& context;
};

void sleep_for(const Scene& scene, double seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
    scene.context.check();
    std::this_thread::sleep_for(5ms);
  }
}

void make_artifact(const Scene& scene, const std::string& name, const std::string& text) {
  const auto made =
      scene.workspace.produce(name, text, [&](const auto& file) { core::write_file(file, text); });
  scene.reporter.on_stage(name, {.seconds = 0.5, .cpu_seconds = 0.25, .peak_mib = 10}, made.reused);
}

void make_result(const Scene& scene, int number, const std::string& name, const std::string& text) {
  const auto made =
      scene.workspace.produce(name, text, [&](const auto& file) { core::write_file(file, text); });
  scene.reporter.on_result({.number = number, .files = {{made.file, name}}, .facts = text});
}

void eat(std::size_t mib) {
  for (;;) {  // touched, so that it is resident; never given back
    auto block = std::make_unique<char[]>(mib << 20);
    std::fill_n(block.get(), mib << 20, 'x');
    std::cerr << block.release()[0];
    std::this_thread::sleep_for(1ms);
  }
}

void fill(const Scene& scene, int mib) {
  for (int i = 0; i < mib; ++i)
    std::ofstream(scene.workspace.folder() / ("fill" + std::to_string(i))) << std::string(1 << 20, 'x');
}

void crash(const std::string& verb) {
  std::signal(SIGSEGV, SIG_DFL);  // sanitizers would make an exit of it
  if (verb == "segfault") std::raise(SIGSEGV);
  if (verb == "abort") std::abort();
  if (verb == "kill") ::kill(::getpid(), SIGKILL);
  volatile bool forever = true;
  while (forever) continue;
}

void call(const Scene& scene, const std::string& role, const std::string& body) {
  try {
    const net::ApiAnswer answer = scene.transport->post(
        {.role = role, .path = "/chat/completions", .body = body, .stage = "ranking"}, scene.context.stop);
    std::cerr << answer.status << ' ' << answer.body << std::endl;
  } catch (const core::Error& error) {
    std::cerr << core::name(error.code()) << ": " << error.what() << std::endl;
    scene.context.check();
  }
}

/// One line. True where the rest is to be left out.
bool act(const Scene& scene, const std::string& line) {
  std::istringstream words(line);
  std::string verb, name, text;
  double number = 0;
  const auto rest = [&] { return std::getline(words >> std::ws, text), text; };
  words >> verb;
  if (verb == "progress" && words >> name >> number) scene.reporter.on_progress(name, number);
  if (verb == "source" && words >> number >> name) scene.reporter.on_source({number, name});
  if (verb == "warn" && words >> name) scene.reporter.on_warning({name, rest()});
  if (verb == "print") std::cerr << rest() << std::endl;
  if (verb == "artifact" && words >> name) make_artifact(scene, name, rest());
  if (verb == "result" && words >> number >> name) make_result(scene, static_cast<int>(number), name, rest());
  if (verb == "phantom" && words >> name)
    scene.reporter.on_result({.number = 1, .files = {{scene.workspace.folder() / name, name}}, .facts = ""});
  if (verb == "sleep" && words >> number) sleep_for(scene, number);
  if (verb == "fail" && words >> name)
    throw core::Error(core::error_code_named(name).value_or(core::ErrorCode::internal), rest(), "details");
  if (verb == "throw") throw std::runtime_error(rest());
  if (verb == "segfault" || verb == "abort" || verb == "kill" || verb == "loop") crash(verb);
  if (verb == "exit" && words >> number) ::_exit(static_cast<int>(number));
  if (verb == "eat" && words >> number) eat(static_cast<std::size_t>(number));
  if (verb == "fill" && words >> number) fill(scene, static_cast<int>(number));
  if (verb == "say") jobs::send_all(jobs::worker_socket, jobs::framed(rest()));
  if (verb == "nonsense") jobs::send_all(jobs::worker_socket, "\xff\xff\xff\xff nonsense");
  if (verb == "deafen") ::shutdown(jobs::worker_socket, SHUT_WR);
  if (verb == "mute") ::close(1), ::close(2);
  if (verb == "open") core::read_file(rest(), 1 << 20);
  if (verb == "pid") std::cerr << ::getpid() << std::endl;
  if (verb == "flood" && words >> number)
    for (int i = 0; i < number; ++i) std::cerr << "line\n";
  if (verb == "print-environment")
    for (char** one = environ; *one; ++one) std::cerr << *one << '\n';
  if (verb == "call" && words >> name) call(scene, name, rest());
  if (verb == "once") {
    const auto mark = scene.workspace.folder() / rest();
    if (std::filesystem::exists(mark)) return true;
    core::write_file(mark, "");
  }
  return false;
}

}  // namespace

void ScriptedPipeline::run(const jobs::Order& order, stage::Workspace& workspace, jobs::Reporter& reporter,
                           const core::Context& context) const {
  std::istringstream lines(order.settings);
  for (std::string line; std::getline(lines, line);)
    if (act({order, workspace, reporter, transport_, context}, line)) return;
}

bool ScriptedPipeline::publish(database::Database& database, const database::Claim& claim,
                               const jobs::Result& result, core::Moment now) const {
  return database::ClipTable(database).publish(
      claim,
      {.clip_number = result.number,
       .clip_filename = result.files.at(0).name,
       .caption_filename = {},
       .duration_seconds = 1,
       .file_size_bytes = static_cast<std::int64_t>(std::filesystem::file_size(result.files.at(0).file)),
       .clip_text_preview = {},
       .facts = result.facts},
      now);
}

bool ScriptedPipeline::retain(database::Database& database, const database::Claim& claim,
                              const std::vector<int>& numbers, core::Moment) const {
  return database::ClipTable(database).retain(claim, numbers);
}

std::vector<std::string> ScriptedPipeline::files(database::Database& database,
                                                 const std::string& processing_id) const {
  std::vector<std::string> names;
  for (const auto& clip : database::ClipTable(database).clips(processing_id))
    names.push_back(clip.clip_filename);
  return names;
}

}  // namespace reelwright::testing
