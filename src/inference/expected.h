#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inference/checksums.h"
#include "inference/installed.h"
#include "inference/registry.h"

namespace reelwright::inference {

/// What a file of a model must be.
struct ExpectedFile {
  std::string name;
  std::optional<std::uint64_t> bytes{};
  std::string sha256{};      ///< empty where it is not known
  bool by_registry = false;  ///< the checksum is the registry's, not the one that was seen when it came
};

/// Of each file of a model: what the registry knows (`known` may be null), else what was seen when it came.
/// The registry's order; of a model that it does not know the order in which files came.
std::vector<ExpectedFile> expected_files(std::string_view name, const Model* known,
                                         const std::vector<Checksum>& seen);

/// The first thing that the sizes alone show, as a sentence: a file that is missing, cut short or longer than
/// it should be. Empty where all is well.
std::string size_problem(const InstalledModel& model, const std::vector<ExpectedFile>& expected);

}  // namespace reelwright::inference
