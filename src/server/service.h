#pragma once

#include <memory>
#include <string>

#include "core/config.h"
#include "database/database.h"
#include "jobs/changes.h"
#include "jobs/pipeline.h"
#include "storage/storage.h"

namespace reelwright::server {

/// The HTTP half of the program: everything between a socket and the tables of jobs. Serves from its making
/// to its destruction.
class Service {
 public:
  /// All of it outlives the service. Throws `invalid_input` where HOST is open to others and there are no
  /// keys, `unavailable` where the address is taken.
  Service(const core::Config& config, database::Database& database, storage::Storage& storage,
          jobs::Changes& changes, const jobs::Pipelines& pipelines);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Where it is reached: `http://127.0.0.1:8000`.
  std::string address() const;

  /// Whether everybody on this machine may use it, because there are no keys yet.
  bool is_open() const;

  /// Takes no more requests and lets those that run end.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelwright::server
