#include "cli/main.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "cli/command.h"
#include "core/error.h"

namespace reelwright::cli {

namespace {

int fail(std::string_view code, const char* message, int exit_code) {
  std::cerr << "reelwright: " << message << " [" << code << "]\n";
  return exit_code;
}

// CLI11's own wording in one sentence that says where to read on.
std::string command_line_error(const CLI::App& app, const CLI::ParseError& error) {
  std::string words = error.what();
  std::ranges::replace(words, '\n', ' ');
  while (words.ends_with('.') || words.ends_with(' ')) words.pop_back();
  const auto chosen = app.get_subcommands();
  const std::string command = chosen.empty() ? "" : " " + chosen.front()->get_name();
  return fmt::format("{}; see reelwright{} --help.", words, command);
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app{"Reelwright cuts long talks into short, upright, captioned clips.", "reelwright"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "reelwright " REELWRIGHT_VERSION);
  add_config(app);
  add_doctor(app);
  add_probe(app);
  add_topics(app);
  add_clip(app);
  add_align(app);
  add_transcribe(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version
    return fail("invalid_input", command_line_error(app, error).c_str(),
                core::exit_code(core::ErrorCode::invalid_input));
  } catch (const core::Error& error) {
    return fail(core::name(error.code()), error.what(), core::exit_code(error.code()));
  } catch (const std::bad_alloc&) {
    return fail("internal", "Out of memory; close other programs or use a machine with more.", 1);
  } catch (const std::exception& error) {
    return fail("internal", error.what(), 1);
  }
}

}  // namespace reelwright::cli
