#include "cli/main.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "cli/command.h"
#include "core/error.h"
#include "core/text.h"

namespace reelwright::cli {

namespace {

constexpr const char* help_footer =
    "Start with:\n"
    "  reelwright doctor                  what is installed, and what is missing\n"
    "  reelwright clip talk.mp4           up to five clips in ./clips\n"
    "  reelwright COMMAND --help          the options of a command, with examples\n"
    "\n"
    "Exit codes: 0 done, 1 a fault of the program, 2 wrong input, 3 not found, 4 not a recording that can be "
    "read,\n"
    "5 in use, 6 too large, 7 disk full, 8 no permission, 9 something is not installed, 130 stopped.";

// Names of files in the message may hold anything, control codes of terminals too.
int fail(std::string_view code, std::string_view message, int exit_code) {
  std::cerr << "reelwright: " << core::printable(message) << " [" << code << "]\n";
  return exit_code;
}

/// What a library still computes on a thread that was left behind (`speech::run_or_abandon`) must not meet
/// its own end while it runs.
[[noreturn]] void end_at_once(const core::Error& error) {
  const int code = fail(core::name(error.code()), error.what(), core::exit_code(error.code()));
  std::cout.flush();
  std::fflush(nullptr);
  std::_Exit(code);
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
  app.get_formatter()->enable_footer_formatting(false);  // examples stay on their lines
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  app.footer(help_footer);
  app.set_version_flag("--version", "reelwright " REELWRIGHT_VERSION);
  add_config(app);
  add_doctor(app);
  add_keys(app);
  add_models(app);
  add_probe(app);
  add_topics(app);
  add_clip(app);
  add_serve(app);
  add_api(app);
  add_worker(app);
  add_align(app);
  add_run_job(app);
  add_transcribe(app);
  add_try_model(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help and --version
    return fail("invalid_input", command_line_error(app, error),
                core::exit_code(core::ErrorCode::invalid_input));
  } catch (const core::Error& error) {
    if (error.code() == core::ErrorCode::cancelled) end_at_once(error);
    return fail(core::name(error.code()), error.what(), core::exit_code(error.code()));
  } catch (const std::bad_alloc&) {
    return fail("internal", "Out of memory; close other programs or use a machine with more.", 1);
  } catch (const std::exception& error) {
    return fail("internal", error.what(), 1);
  }
}

}  // namespace reelwright::cli
