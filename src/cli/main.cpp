#include "cli/main.h"

#include <exception>
#include <iostream>
#include <new>

#include "cli/command.h"
#include "core/error.h"

namespace reelwright::cli {

namespace {

int fail(std::string_view code, const char* message, int exit_code) {
  std::cerr << "reelwright: " << message << " [" << code << "]\n";
  return exit_code;
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app{"Reelwright cuts long talks into short, upright, captioned clips.", "reelwright"};
  app.require_subcommand(1);
  app.set_version_flag("--version", "reelwright " REELWRIGHT_VERSION);
  add_probe(app);
  add_topics(app);
  add_transcribe(app);
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : core::exit_code(core::ErrorCode::invalid_input);
  } catch (const core::Error& error) {
    return fail(core::name(error.code()), error.what(), core::exit_code(error.code()));
  } catch (const std::bad_alloc&) {
    return fail("internal", "Out of memory; close other programs or use a machine with more.", 1);
  } catch (const std::exception& error) {
    return fail("internal", error.what(), 1);
  }
}

}  // namespace reelwright::cli
