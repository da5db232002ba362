"""Processes of the service end without warning, stop, or meet each other: every job is done all the same, each clip is
published once, and nothing that was finished is done again."""

import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest
from engine_faults import (SETTINGS, ServiceOnSmallDisk, ServiceWithClock, Worker, assert_no_strangers, assert_whole, children_of, is_alive, kill_at_random,
                           rows, submit, unended, wait_until)
from service import Service
from talks import make_talk


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"), seconds=16)


@pytest.mark.parametrize("victim", ["child", "worker", "service"])
def test_killed_without_warning(tmp_path, talk, victim):
    assert kill_at_random(tmp_path, talk, victim, kills=1, jobs=1, seed=victim) == 1


def test_a_stop_hands_jobs_back_and_a_start_goes_on(tmp_path, talk):
    service = Service(tmp_path / "storage", **{**SETTINGS, "GRACE_SECONDS": 0}).start()
    job = submit(service, talk)
    child = wait_until(lambda: children_of(service.process))[0]
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    assert service.stop() == 0
    assert not is_alive(child)
    status, failed, owner = rows(service, "SELECT status, failed_attempts, lease_owner FROM jobs")[0]
    assert (status, failed, owner) == ("queued", 0, None)
    service.start()
    service.wait(job)
    assert_whole(service, job)
    service.stop()


def test_two_services_on_one_storage(tmp_path, talk):
    first = Service(tmp_path / "storage", **SETTINGS).start()
    second = Service(tmp_path / "storage", **SETTINGS).start()
    jobs = [submit(first, talk), submit(second, talk), submit(first, talk)]
    wait_until(lambda: not unended(first), 300, first.text)
    for job in jobs:
        assert_whole(second, job)
        assert rows(first, "SELECT attempt FROM jobs WHERE processing_id = ?", job) == [(1,)]
    assert_no_strangers(first, jobs)
    first.stop()
    second.stop()


def test_a_worker_that_hangs_loses_its_job_and_does_no_harm(tmp_path, talk):
    service = Service(tmp_path / "storage", "api", **SETTINGS).start()
    hanging = Worker(service)
    job = submit(service, talk)
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    owner = rows(service, "SELECT lease_owner FROM jobs")[0]
    processes = [hanging.process.pid, *children_of(hanging.process)]
    subprocess.run(["kill", "-STOP", *map(str, processes)], check=True)
    other = Worker(service)
    wait_until(lambda: rows(service, "SELECT lease_owner FROM jobs")[0] not in (owner, (None,)), 30,
               lambda: "the job was not taken over within 30 s")
    subprocess.run(["kill", "-CONT", *map(str, processes)], check=False)  # it wakes up and goes on as if nothing was
    service.wait(job)
    assert_whole(service, job)
    for worker in (hanging, other):
        assert worker.end(signal.SIGTERM) == 0
    assert_no_strangers(service, [job])
    service.stop()


