#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clips/options.h"
#include "core/field_fault.h"
#include "media/probe.h"

namespace reelwright::clips {

/// What a user asks for over the API, as it stands in JSON: plain structs whose members are the JSON's names.
/// All times are seconds of the source, all places pixels of it as shown. Nothing in them is checked yet:
/// `faults_of` does that.
struct RequestSpan {
  double start;
  double end;
  std::optional<std::string> title{};
};

struct RequestWord {
  std::string word;
  double start;
  double end;
};

/// The left upper corner of the window, and its width; its height follows from the aspect ratio.
struct RequestCrop {
  double time;
  double x;
  double y;
  std::optional<double> width{};
};

struct RequestEdit {
  int clip_number;
  std::optional<double> start{};
  std::optional<double> end{};
  std::optional<std::string> title{};
  std::optional<std::string> caption_style{};
  std::optional<std::string> aspect_ratio{};
  std::optional<std::vector<RequestWord>> words{};  ///< all that is said in the clip
  std::optional<double> words_from{};               ///< `words` stand for no more than this stretch;
  std::optional<double> words_to{};                 ///< around it is what the transcript says
  std::optional<std::vector<RequestCrop>> crop{};
};

struct Request {
  std::optional<int> num_clips_requested{};
  std::optional<std::string> aspect_ratio{};
  std::optional<double> min_duration{};
  std::optional<double> max_duration{};
  std::optional<std::string> language{};
  std::optional<std::string> caption_style{};
  std::optional<std::vector<RequestSpan>> spans{};  ///< the user's own, instead of what would be chosen
  std::optional<bool> keep_chosen{};                ///< the spans come after what is chosen
  std::optional<std::vector<RequestEdit>> edits{};
};

/// A request out of JSON; members it does not name are absent. Throws `invalid_input`, naming the member, on
/// what is no JSON, on names that are not known and values of another type. Nothing else is checked.
Request read_request(std::string_view json);

/// As JSON, without what is absent.
std::string to_text(const Request& request);

using core::FieldFault;
using core::require_none;

/// All that is wrong with a request by itself, in its own order. `defaults` stand where it says nothing.
std::vector<FieldFault> faults_of(const Request& request, const Options& defaults = {});

/// `defaults` with what is asked for. Throws `invalid_input` with the first of `faults_of`.
Options options_from(const Request& request, const Options& defaults = {});

/// What of it does not fit this source: spans beyond its end, windows outside of its picture.
std::vector<FieldFault> misfits_of(const Options& options, const media::SourceFacts& source);

}  // namespace reelwright::clips
