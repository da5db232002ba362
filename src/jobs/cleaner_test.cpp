#include "jobs/cleaner.h"

#include <fcntl.h>
#include <sys/file.h>

#include "core/files.h"
#include "core/ids.h"
#include "database/uploads.h"
#include "jobs/inputs.h"
#include "jobs/test_service.h"
#include "storage/keys.h"

namespace reelwright::jobs {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto day = std::chrono::days(1);

/// Clips as their table names them.
class PlainClips : public Pipeline {
 public:
  std::string_view kind() const override { return "clips"; }
  std::string_view results_prefix() const override { return "results/clips"; }
  void run(const Order&, stage::Workspace&, Reporter&, const core::Context&) const override {}
  bool publish(database::Database&, const database::Claim&, const Result&, core::Moment) const override {
    return false;
  }
  bool retain(database::Database&, const database::Claim&, const std::vector<int>&,
              core::Moment) const override {
    return false;
  }
  std::string results(database::Database&, const std::string&) const override { return "[]"; }
  std::vector<std::string> files(database::Database& database, const std::string& id) const override {
    std::vector<std::string> names;
    for (const auto& clip : database::ClipTable(database).clips(id)) {
      names.push_back(clip.clip_filename);
      names.push_back(clip.caption_filename);
    }
    return names;
  }
};

class Cleaning : public ServiceTest {
 protected:
  explicit Cleaning(std::map<std::string, std::string> settings = {{"KEEP_UPLOADS_DAYS", "2"},
                                                                   {"KEEP_WORKSPACES_DAYS", "4"},
                                                                   {"KEEP_RESULTS_DAYS", "6"}})
      : ServiceTest(std::move(settings)) {}

  /// A job that was done at `made`, with a file of each kind.
  std::string done() {
    const std::string id = waiting();
    const database::Claim mine = claim(id, made);
    work(id);
    database::ClipTable(database).publish(mine, {1, "1.mp4", "1.json", 10, 4, "words", "{}"}, made);
    jobs.complete(mine, made);
    return id;
  }

  /// One that was not begun.
  std::string waiting() {
    Submission asked = submission("talk");
    asked.transcript = received("words");
    return submissions.submit(asked, made);
  }

  void work(const std::string& id) {
    write(folder / "store/processing" / id / "transcript~abc.json", "words");
    result(id, "1.mp4");
    result(id, "1.json");
  }

  void result(const std::string& id, const std::string& name) {
    storage.put("results/clips/" + id + "/" + name, write(folder / name, "clip"));
  }

  std::vector<std::string> below(const std::string& prefix) { return storage.children(prefix); }

  fs::path incoming(const std::string& name, const std::string& content = "part") {
    return write(folder / "store/incoming" / name, content);
  }

