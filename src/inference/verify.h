#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/context.h"
#include "inference/checksums.h"
#include "inference/installed.h"
#include "inference/registry.h"

namespace reelwright::inference {

/// How a file of a model stands to what it should be.
enum class Verdict {
  good,    ///< every byte is as it should be
  unheld,  ///< its kind is right; there is no checksum to hold it to
  missing,
  cut_short,
  changed,
  other_kind,
};

/// As in JSON: `cut_short`.
std::string_view name(Verdict verdict);

inline bool is_fault(Verdict verdict) { return verdict != Verdict::good && verdict != Verdict::unheld; }

struct FileVerdict {
  std::filesystem::path file;
  Verdict verdict = Verdict::good;
  std::string problem{};  ///< to follow "is": "cut short: 10 of 100 bytes"; empty where there is none
  std::string sha256{};   ///< empty where it was not worth computing
  std::uint64_t bytes = 0;
};

/// Reads every file of the model and holds it to what the registry and the remembered checksums say. Progress
/// is by size. Throws `forbidden`, `cancelled`.
std::vector<FileVerdict> verify_model(const InstalledModel& model, const Registry& registry,
                                      const std::vector<Checksum>& seen, const core::Context& context);

}  // namespace reelwright::inference
