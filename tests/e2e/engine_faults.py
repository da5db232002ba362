"""Ends processes of the service without warning while jobs run, and tells whether anything was lost."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

from program import binary
from service import Service

OPTIONS = {"num_clips": "2", "min_duration": "4", "max_duration": "6", "aspect_ratio": "source"}
SETTINGS = {"JOB_ATTEMPTS": 100, "ALLOW_PRIVATE_URLS": "true", "GRACE_SECONDS": 1}
NOBODY_LISTENS = "http://127.0.0.1:9/hook"


class Worker:
    """`reelwright worker` beside an `api` that uses the same storage."""

    def __init__(self, service):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(service.storage.parent), **service.settings}
        self.process = subprocess.Popen([str(binary()), "worker"], stderr=subprocess.DEVNULL, env=environment)

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(60)


def submit(service, talk, **fields):
    with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
        answer = service.post("/api/upload-video", files={"file": video, "transcript": said},
                              data={**OPTIONS, "webhook_url": NOBODY_LISTENS, **fields})
    assert answer.status_code == 202, answer.text
    return answer.json()["processing_id"]


def rows(service, query, *values):
    with closing(sqlite3.connect(f"file:{service.storage}/reelwright.db?mode=ro", uri=True, timeout=30)) as database:
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
        assert worker.end() == 0
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
    told = rows(service, "SELECT event, clip_number FROM webhook_deliveries WHERE processing_id = ? ORDER BY 1, 2", job)
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
