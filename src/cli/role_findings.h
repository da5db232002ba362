#pragma once

#include <vector>

#include "cli/checkup.h"

namespace reelwright::cli {

/// Says for every role of a model which engine plays it and why: in the finding of that role where `findings`
/// has one, else in one more; and what lies in the models folder. Never throws for what is wrong there: that
/// is a finding too.
void add_roles(std::vector<Finding>& findings, const core::Config& config);

}  // namespace reelwright::cli
