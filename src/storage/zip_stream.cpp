#include "storage/zip_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <utility>

#include "core/error.h"

namespace reelwright::storage {

namespace {

using core::Error;
using core::ErrorCode;

constexpr std::uint64_t block_size = 1 << 20;

struct FreeArchive {
  void operator()(archive* zip) const { ::archive_write_free(zip); }
};
struct FreeEntry {
  void operator()(archive_entry* entry) const { ::archive_entry_free(entry); }
};

/// libarchive writes names as the locale has them, and marks them as UTF-8 only where that is its coding.
class Utf8Locale {
 public:
  Utf8Locale()
      : utf8_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(utf8_ ? ::uselocale(utf8_) : nullptr) {}
  ~Utf8Locale() {
    if (!utf8_) return;
    ::uselocale(before_);
    ::freelocale(utf8_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t utf8_;
  locale_t before_;
};

la_ssize_t append(archive*, void* output, const void* bytes, std::size_t count) {
  static_cast<std::string*>(output)->append(static_cast<const char*>(bytes), count);
  return static_cast<la_ssize_t>(count);
}

}  // namespace

struct ZipStream::State {
  State(Storage& from, std::vector<ZipEntry> all)
      : storage(from), entries(std::move(all)), zip(::archive_write_new()) {
    check(::archive_write_set_format_zip(zip.get()));
    check(::archive_write_zip_set_compression_store(zip.get()));
    check(::archive_write_set_bytes_per_block(zip.get(), 0));  // no buffer of its own
    check(::archive_write_open2(zip.get(), &output, nullptr, &append, nullptr, nullptr));
  }

  void step();
  void begin_entry();
  void copy_block();
  void check(la_ssize_t result) const {
    if (result >= ARCHIVE_WARN) return;
    const char* why = ::archive_error_string(zip.get());
    throw Error(ErrorCode::internal, "The ZIP cannot be written.", why ? why : "");
  }

  Storage& storage;
  std::vector<ZipEntry> entries;
  std::string output;  // outlives the archive, which writes to it to the last
  std::unique_ptr<archive, FreeArchive> zip;
  std::size_t turn = 0;      ///< of `entries`
  Object object{};           ///< whose bytes are being copied
  std::uint64_t copied = 0;  ///< of them
  bool ended = false;
};

void ZipStream::State::step() {
  if (copied < object.size)
    copy_block();
  else if (turn < entries.size())
    begin_entry();
  else {
    check(::archive_write_close(zip.get()));
    ended = true;
  }
}

void ZipStream::State::begin_entry() {
  const ZipEntry& next = entries[turn++];
  object = storage.stat(next.key).value_or(Object{});
  copied = 0;
  if (object.key.empty()) return;
  const std::unique_ptr<archive_entry, FreeEntry> entry(::archive_entry_new());
  ::archive_entry_set_pathname(entry.get(), next.name.c_str());
  ::archive_entry_set_filetype(entry.get(), AE_IFREG);
  ::archive_entry_set_perm(entry.get(), 0644);
  ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(object.size));
  ::archive_entry_set_mtime(entry.get(), std::chrono::system_clock::to_time_t(object.modified), 0);
  check(::archive_write_header(zip.get(), entry.get()));
}

void ZipStream::State::copy_block() {
  const auto same = storage.stat(object.key);
  if (!same || same->etag != object.etag)
    throw Error(ErrorCode::conflict,
                fmt::format("{} was replaced while it was read; ask again.", object.key));
  const std::uint64_t before = copied;
  storage.read(object.key, copied, std::min(block_size, object.size - copied),
               [&](std::span<const std::byte> bytes) {
                 check(::archive_write_data(zip.get(), bytes.data(), bytes.size()));
                 copied += bytes.size();
                 return true;
               });
  if (copied == before)
    throw Error(ErrorCode::conflict, fmt::format("{} has got shorter; ask again.", object.key));
}

ZipStream::ZipStream(Storage& storage, std::vector<ZipEntry> entries)
    : state_(std::make_unique<State>(storage, std::move(entries))) {}

ZipStream::~ZipStream() = default;

std::string ZipStream::next() {
  const Utf8Locale names;
  while (!state_->ended && state_->output.size() < block_size) state_->step();
  return std::exchange(state_->output, {});
}

}  // namespace reelwright::storage
