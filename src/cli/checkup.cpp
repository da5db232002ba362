#include "cli/checkup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <utility>

#include "captions/fonts.h"
#include "captions/style.h"
#include "cli/role_findings.h"
#include "cli/vendors.h"
#include "clips/options.h"
#include "core/error.h"
#include "jobs/sandbox.h"
#include "language/openai_embedder.h"
#include "language/topic_options.h"
#include "media/encoders.h"
#include "speech/aligner.h"
#include "speech/decoder.h"
#include "speech/diarizer.h"
#include "speech/openai_transcriber.h"
#include "vision/detector.h"
#include "vision/detector_choice.h"

namespace reelwright::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view speech_package = "pocketsphinx-en-us";
constexpr std::string_view encoder_package = "libavcodec-extra";
constexpr std::uintmax_t little_space = 1'000'000'000;  // bytes; intermediate results and some clips fit in

struct Font {
  std::string_view family;  ///< or its beginning
  std::string_view package;
};
constexpr std::array<Font, 5> style_fonts{{{"Montserrat", "fonts-montserrat"},
                                           {"Lato", "fonts-lato"},
                                           {"Inter", "fonts-inter"},
                                           {"Bebas Neue", "fonts-bebas-neue"},
                                           {"Comic Neue", "fonts-comic-neue"}}};
// For letters that a style's own font lacks.
constexpr std::array<Font, 3> fallback_fonts{{{"Noto Sans", "fonts-noto-core"},
                                              {"WenQuanYi Micro Hei", "fonts-wqy-microhei"},
                                              {"Symbola", "fonts-symbola"}}};

/// `engine` makes the thing and says its name, or throws `unavailable`.
Finding tried(std::string role, std::string_view package, const std::function<std::string()>& engine) {
  Finding finding{.role = std::move(role), .needed = true, .package = std::string(package)};
  try {
    finding.engine = engine();
    finding.ok = true;
  } catch (const core::Error& error) {
    finding.problem = error.what();
  }
  return finding;
}

Finding transcriber() {
  return tried("transcriber", speech_package, [] {
    const auto transcriber = speech::make_transcriber();
    transcriber->try_loading();
    return std::string(transcriber->name());
  });
}

Finding aligner() {
  return tried("aligner", speech_package, [] {
    const speech::Decoder loaded(speech::Decoder::Task::align);
    return std::string(speech::make_aligner()->name());
  });
}

Finding coder(const char* role, bool there, const char* engine) {
  if (there) return {role, engine, true, true, {}, std::string(encoder_package)};
  return {role, {}, false, true, "This FFmpeg lacks it.", std::string(encoder_package)};
}

void add_encoders(std::vector<Finding>& findings, const std::string& chosen) {
  const std::vector<std::string> usable = media::usable_video_encoders();
  const bool software = std::ranges::contains(usable, "libx264");
  findings.push_back(coder("video encoder", software, "libx264"));
  findings.back().engine = fmt::format("{}", fmt::join(usable, ", "));
  if (!std::ranges::contains(usable, chosen))
    findings.push_back(
        {"chosen encoder",
         {},
         false,
         false,
         fmt::format("ENCODER is '{}', which does not open here; libx264 is used instead.", chosen),
         {}});
  findings.push_back(coder("sound encoder", media::has_sound_encoder(), "aac"));
  findings.push_back(coder("poster encoder", media::has_picture_encoder(), "mjpeg"));
}

Finding font(std::string role, std::string_view family, std::string_view package) {
  const std::string name(family);
  if (captions::font_installed(name)) return {std::move(role), name, true, false, {}, std::string(package)};
  return {std::move(role),
          {},
          false,
          false,
          fmt::format("The font {} is missing; another one stands in.", name),
          std::string(package)};
}

void add_fonts(std::vector<Finding>& findings) {
  for (const captions::Style& style : captions::caption_styles())
    findings.push_back(font(fmt::format("font of {}", style.name), style.font, font_package(style.font)));
  for (const Font& other : fallback_fonts)
    findings.push_back(font(fmt::format("fallback {}", other.family), other.family, other.package));
}

/// The folder itself, or the one in which it would be made.
fs::path standing_part(const fs::path& folder) {
  std::error_code error;
  fs::path part = fs::absolute(folder);
  while (!fs::exists(part, error) && part.has_relative_path()) part = part.parent_path();
  return part;
}

