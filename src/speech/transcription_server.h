#pragma once

#include <atomic>
#include <stop_token>
#include <string>

#include "net/refusal.h"
#include "net/transport.h"
#include "speech/heard_window.h"

namespace reelwright::speech {

/// Asks a server about windows, in a way that it understands: from the question that tells most down to the
/// one that every server knows. Thread-safe.
class TranscriptionServer {
 public:
  /// `transport` outlives it.
  TranscriptionServer(net::Transport& transport, net::Asked asked, TranscriptionRequest request)
      : transport_(transport), asked_(std::move(asked)), request_(std::move(request)) {}

  /// Throws what the transport throws, `net::refusal`, and `unavailable` for what is no transcription.
  HeardWindow hear(const Window& window, const std::stop_token& stop);

 private:
  net::ApiAnswer post(const std::string& wav, const std::stop_token& stop);

  net::Transport& transport_;
  const net::Asked asked_;
  const TranscriptionRequest request_;
  std::atomic<AnswerDetail> detail_ = AnswerDetail::word_times;
};

}  // namespace reelwright::speech