  PlainClips clips;
  Pipelines pipelines{&clips};
  Submissions submissions{database, storage, config};
  Cleaner cleaner{database, storage, pipelines, config};
  const core::Moment made = core::now();  // identities carry their time, so it is the real one here
};

TEST_F(Cleaning, WhatIsNewStays) {
  done();
  EXPECT_EQ(cleaner.clean(made + 2h), Cleaner::Report{});
  EXPECT_EQ(keys().size(), 5U);
}

TEST_F(Cleaning, EachKindGoesAfterItsOwnTime) {
  const std::string id = done();
  EXPECT_EQ(cleaner.clean(made + 3 * day), (Cleaner::Report{.uploads = 2}));
  EXPECT_THAT(below("uploads/"), IsEmpty());
  EXPECT_EQ(keys().size(), 3U);
  EXPECT_EQ(job(id).source_bytes, 0);

  EXPECT_EQ(cleaner.clean(made + 5 * day), (Cleaner::Report{.workspaces = 1}));
  EXPECT_FALSE(fs::exists(folder / "store/processing" / id));
  EXPECT_EQ(keys().size(), 2U);

  EXPECT_EQ(cleaner.clean(made + 7 * day), (Cleaner::Report{.results = 1}));
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_TRUE(database::ClipTable(database).clips(id).empty());
  EXPECT_TRUE(job(id).warnings.contains("results_expired"));
  EXPECT_EQ(cleaner.clean(made + 8 * day), Cleaner::Report{});
}

TEST_F(Cleaning, AJobThatWaitsOrRunsKeepsAll) {
  const std::string queued = waiting();
  work(queued);
  const std::string running = waiting();
  work(running);
  claim(running, made);
  EXPECT_EQ(cleaner.clean(made + 100 * day), Cleaner::Report{});
  EXPECT_EQ(keys().size(), 10U);
}

TEST_F(Cleaning, AWorkspaceThatSomebodyHoldsStays) {
  const std::string id = done();
  const fs::path lock = write(folder / "store/processing" / id / ".lock", "");
  {
    const core::Descriptor held(::open(lock.c_str(), O_RDWR | O_CLOEXEC));
    ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
    EXPECT_EQ(cleaner.clean(made + 100 * day).workspaces, 0);
    EXPECT_TRUE(fs::exists(lock));
  }
  EXPECT_EQ(cleaner.clean(made + 100 * day).workspaces, 1);
}

class CleaningNever : public Cleaning {
 protected:
  CleaningNever()
      : Cleaning({{"KEEP_UPLOADS_DAYS", "0"}, {"KEEP_WORKSPACES_DAYS", "0"}, {"KEEP_RESULTS_DAYS", "0"}}) {}
};

TEST_F(CleaningNever, ZeroIsForEver) {
  done();
  EXPECT_EQ(cleaner.clean(made + 36500 * day), Cleaner::Report{});
}

TEST_F(Cleaning, FilesOfNoJobGoOnceTheyAreNotNew) {
  const std::string id = core::make_uuid();
  work(id);
  storage.put("uploads/" + id + ".mp4", write(folder / "a", "talk"));
  EXPECT_EQ(cleaner.clean(made + 30min), Cleaner::Report{}) << "its rows may be on their way";
  EXPECT_EQ(cleaner.clean(made + 2h), (Cleaner::Report{.orphans = 3}));
  EXPECT_THAT(keys(), IsEmpty());
  EXPECT_THAT(below("processing/"), IsEmpty());
  EXPECT_THAT(below("results/clips/"), IsEmpty());
}

TEST_F(Cleaning, WhatIsNamedLikeNoJobIsNotOurs) {
  write(folder / "store/uploads/README", "mine");
  write(folder / "store/processing/notes/a", "mine");
  write(folder / "store/results/clips/notes/a", "mine");
  incoming("notes");
  EXPECT_EQ(cleaner.clean(made + 100 * day), Cleaner::Report{});
}

TEST_F(Cleaning, ResultsThatWereReplacedGo) {
  const std::string id = done();
  result(id, "old_title.mp4");
  EXPECT_EQ(cleaner.clean(made + 2h), (Cleaner::Report{.orphans = 1}));
  EXPECT_THAT(below("results/clips/" + id + "/"), ElementsAre("1.json", "1.mp4"));
}

TEST_F(Cleaning, ResultsThatAreBeingPublishedStay) {
  const std::string id = waiting();
  claim(id, made);
  result(id, "not_yet_in_the_table.mp4");
  EXPECT_EQ(cleaner.clean(made + 2h), Cleaner::Report{});
}

TEST_F(Cleaning, ATranscriptThatWasReplacedGoesOnceItIsNotNew) {
  const std::string id = done();
  storage.put("uploads/" + id + ".transcript-" + core::make_uuid(), write(folder / "t", "words"));
  EXPECT_EQ(cleaner.clean(made + 30min), Cleaner::Report{});
  EXPECT_EQ(cleaner.clean(made + 2h), (Cleaner::Report{.orphans = 1}));
  EXPECT_THAT(below("uploads/"), ElementsAre(id + ".bin", id + ".transcript"));
}

TEST_F(Cleaning, ACorrectedTranscriptStays) {
  const std::string id = done();
  submissions.revise(id, {.transcript = received("corrected")}, made);
  jobs.complete(claim(id, made), made);
  EXPECT_EQ(cleaner.clean(made + 2h).uploads, 0);
  EXPECT_EQ(stored(inputs_from(job(id).inputs).keys.at("transcript")), "corrected");
}

TEST_F(Cleaning, UnfinishedUploadsGoWhenTheirTimeIsOver) {
  database::UploadTable uploads(database);
  const std::string id = core::make_uuid();
  uploads.insert({.id = id, .user_id = user, .length = 100, .created_at = made, .expires_at = made + day});
  const fs::path file = incoming(id + ".part");
  EXPECT_EQ(cleaner.clean(made + 20h), Cleaner::Report{});
  EXPECT_TRUE(fs::exists(file));
  EXPECT_EQ(cleaner.clean(made + 25h), (Cleaner::Report{.unfinished = 1, .rows = 1}));
  EXPECT_FALSE(fs::exists(file));
  EXPECT_FALSE(uploads.find(id));
}

TEST_F(Cleaning, AnUploadThatGrowsIsNotTakenAwayAlthoughItsTimeIsOver) {
  database::UploadTable uploads(database);
  const std::string id = core::make_uuid();
  uploads.insert({.id = id, .user_id = user, .length = 100, .created_at = made, .expires_at = made - 1h});
  const fs::path file = incoming(id + ".part");
  EXPECT_EQ(cleaner.clean(made), Cleaner::Report{});
  EXPECT_TRUE(fs::exists(file));
  EXPECT_TRUE(uploads.find(id));
}

TEST_F(Cleaning, WhatOtherUploadsLeftGoesAfterAnHour) {
  const fs::path multipart = incoming(core::make_uuid());
  const fs::path resumable = incoming(core::make_uuid() + ".part");  // of which the table knows nothing
  EXPECT_EQ(cleaner.clean(made + 30min), Cleaner::Report{});
  EXPECT_EQ(cleaner.clean(made + 2h), (Cleaner::Report{.unfinished = 2}));
  EXPECT_FALSE(fs::exists(multipart));
  EXPECT_FALSE(fs::exists(resumable));
}

TEST_F(Cleaning, ADownloadStaysAsLongAsItsJobMayGoOn) {
  const std::string id = waiting();
  const fs::path part = incoming(id + ".fetch");
  const fs::path note = incoming(id + ".fetch.json");
  EXPECT_EQ(cleaner.clean(made + day), Cleaner::Report{});
  jobs.cancel(id, made);
  EXPECT_EQ(cleaner.clean(made + day), (Cleaner::Report{.unfinished = 2}));
  EXPECT_FALSE(fs::exists(part));
  EXPECT_FALSE(fs::exists(note));
}

TEST_F(Cleaning, HalfWrittenFilesGo) {
  const fs::path half = write(folder / "store/uploads/.put-half", "half");
  cleaner.clean(made);
  EXPECT_TRUE(fs::exists(half));
  cleaner.clean(made + 1h);
  EXPECT_FALSE(fs::exists(half));
}

TEST_F(Cleaning, OneThatCannotBeRemovedHindersNoOther) {
  const std::string first = done();
  done();
  // A broken row: what it is about cannot be read.
  database::writing(database, [&](soci::session& sql) {
    sql << "UPDATE jobs SET inputs = 'broken' WHERE processing_id = :id", soci::use(first);
  });
  EXPECT_EQ(cleaner.clean(made + 5 * day).workspaces, 2);
  EXPECT_EQ(cleaner.clean(made + 7 * day).results, 2);
}

TEST_F(Cleaning, TwoAtOnceDoNotMind) {
  for (int i = 0; i < 5; ++i) done();
  Cleaner other(database, storage, pipelines, config);
  {
    const std::jthread beside([&] { other.clean(made + 100 * day); });
    cleaner.clean(made + 100 * day);
  }
  EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(Cleaning, AStopEndsIt) {
  done();
  std::stop_source source;
  source.request_stop();
  EXPECT_EQ(cleaner.clean(made + 100 * day, source.get_token()), Cleaner::Report{});
}

TEST_F(Cleaning, TheThreadBeginsAtOnceAndEnds) {
  const fs::path orphan = write(folder / "store/uploads/01900000-0000-7000-8000-000000000000.mp4", "old");
  {
    Cleaner own(database, storage, pipelines, config);
    own.start();
    while (fs::exists(orphan)) std::this_thread::yield();
  }
}

}  // namespace
}  // namespace reelwright::jobs
