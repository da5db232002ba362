#include "jobs/paid_calls.h"

#include "core/error.h"
#include "core/log.h"
#include "database/ledger.h"

namespace reelwright::jobs {

namespace {

namespace log = core::log;

double spent_on(database::Database& database, const std::string& processing_id) {
  double spent = 0;
  for (const database::Cost& cost : database::Ledger(database).of_job(processing_id)) spent += cost.amount;
  return spent;
}

void log_call(const net::CallRecord& record) {
  const net::Charge charge = record.charge.value_or(net::Charge{});
  log::info("api.called", {{"provider", record.provider},
                           {"path", record.path},
                           {"stage", record.stage},
                           {"status", record.status},
                           {"tries", record.tries},
                           {"seconds", record.seconds},
                           {"vendor_request_id", record.request_id},
                           {"model", charge.model},
                           {"tokens_in", charge.tokens_in},
                           {"tokens_out", charge.tokens_out},
                           {"sound_seconds", charge.seconds},
                           {"dollars", charge.dollars}});
}

}  // namespace

PaidCalls::PaidCalls(const Workshop& workshop, const WorkerOptions& options, const database::Job& job)
    : workshop_(workshop),
      user_id_(job.user_id),
      processing_id_(job.processing_id),
      request_id_(job.request_id) {
  if (workshop.vendors.empty()) return;
  budget_.emplace(options.job_budget, spent_on(workshop.database, job.processing_id));
  client_.emplace(workshop.vendors, *budget_, [this](const net::CallRecord& record) { note(record); });
}

net::ApiAnswer PaidCalls::call(const net::ApiRequest& request, const std::stop_token& stop) {
  if (!client_) throw core::Error(core::ErrorCode::invalid_input, "No paid service is set for jobs.");
  const log::Scope job_scope("processing_id", processing_id_);
  const log::Scope request_scope("request_id", request_id_);
  return client_->post(request, stop);
}

/// What was paid is paid, also where the ledger cannot be written: then the log has it.
void PaidCalls::note(const net::CallRecord& record) {
  log_call(record);
  if (!record.charge) return;
  const net::Charge& charge = *record.charge;
  try {
    database::Ledger(workshop_.database)
        .note({.user_id = user_id_,
               .processing_id = processing_id_,
               .vendor = charge.provider,
               .item = charge.model,
               .amount = charge.dollars,
               .at = core::now(),
               .stage = charge.stage,
               .tokens_in = charge.tokens_in,
               .tokens_out = charge.tokens_out});
  } catch (const core::Error& error) {
    log::error("cost.unwritten",
               {{"dollars", charge.dollars}, {"error", error.what()}, {"details", error.details()}});
  }
}

}  // namespace reelwright::jobs
