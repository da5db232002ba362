#pragma once

#include <filesystem>
#include <memory>

#include "inference/onnx_session.h"
#include "language/batch_embedder.h"
#include "language/bert_tokenizer.h"
#include "language/encoder_layout.h"

namespace reelwright::language {

/// A BERT-type encoder of sentences (MiniLM: Wang et al. 2020; Reimers & Gurevych 2019) as an ONNX file with
/// its tokenizer beside it.
class OnnxEmbedder final : public BatchEmbedder {
 public:
  /// Runs the model once, so that what is wrong with it is said before any work. Throws `invalid_input` where
  /// it is another kind of model, or not that of its tokenizer; what `tokenizer_file`, `BertTokenizer::load`
  /// and `inference::open_onnx` throw.
  OnnxEmbedder(const std::filesystem::path& file, const inference::OnnxOptions& options);

  std::string name() const override { return name_; }

 private:
  std::size_t batch_size() const override;
  Embeddings embed_batch(std::span<const std::string> texts, const std::stop_token& stop) override;
  Embeddings run(const std::vector<std::vector<std::int64_t>>& texts, const std::stop_token& stop) const;

  std::shared_ptr<const inference::OnnxSession> session_;
  EncoderLayout layout_;
  BertTokenizer tokenizer_;
  std::string name_;
};

/// The tokenizer of the model in `file`: `NAME.onnx.tokenizer.json` or `NAME.onnx.vocab.txt` beside
/// `NAME.onnx`, or the folder's `tokenizer.json` or `vocab.txt`. Throws `not_found`, naming them.
std::filesystem::path tokenizer_file(const std::filesystem::path& file);

}  // namespace reelwright::language
