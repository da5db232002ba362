#include <map>
#include <mutex>
#include <tuple>

#include "core/digest.h"
#include "inference/onnx_session.h"

namespace reelwright::inference {

namespace {

/// The file's path, its version, and what computes it.
using Key = std::tuple<std::string, std::string, std::string>;

struct Cache {
  std::mutex mutex;
  std::map<Key, std::weak_ptr<const OnnxSession>> sessions;
};

Cache& cache() {
  static Cache made;
  return made;
}

}  // namespace

std::shared_ptr<const OnnxSession> open_onnx(const std::filesystem::path& file, const OnnxOptions& options) {
  const std::string identity = core::file_identity(file);
  const Key key{std::filesystem::weakly_canonical(file).string(), identity, options.provider};
  Cache& all = cache();
  // Held while a model is loaded, so that two who want the same one do not load it twice.
  const std::scoped_lock lock(all.mutex);
  std::erase_if(all.sessions, [](const auto& entry) { return entry.second.expired(); });
  if (auto standing = all.sessions[key].lock()) return standing;
  auto made = std::make_shared<const OnnxSession>(file, options);
  all.sessions[key] = made;
  return made;
}

}  // namespace reelwright::inference
