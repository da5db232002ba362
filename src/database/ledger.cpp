#include "database/ledger.h"

#include "database/session.h"
#include "database/usage_rows.h"
#include "database/values.h"

namespace reelwright::database {

void Ledger::note(const Cost& cost) {
  writing(database_, [&](soci::session& sql) {
    sql << R"(INSERT INTO ledger (user_id, processing_id, vendor, item, amount, at, stage, tokens_in, tokens_out)
              VALUES (:user, :job, :vendor, :item, :amount, :at, :stage, :tokens_in, :tokens_out))",
        soci::use(cost.user_id, "user"), soci::use(cost.processing_id, "job"),
        soci::use(cost.vendor, "vendor"), soci::use(cost.item, "item"), soci::use(cost.amount, "amount"),
        soci::use(cost.at, "at"), soci::use(cost.stage, "stage"), soci::use(cost.tokens_in, "tokens_in"),
        soci::use(cost.tokens_out, "tokens_out");
    count_cost(sql, cost.user_id, cost.amount, cost.at);
  });
}

std::vector<Cost> Ledger::of_job(const std::string& processing_id) {
  return reading(database_, [&](soci::session& sql) {
    std::vector<Cost> costs;
    Cost cost;
    soci::statement read =
        (sql.prepare
             << R"(SELECT user_id, processing_id, vendor, item, amount, at, stage, tokens_in, tokens_out
                           FROM ledger
                           WHERE processing_id = :id ORDER BY id)",
         soci::use(processing_id, "id"), soci::into(cost.user_id), soci::into(cost.processing_id),
         soci::into(cost.vendor), soci::into(cost.item), soci::into(cost.amount), soci::into(cost.at),
         soci::into(cost.stage), soci::into(cost.tokens_in), soci::into(cost.tokens_out));
    read.execute();
    while (read.fetch()) costs.push_back(cost);
    return costs;
  });
}

std::vector<std::pair<std::string, double>> Ledger::totals() {
  return reading(database_, [](soci::session& sql) {
    std::vector<std::pair<std::string, double>> totals;
    std::pair<std::string, double> total;
    soci::statement read =
        (sql.prepare << "SELECT vendor, SUM(amount) FROM ledger GROUP BY vendor ORDER BY vendor",
         soci::into(total.first), soci::into(total.second));
    read.execute();
    while (read.fetch()) totals.push_back(total);
    return totals;
  });
}

}  // namespace reelwright::database
