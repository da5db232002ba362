#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/context.h"
#include "language/schema.h"
#include "net/transport.h"

namespace reelwright::language {

/// What a language model is asked. What strangers said stands in `data` alone, as JSON.
struct Prompt {
  std::string task;   ///< what to do, in the program's own words
  std::string data;   ///< what to do it with
  Schema schema{};    ///< of the answer, an object
  std::string stage;  ///< of the job, for the ledger
};

/// Text from text. Not thread-safe.
class LanguageModel {
 public:
  virtual ~LanguageModel() = default;

  /// Which model, wherever it runs: another name is another model, whose answers differ.
  virtual std::string name() const = 0;

  /// JSON that fits the schema; what is in it is still a stranger's text. An answer that is no JSON, or not
  /// that of the schema, is asked for once more, where it can be one. Throws `invalid_input` (refused,
  /// withheld, of no such shape again, a setting is wrong), `too_large` (question or answer), `cancelled`
  /// within a second, and what the transport or loading a model throws.
  virtual std::string ask(const Prompt& prompt, const core::Context& context) = 0;
};

}  // namespace reelwright::language
