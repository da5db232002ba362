#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include "core/error.h"
#include "database/session.h"

namespace reelwright::database {

namespace {

using core::Error;
using core::ErrorCode;

ErrorCode meaning(int sqlite_code) {
  switch (sqlite_code & 0xFF) {  // the rest tells variants apart
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::unavailable;
    case SQLITE_FULL:
      return ErrorCode::storage_full;
    default:
      return ErrorCode::internal;
  }
}

const char* sentence(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
      return "The database cannot be used just now; try again in a moment, and see that its folder can be "
             "written to.";
    case ErrorCode::storage_full:
      return "The database's disk is full; free some room.";
    default:
      return "The database refused what was asked of it; this is a fault of the program.";
  }
}

}  // namespace

void throw_sqlite_error(int sqlite_code, const std::string& details) {
  const ErrorCode code = meaning(sqlite_code);
  throw Error(code, sentence(code), details);
}

void throw_database_error(const soci::soci_error& error) {
  const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  throw_sqlite_error(sqlite ? sqlite->result() : 0, error.what());
}

}  // namespace reelwright::database
