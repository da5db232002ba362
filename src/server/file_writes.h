#pragma once

#include <fcntl.h>

#include <cstddef>
#include <cstdint>

namespace reelwright::server {

/// How much to write at once. For larger pieces the kernel looks for memory in as large blocks, which takes
/// twice as long as writing does.
constexpr std::size_t write_step = std::size_t{64} << 10;

/// Has the disk begin with what was written to a growing file of `size` bytes, so that little is left to wait
/// for when it is synced at the end. Waits for nothing; only an advice.
inline void write_out_early(int file, std::uint64_t size) {
  constexpr std::uint64_t stretch = std::uint64_t{8} << 20;
  if (size % stretch < (std::uint64_t{1} << 20) && size >= stretch)
    ::sync_file_range(file, static_cast<off64_t>(size - size % stretch - stretch), stretch,
                      SYNC_FILE_RANGE_WRITE);
}

}  // namespace reelwright::server
