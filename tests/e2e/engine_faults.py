"""Ends processes of the service without warning while jobs run, and tells whether anything was lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from program import ON_SMALL_DISK, assert_no_findings, binary
from service import Service

OPTIONS = {"num_clips": "2", "min_duration": "4", "max_duration": "6", "aspect_ratio": "source"}
SETTINGS = {"JOB_ATTEMPTS": 100, "ALLOW_PRIVATE_URLS": "true", "GRACE_SECONDS": 1}
NOBODY_LISTENS = "http://127.0.0.1:9/hook"


class Worker:
    """`reelwright worker` beside an `api` that uses the same storage."""

    def __init__(self, service):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(service.storage.parent), **service.settings}
        self.log = tempfile.TemporaryFile("w+", dir=service.storage.parent, encoding="utf-8", errors="replace")
        self.process = subprocess.Popen([str(binary()), "worker"], stderr=self.log, env=environment)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        status = self.process.wait(60)
        self.log.seek(0)
        assert_no_findings(self.log.read())
        return status


# Then becomes the program.
BECOME = ON_SMALL_DISK + "os.execv(command[0], command)"


class ServiceOnSmallDisk(Service):
    """`part` of its storage is a small disk. `storage` is what the service sees, looked at from outside."""

    def __init__(self, storage, size, part=".", **settings):
        (storage / part).mkdir(parents=True)
        super().__init__(storage, **settings)
        self.outside, self.size, self.part = storage, size, part

    def command_line(self):
        return [sys.executable, "-c", BECOME, str(self.outside / self.part), self.size, *super().command_line()]

    def start(self):
        super().start()
        self.storage = Path(f"/proc/{self.process.pid}/root") / self.outside.relative_to("/")
        return self

    def copy_of_database(self):
        """SQLite would look for the file outside: it follows /proc/N/root as if it were a link."""
        copy = Path(tempfile.mkdtemp(dir=self.outside.parent)) / "reelwright.db"
        for end in ("", "-wal"):
            shutil.copy(f"{self.storage}/reelwright.db{end}", f"{copy}{end}")
        return copy

    def fill(self):
        with open(self.storage / self.part / "ballast", "wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError:
                pass

    def free(self):
        (self.storage / self.part / "ballast").unlink()


FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"


class ServiceWithClock(Service):
    """Its wall clock can be set; time that is measured goes on as ever."""

    def __init__(self, storage, *arguments, **settings):
        self.clock = Path(f"{storage}.clock")
        self.set_clock("+0")
        super().__init__(storage, *arguments, LD_PRELOAD=FAKETIME, FAKETIME_TIMESTAMP_FILE=self.clock, FAKETIME_NO_CACHE=1,
                         FAKETIME_DONT_FAKE_MONOTONIC=1, ASAN_OPTIONS="verify_asan_link_order=0", **settings)

    def set_clock(self, offset):
        new = self.clock.with_suffix(".new")
        new.write_text(f"{offset}\n")
        new.replace(self.clock)


def submit(service, talk, **fields):
    with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
        answer = service.post("/api/upload-video", files={"file": video, "transcript": said},
                              data={**OPTIONS, "webhook_url": NOBODY_LISTENS, **fields})
    assert answer.status_code == 202, answer.text
    return answer.json()["processing_id"]


def rows(service, query, *values):
    place = f"file:{service.storage}/reelwright.db?mode=ro"
    if isinstance(service, ServiceOnSmallDisk):
        place = f"file:{service.copy_of_database()}"
    with closing(sqlite3.connect(place, uri=True, timeout=30)) as database:
        return database.execute(query, values).fetchall()


def children_of(process):
    listed = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True)
    return [int(word) for word in listed.stdout.split()]


def is_alive(process_id):
    """A zombie that its parent has not looked at yet is not."""
    try:
        with open(f"/proc/{process_id}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=120, said=lambda: ""):
    deadline = time.monotonic() + seconds
    while not (met := condition()):
        assert time.monotonic() < deadline, said()
        time.sleep(0.02)
    return met


def unended(service):
    return rows(service, "SELECT COUNT(*) FROM jobs WHERE status IN ('queued', 'processing')")[0][0]


def a_moment_of_work(service, working, chance):
    """Waits until a child runs, and then a moment longer. The child, or none where all jobs have ended."""
    children = wait_until(lambda: children_of(working) or not unended(service), 300, service.text)
    if children is True:
        return None
    time.sleep(chance.uniform(0, 2.5))
    return children[0]


def kill_at_random(folder, talk, victim, kills, jobs, seed):
    """Kills the `victim` (child, worker or service) `kills` times while `jobs` jobs run. Returns how often it did."""
    chance = random.Random(seed)
    service = Service(folder / "storage", "serve" if victim != "worker" else "api", **SETTINGS).start()
    worker = Worker(service) if victim == "worker" else None
    ids = [submit(service, talk) for _ in range(jobs)]
    done = 0
    while done < kills:
        working = worker.process if worker else service.process
        child = a_moment_of_work(service, working, chance)
        if child is None:
            break
        killed = child if victim == "child" else working.pid
        try:
            os.kill(killed, signal.SIGKILL)
        except ProcessLookupError:  # it was done
            continue
        done += 1
        if victim == "child":
            wait_until(lambda: not is_alive(child))
            continue
        working.wait(30)
        wait_until(lambda: not is_alive(child), 10, lambda: f"the child {child} outlived its {victim}")
        if worker:
            worker = Worker(service)
        else:
            service.start()
    wait_until(lambda: not unended(service), 600, service.text)
    for job in ids:
        assert_whole(service, job)
    assert_no_strangers(service, ids)
    if worker:
        assert worker.end() in (0, -signal.SIGTERM)  # the latter where it had only begun to start
    service.stop()
    return done


def assert_whole(service, job):
    """The job is completed, each of its clips is there once and was told of once, and no stage that was finished was
    run again."""
    status, attempts = rows(service, "SELECT status, attempt FROM jobs WHERE processing_id = ?", job)[0]
    errors = rows(service, "SELECT code, message, stage FROM job_errors WHERE processing_id = ?", job)
    assert status == "completed", (status, errors)
    clips = rows(service, "SELECT clip_number, clip_filename, file_size_bytes FROM generated_clips JOIN processing_jobs p "
                          "ON job_id = p.id WHERE p.processing_id = ? ORDER BY 1", job)
    assert [number for number, _, _ in clips] == [1, 2], (clips, attempts)
    folder = service.storage / "results/clips" / job
    for _, name, size in clips:
        assert (folder / name).stat().st_size == size
    document = service.status(job)
    named = sorted(path.rsplit("/", 1)[1] for clip in document["clips"] for path in clip["files"].values() if path)
    assert sorted(file.name for file in folder.iterdir()) == named
    told = rows(service, "SELECT event, clip_number FROM webhook_deliveries WHERE processing_id = ? AND event <> "
                         "'job.cancelled' ORDER BY 1, 2", job)
    assert told == [("clip.ready", 1), ("clip.ready", 2), ("job.completed", None)]
    again = rows(service, "SELECT stage, COUNT(*) FROM job_stages WHERE processing_id = ? AND NOT reused GROUP BY stage "
                          "HAVING COUNT(*) > 1", job)
    assert again == []


def assert_no_strangers(service, jobs):
    """Nothing of interrupted work lies in the storage."""
    for place in ("results/clips", "processing"):
        assert {entry.name for entry in (service.storage / place).iterdir()} <= set(jobs)
    for job in jobs:
        left = [file.name for file in (service.storage / "processing" / job).iterdir() if file.name.startswith(".")]
        assert set(left) <= {".lock"}, left