Finding workspace(const core::Config::Value& setting) {
  Finding finding{.role = "workspaces", .engine = setting.text, .needed = true};
  const fs::path part = standing_part(setting.text);
  std::error_code error;
  if (!fs::is_directory(part, error) || ::access(part.c_str(), W_OK | X_OK) != 0) {
    finding.engine.clear();
    finding.problem = fmt::format("{} cannot be written to; set WORKSPACE_DIR ({}) to a folder that can.",
                                  part.string(), setting.place);
    return finding;
  }
  finding.ok = true;
  const fs::space_info space = fs::space(part, error);
  if (error) return finding;
  finding.engine += fmt::format(" ({:.1f} GB free)", static_cast<double>(space.available) / 1e9);
  if (space.available < little_space) finding.problem = "There is little room; free 1 GB or more.";
  return finding;
}

/// What a job of the service is confined by; the other commands need none of it.
Finding sandbox() {
  const jobs::SandboxState state = jobs::sandbox_state();
  Finding finding{.role = "sandbox of jobs", .ok = state.whole()};
  if (state.whole()) finding.engine = fmt::format("Landlock {}, seccomp", state.landlock_version);
  for (const std::string& lack : state.lacks) finding.problem += (finding.problem.empty() ? "" : " ") + lack;
  return finding;
}

/// The user's own models of CTC, loaded as a job would.
void add_aligners(std::vector<Finding>& findings, const core::Config& config) {
  const speech::AlignerOptions options = clips::aligner_from(config);
  for (const auto& [language, file] : options.models)
    findings.push_back(tried(language.empty() ? "chosen aligner" : fmt::format("aligner of {}", language), "",
                             [&] { return std::string(make_aligner(options, language)->name()); }));
}

/// The user's own detector, loaded as a job would.
Finding chosen_detector(const core::Config& config) {
  return tried("chosen detector", "", [&] {
    const auto choice = vision::choose_detectors(clips::options_from(config).detectors, 1);
    const bool both = choice.yolo && choice.yunet;
    return choice.yolo_name + (both ? " + " : "") + choice.yunet_name;
  });
}

/// The user's own models of voices, loaded as a job would.
Finding chosen_diarizer(const speech::DiarizerOptions& options) {
  return tried("speaker labels", "", [&] { return speech::Diarizer(options).name(); });
}

bool names_transcriber(const core::Config& config) {
  const std::string_view engine = config.text("TRANSCRIBER");
  return !config.text("TRANSCRIBER_MODEL").empty() || (engine != "auto" && engine != "pocketsphinx");
}

/// The user's own transcriber, loaded as a job would.
Finding chosen_transcriber(const core::Config& config) {
  return tried("chosen transcriber", "", [&] {
    CommandTransport transport(config, {speech::transcriber_endpoint.role});
    const auto transcriber = speech::make_transcriber(clips::transcriber_from(config), transport.get());
    transcriber->try_loading();
    const bool is_remote = config.text("TRANSCRIBER") == "openai";
    return std::string(transcriber->name()) + (is_remote ? ", not called now" : "");
  });
}

/// The user's own embedder, loaded as a job would.
Finding chosen_embedder(const core::Config& config) {
  return tried("chosen embedder", "", [&] {
    CommandTransport transport(config, {language::embedder_endpoint.role});
    return make_embedder(language::topic_options(config).embedder, 1, transport.get())->name();
  });
}

/// Whether topics are told apart by what is meant, or are to be.
bool names_embedder(const core::Config& config) {
  const std::string& engine = config.text("EMBEDDER");
  return engine == "auto" ? !config.text("EMBEDDER_MODEL").empty() : engine != "none";
}

}  // namespace

std::string_view font_package(std::string_view family) {
  const auto* found =
      std::ranges::find_if(style_fonts, [&](const Font& font) { return family.starts_with(font.family); });
  return found == style_fonts.end() ? std::string_view{} : found->package;
}

std::vector<Finding> check_up(const core::Config& config) {
  std::vector<Finding> findings{transcriber(), aligner()};
  findings.push_back(
      tried("face detector", "opencv-data", [] { return vision::make_face_detector()->name(); }));
  findings.push_back(tried("person detector", "", [] { return vision::make_person_detector()->name(); }));
  add_roles(findings, config);
  add_aligners(findings, config);
  if (names_transcriber(config)) findings.push_back(chosen_transcriber(config));
  if (names_embedder(config)) findings.push_back(chosen_embedder(config));
  if (!config.text("DETECTOR_MODEL").empty() || !config.text("FACE_DETECTOR_MODEL").empty())
    findings.push_back(chosen_detector(config));
  if (const auto options = clips::diarizer_from(config); options.wanted())
    findings.push_back(chosen_diarizer(options));
  add_encoders(findings, config.text("ENCODER"));
  add_fonts(findings);
  findings.push_back(workspace(config.value("WORKSPACE_DIR")));
  findings.push_back(sandbox());
  return findings;
}

}  // namespace reelwright::cli