def test_the_database_is_locked_for_ten_seconds(tmp_path, talk):
    service = Service(tmp_path / "storage", **SETTINGS).start()
    job = submit(service, talk)
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    with closing(sqlite3.connect(service.storage / "reelwright.db", timeout=30, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(10)
        other.execute("ROLLBACK")
    assert service.wait(job)["status"] == "completed"
    assert_whole(service, job)
    assert rows(service, "SELECT attempt FROM jobs") == [(1,)], service.text()
    service.stop()


def test_the_disk_is_full_while_a_job_runs(tmp_path, talk):
    """Rows, workspaces and results on one small disk: whichever write fails first, the job goes on when there is room."""
    service = ServiceOnSmallDisk(tmp_path / "storage", "48m", **SETTINGS).start()
    job = submit(service, talk)
    wait_until(lambda: service.status(job)["progress_percentage"] > 0)
    before = len(service.log)
    service.fill()
    wait_until(lambda: any("full" in line for line in service.log[before:]), 60, lambda: "nobody noticed")
    service.free()
    wait_until(lambda: service.status(job)["status"] == "completed", 300, service.text)
    assert_whole(service, job)
    assert_no_strangers(service, [job])
    service.stop()


def test_the_disk_of_the_results_is_full(tmp_path, talk):
    """Everything is worked out, and nothing can be published until there is room."""
    service = ServiceOnSmallDisk(tmp_path / "storage", "16m", "results", **SETTINGS).start()
    service.fill()
    job = submit(service, talk)
    wait_until(lambda: any("full" in line for line in service.log), 120, service.text)
    assert service.status(job)["clips"] == []
    service.free()
    assert service.wait(job)["status"] == "completed"
    assert_whole(service, job)
    assert_no_strangers(service, [job])
    service.stop()


def test_the_database_is_gone_for_ten_seconds(tmp_path, talk):
    """As where its folder was on a share that came back: nothing is made in its place, nothing is lost."""
    service = Service(tmp_path / "storage", **SETTINGS).start()
    job = submit(service, talk)
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    away = tmp_path / "away"
    away.mkdir()
    files = list(service.storage.glob("reelwright.db*"))
    for file in files:
        file.rename(away / file.name)
    time.sleep(10)
    assert not list(service.storage.glob("reelwright.db*")), "a new database was made"
    for file in files:
        (away / file.name).rename(file)
    assert service.wait(job)["status"] == "completed"
    assert_whole(service, job)
    service.stop()


@pytest.mark.parametrize("jump", ["+3h", "-3h"])
def test_the_clock_jumps_while_a_job_runs(tmp_path, talk, jump):
    service = ServiceWithClock(tmp_path / "storage", **SETTINGS).start()
    job = submit(service, talk)
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    service.set_clock(jump)
    assert service.wait(job)["status"] == "completed"
    assert_whole(service, job)
    assert_no_strangers(service, [job])
    service.stop()


@pytest.mark.parametrize("jump", ["+3h", "-3h"])
def test_a_service_dies_and_the_clock_is_another_when_it_comes_back(tmp_path, talk, jump):
    service = ServiceWithClock(tmp_path / "storage", **SETTINGS).start()
    job = submit(service, talk)
    wait_until(lambda: rows(service, "SELECT 1 FROM job_stages"))
    os.kill(service.process.pid, signal.SIGKILL)
    service.process.wait(30)
    service.set_clock(jump)
    service.start()
    wait_until(lambda: not unended(service), 60, lambda: "the job was not taken over\n" + service.text())
    assert_whole(service, job)
    service.stop()


def test_cancelled_in_every_stage(tmp_path, talk):
    """As soon as one more stage is done, and each time gone on with from there, until nothing is left to cancel."""
    service = Service(tmp_path / "storage", **SETTINGS).start()
    job = submit(service, talk)
    cancels = 0
    while True:
        done = len(worked_out(service))
        wait_until(lambda: len(worked_out(service)) > done or not unended(service), 120, service.text)
        if service.post(f"/api/jobs/{job}/cancel").status_code == 409:
            break
        if service.wait(job)["status"] == "completed":  # it was done before its child heard of it
            break
        cancels += 1
        assert service.post(f"/api/jobs/{job}/cancel").status_code == 409
        wait_until(lambda: not children_of(service.process), 10, lambda: "the child outlived its job")
        assert service.post(f"/api/jobs/{job}/retry").status_code == 202
    assert service.wait(job)["status"] == "completed"
    assert cancels >= 4, worked_out(service)
    assert_whole(service, job)
    service.stop()


def worked_out(service):
    return rows(service, "SELECT stage FROM job_stages WHERE NOT reused")


def test_cancelled_before_it_began(tmp_path, talk):
    service = Service(tmp_path / "storage", "api", **SETTINGS).start()
    job = submit(service, talk)
    assert service.post(f"/api/jobs/{job}/cancel").json()["status"] == "cancelled"
    worker = Worker(service)
    other = submit(service, talk)
    service.wait(other)
    assert service.status(job)["status"] == "cancelled"
    assert rows(service, "SELECT attempt FROM jobs WHERE processing_id = ?", job) == [(0,)]
    assert worker.end() == 0
    service.stop()
