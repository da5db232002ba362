#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/storage.h"

namespace reelwright::storage {

struct ZipEntry {
  std::string name;  ///< in the archive; UTF-8
  std::string key;   ///< in the store
};

/// A ZIP of stored files that is made while it is read: nothing is compressed (films are already), no file is
/// held in memory, more than 4 GiB is no matter (ZIP64). One thread at a time.
class ZipStream {
 public:
  /// The store outlives it.
  ZipStream(Storage& storage, std::vector<ZipEntry> entries);
  ~ZipStream();
  ZipStream(const ZipStream&) = delete;
  ZipStream& operator=(const ZipStream&) = delete;

  /// The next bytes, about a MiB; empty at the end. A file that is gone when its turn comes is left out.
  /// Throws `conflict` where a file is replaced while it is read: what was given so far is no whole archive.
  std::string next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::storage
