#include "language/llama_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "core/error.h"
#include "core/text.h"
#include "inference/file_digest.h"
#include "language/gbnf.h"
#include "language/llama_prompt.h"
#include "language/llama_session.h"
#include "language/llama_writer.h"

namespace reelwright::language {

namespace {

using core::Error;
using core::ErrorCode;

constexpr const char* setting = "LANGUAGE_MODEL_NAME";
constexpr std::size_t short_digest = 12;
// Shares of the time that a question takes, roughly.
constexpr double loaded = 0.1, read = 0.4;

std::string shown(const std::filesystem::path& file) {
  return core::printable(file.filename().string(), 100);
}

[[noreturn]] void throw_no_writer(const std::filesystem::path& file, std::string_view architecture) {
  throw Error(ErrorCode::invalid_input,
              fmt::format("{} {} does not write ({}); name a model that was made for chats.", setting,
                          core::printable(file.string()), core::printable(architecture, 40)));
}

/// Models of numbers for texts tell how they pool them; the older ones are all BERTs.
void require_writer(const std::filesystem::path& file) {
  const inference::GgufHeader header = require_gguf(file, setting);
  const std::string architecture = header.architecture();
  if (architecture.empty() || architecture.contains("bert") || architecture.starts_with("t5") ||
      header.number("pooling_type").value_or(0) != 0)
    throw_no_writer(file, architecture.empty() ? "no architecture" : architecture);
}

void require_writer(const LlamaFile& loaded_file, const std::filesystem::path& file) {
  const llama_model* model = loaded_file.model();
  if (::llama_model_has_encoder(model) || !::llama_model_has_decoder(model) ||
      ::llama_model_is_diffusion(model) ||
      ::llama_vocab_type(loaded_file.vocabulary()) == LLAMA_VOCAB_TYPE_NONE)
    throw_no_writer(file, "by its architecture");
}

}  // namespace

LlamaModel::LlamaModel(Options options) : options_(std::move(options)) {
  require_writer(options_.file);
  name_ = fmt::format("llama.cpp {} {} (sha256 {})", llama_version_text(), shown(options_.file),
                      inference::file_digest(options_.file, {}).substr(0, short_digest));
}

LlamaModel::~LlamaModel() = default;

void LlamaModel::load(const core::Context& context) {
  if (file_) return;
  auto file = std::make_unique<const LlamaFile>(options_.file, setting, context);
  require_writer(*file, options_.file);
  file_ = std::move(file);
}

std::size_t LlamaModel::room_for_answer(std::size_t question) const {
  const std::size_t all = std::min(options_.longest_context, file_->longest_context());
  if (question < all) return std::min(options_.longest_answer, all - question);
  throw Error(ErrorCode::too_large,
              fmt::format("The question has {} tokens and the context of {} holds {}; set LANGUAGE_CONTEXT "
                          "higher or {} to a model with a longer context.",
                          question, shown(options_.file), all, setting));
}

void LlamaModel::throw_cut_off(std::size_t room) const {
  throw Error(
      ErrorCode::too_large,
      fmt::format("The answer of {} was cut off at {} tokens; set {} higher.", shown(options_.file), room,
                  room == options_.longest_answer ? "LANGUAGE_MAX_TOKENS" : "LANGUAGE_CONTEXT"));
}

std::string LlamaModel::answer(const Prompt& prompt, const core::Context& context) {
  const auto question = prompt_tokens(*file_, prompt.task + schema_request(prompt.schema), prompt.data);
  const std::size_t room = room_for_answer(question.size());
  LlamaSession session(*file_, question.size() + room, context);
  LlamaWriter writer(*file_, to_gbnf(prompt.schema));
  session.read(question, context.part(loaded, read));
  const core::Context writing = context.part(read, 1);
  for (std::size_t written = 0;; ++written) {
    const auto word = writer.choose(session.next());
    if (!word) return core::valid_utf8(writer.text());
    if (written == room) throw_cut_off(room);
    session.read({&*word, 1}, context.silent());
    writing.report(static_cast<double>(written) / static_cast<double>(room));
  }
}

std::string LlamaModel::ask(const Prompt& prompt, const core::Context& context) {
  load(context.part(0, loaded));
  std::string json;
  try {
    json = answer(prompt, context);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& error) {  // the library's own
    throw Error(ErrorCode::invalid_input,
                fmt::format("llama.cpp cannot work with {} {} ({}); name another model.", setting,
                            shown(options_.file), core::printable(error.what(), 200)));
  }
  if (const std::string fault = misfit(json, prompt.schema); !fault.empty())
    throw Error(
        ErrorCode::invalid_input,
        fmt::format("{} cannot write an answer of the form that it is asked for: {}. Set {} to another "
                    "model.",
                    shown(options_.file), fault, setting),
        core::printable(json, 300));
  context.report(1);
  return json;
}

}  // namespace reelwright::language
