#pragma once

#include <string>

#include "net/api_client.h"
#include "net/transport.h"
#include "speech/transcriber.h"

namespace reelwright::speech {

/// Where a server writes down speech.
inline constexpr net::EndpointSettings transcriber_endpoint{.role = "transcriber",
                                                            .engine = "TRANSCRIBER",
                                                            .base_url = "TRANSCRIBER_BASE_URL",
                                                            .key = "TRANSCRIBER_API_KEY",
                                                            .model = "TRANSCRIBER_MODEL",
                                                            .timeout = "TRANSCRIBER_TIMEOUT"};

/// Its place with its key; null where none is to be. Throws as `net::vendor_from`.
std::unique_ptr<net::Vendor> transcriber_vendor(const core::Config& config);

/// A model behind `POST /audio/transcriptions` of OpenAI or of any server that speaks like it. It is sent the
/// stretches in which somebody speaks, each of at most 80 s, as many at a time as there are threads. What a
/// server does not know (times of words, details) is found out by its refusals; where it tells no times of
/// words, its text is aligned here.
class OpenAiTranscriber final : public Transcriber {
 public:
  /// `transport` outlives it. `prompt` is what `recognition_prompt` gives.
  OpenAiTranscriber(const TranscriberOptions& options, std::string prompt, net::Transport& transport);

  std::string_view name() const override { return name_; }
  std::string key() const override;

  /// Does not call: that may cost.
  void try_loading() const override {}

  transcript::Transcript transcribe(const std::filesystem::path& audio, std::string_view language,
                                    const core::Context& context,
                                    std::vector<core::Warning>& warnings) override;

 private:
  const std::string base_url_, model_, prompt_;
  const AlignerOptions aligner_;
  net::Transport& transport_;
  const std::string name_;
};

}  // namespace reelwright::speech
