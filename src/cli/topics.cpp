#include "language/topics.h"

#include <fmt/ranges.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include "cli/command.h"
#include "cli/setting_flags.h"
#include "cli/vendors.h"
#include "core/config.h"
#include "core/context.h"
#include "core/files.h"
#include "language/openai_embedder.h"
#include "language/topic_options.h"

namespace reelwright::cli {

namespace {

constexpr std::size_t input_limit = 50'000'000;

struct TopicsOptions {
  std::string file = "-";
  std::optional<std::size_t> count;
  std::string language = "en";
  core::Config::Inputs inputs;  // flags by the names of their settings
};

/// Standard input, and one byte over the limit where there is more.
std::string read_standard_input() {
  std::string text;
  std::vector<char> buffer(1 << 16);
  while (text.size() <= input_limit &&
         std::cin.read(buffer.data(), static_cast<std::streamsize>(buffer.size())).gcount() > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
  }
  return text;
}

void run_topics(const TopicsOptions& options) {
  const core::Config config = core::Config::load(options.inputs);
  const language::TopicOptions topics = language::topic_options(config);
  core::Context context;
  if (const int threads = config.integer("THREADS"); threads > 0)
    context.threads = static_cast<unsigned>(threads);
  CommandTransport transport(config, {language::embedder_endpoint.role});
  const auto embedder = language::make_embedder(topics.embedder, context.threads, transport.get());
  const auto text = options.file == "-" ? read_standard_input() : core::read_file(options.file, input_limit);
  const auto boundaries =
      language::topic_boundaries(language::read_lines(text),
                                 {options.count, options.language, {topics.method, embedder.get()}}, context);
  std::cout << fmt::format("[{}]\n", fmt::join(boundaries, ", "));
}

}  // namespace

void add_topics(CLI::App& app) {
  auto options = std::make_shared<TopicsOptions>();
  auto* command = app.add_subcommand(
      "topics", "Find where new topics begin; prints a JSON list of 0-based lines, 0 left out.");
  command
      ->add_option("FILE", options->file,
                   "one sentence a line, or a transcript as WhisperX JSON; - is standard input")
      ->capture_default_str();
  command->add_option("--count", options->count, "the number of topics, when it is known");
  command->add_option("--language", options->language, "language of the text (BCP 47)")
      ->capture_default_str();
  add_setting_flags(
      *command, options->inputs,
      {"EMBEDDER", "EMBEDDER_MODEL", "EMBEDDER_BASE_URL", "EMBEDDER_TIMEOUT", "TOPIC_METHOD",
       "EXECUTION_PROVIDER", "MODELS_DIR", "MODELS_REGISTRY", "THREADS", "JOB_BUDGET", "PRICES_FILE"});
  command->footer(
      "Examples:\n"
      "  reelwright topics sentences.txt\n"
      "  reelwright transcribe talk.mp4 | reelwright topics --count 4\n"
      "  reelwright topics sentences.txt --embedder-model all-minilm-l6-v2");
  command->callback([options] { run_topics(*options); });
}

}  // namespace reelwright::cli
