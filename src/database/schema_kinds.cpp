#include <array>

#include "database/schema.h"

namespace reelwright::database {

namespace {

constexpr std::array statements = {
    R"(CREATE TABLE processing_jobs (
         id INTEGER PRIMARY KEY,
         processing_id TEXT NOT NULL UNIQUE REFERENCES jobs(processing_id) ON DELETE CASCADE,
         status TEXT NOT NULL,
         progress_percentage INTEGER NOT NULL DEFAULT 0,
         input_filename TEXT NOT NULL,
         original_filename TEXT NOT NULL,
         num_clips_requested INTEGER NOT NULL,
         aspect_ratio TEXT NOT NULL,
         created_at TIMESTAMP NOT NULL,
         completed_at TIMESTAMP,
         error_message TEXT))",
    R"(CREATE TABLE generated_clips (
         id INTEGER PRIMARY KEY,
         job_id INTEGER NOT NULL REFERENCES processing_jobs(id) ON DELETE CASCADE,
         clip_number INTEGER NOT NULL,
         clip_filename TEXT NOT NULL,
         caption_filename TEXT NOT NULL,
         duration_seconds DOUBLE PRECISION NOT NULL,
         file_size_bytes BIGINT NOT NULL,
         clip_text_preview TEXT NOT NULL,
         facts TEXT NOT NULL,
         UNIQUE (job_id, clip_number)))",

    R"(CREATE TABLE faceless_video_jobs (
         id INTEGER PRIMARY KEY,
         processing_id TEXT NOT NULL UNIQUE REFERENCES jobs(processing_id) ON DELETE CASCADE,
         status TEXT NOT NULL,
         progress_percentage INTEGER NOT NULL DEFAULT 0,
         story_title TEXT,
         story_description TEXT,
         story_content TEXT,
         story_category TEXT,
         image_style TEXT,
         voice_id TEXT,
         aspect_ratio TEXT NOT NULL,
         generated_story TEXT,
         final_video_filename TEXT,
         caption_filename TEXT,
         total_scenes_generated INTEGER,
         total_duration_seconds DOUBLE PRECISION,
         file_size_bytes BIGINT,
         openai_cost DOUBLE PRECISION NOT NULL DEFAULT 0,
         replicate_cost DOUBLE PRECISION NOT NULL DEFAULT 0,
         total_cost DOUBLE PRECISION NOT NULL DEFAULT 0,
         created_at TIMESTAMP NOT NULL,
         completed_at TIMESTAMP,
         error_message TEXT))",
    R"(CREATE TABLE faceless_video_scenes (
         id INTEGER PRIMARY KEY,
         job_id INTEGER NOT NULL REFERENCES faceless_video_jobs(id) ON DELETE CASCADE,
         scene_number INTEGER NOT NULL,
         scene_text TEXT NOT NULL,
         image_prompt TEXT,
         image_filename TEXT,
         audio_filename TEXT,
         image_url TEXT,
         start_time DOUBLE PRECISION,
         end_time DOUBLE PRECISION,
         duration DOUBLE PRECISION,
         image_generation_time DOUBLE PRECISION,
         audio_generation_time DOUBLE PRECISION,
         UNIQUE (job_id, scene_number)))",
};

}  // namespace

Statements kind_schema() { return statements; }

}  // namespace reelwright::database
