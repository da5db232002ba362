#pragma once

#include <map>
#include <string>
#include <string_view>

namespace reelwright::jobs {

inline constexpr std::string_view source_role = "source";
inline constexpr std::string_view transcript_role = "transcript";

/// Which files a job is about: what `jobs.inputs` says, `{"source":"uploads/ID.mp4","url":"https://..."}`.
struct Inputs {
  std::map<std::string, std::string, std::less<>> keys{};  ///< by role, in the storage
  std::string url{};  ///< where the source was, or is still to be, fetched from; may carry secrets

  bool operator==(const Inputs&) const = default;
};

/// The key of the source; empty while it is still to be fetched.
std::string source_key(const Inputs& inputs);

std::string to_json(const Inputs& inputs);

/// Throws `internal`.
Inputs inputs_from(std::string_view json);

}  // namespace reelwright::jobs
