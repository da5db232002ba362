"""Ctrl-C ends a run within a second, wherever it is, and the next run goes on from there. Every stage is stopped at
several random moments; the table of the worst is printed. To be run where nothing else works."""

import contextlib
import json
import random
import shutil
import signal
import subprocess
import time

import pytest
from bad_media import ffmpeg
from interrupts import CANCELLED, assert_stopped_cleanly, learn, stopped_in
from program import binary

TRIES = 3
WITHIN = 1.0  # seconds, as the documentation promises
SEED = 20

worst = {}  # (command, stage without its number) -> seconds


def note(command, stage, seconds):
    row = (command, stage.split()[0])
    worst[row] = max(worst.get(row, 0.0), seconds)


def worst_of(command):
    return max(seconds for (name, _), seconds in worst.items() if name == command)


@pytest.fixture(scope="module", autouse=True)
def table(request):
    yield
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\nSeconds from Ctrl-C to the end, at worst")
        for (command, stage), seconds in worst.items():
            print(f"  {command:28} {stage:12} {seconds:6.3f}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The sample talk, what is said in it, and the same picture with a hum that nobody speaks in."""
    folder = tmp_path_factory.mktemp("talk")
    subprocess.run([binary().with_name("sample_talk"), folder / "talk.mp4"], check=True, capture_output=True)
    words = subprocess.run([binary(), "transcribe", folder / "talk.mp4", "--out", folder / "talk.json"], check=True,
                           capture_output=True)
    assert words.returncode == 0
    heard = json.loads((folder / "talk.json").read_text())
    (folder / "talk.txt").write_text("\n".join(segment["text"] for segment in heard["segments"]))
    ffmpeg("-i", folder / "talk.mp4", "-f", "lavfi", "-i", "sine=frequency=200", "-map", "0:v", "-map", "1:a",
           "-c:v", "copy", "-c:a", "aac", "-shortest", folder / "hum.mp4")
    return folder


def clip_commands(folder):
    few = ["--num-clips", 2, "--min-duration", 8, "--max-duration", 16]
    return {
        "clip": [folder / "talk.mp4", *few],
        "clip --transcript talk.txt": [folder / "talk.mp4", *few, "--transcript", folder / "talk.txt",
                                       "--caption-style", "bold", "--aspect-ratio", "1:1"],
        "clip without speech": [folder / "hum.mp4", *few],
    }


@pytest.mark.parametrize("name", ["clip", "clip --transcript talk.txt", "clip without speech"])
def test_every_stage_of_clip(folder, tmp_path, name):
    chosen = random.Random(SEED)
    arguments = ["clip", *clip_commands(folder)[name], "--json"]
    stages = learn(*arguments, "--out", tmp_path / "whole", "--workspace", tmp_path / "learned")
    out, work = tmp_path / "out", tmp_path / "work"
    kinds = {stage.split()[0] for stage, _ in stages}
    assert {"sound", "transcript", "envelope", "selection", "framing", "render", "poster"} <= kinds
    for stage, seconds in stages:
        for _ in range(TRIES):
            stopped = stopped_in(stage, chosen.uniform(0, seconds), *arguments, "--out", out, "--workspace", work)
            note(name, stopped.stage, stopped.seconds)
            assert_stopped_cleanly(stopped, out, work)
            shutil.rmtree(out, ignore_errors=True)
    # What was stopped so often ends as what was never stopped.
    redone = learn(*arguments, "--out", out, "--workspace", work)
    assert {stage for stage, _ in redone} == {stage for stage, _ in stages}
    assert clips_of(out) == clips_of(tmp_path / "whole")
    assert worst_of(name) < WITHIN, worst


def clips_of(out):
    """What both runs must agree in."""
    return [(clip["start"], clip["end"], clip["title"]) for clip in json.loads((out / "clips.json").read_text())["clips"]]


@pytest.mark.parametrize("name", ["transcribe", "align", "topics"])
def test_the_pieces(folder, tmp_path, name):
    lines = (folder / "talk.txt").read_text().splitlines()
    (tmp_path / "long.txt").write_text("\n".join(lines * (20_000 // len(lines))))
    out = tmp_path / "result.json"
    command = [str(word) for word in {
        "transcribe": [binary(), "transcribe", folder / "talk.mp4", "--out", out],
        "align": [binary(), "align", folder / "talk.mp4", "--text", folder / "talk.txt", "--out", out],
        "topics": [binary(), "topics", tmp_path / "long.txt"],
    }[name]]
    begun = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - begun
    out.unlink(missing_ok=True)
    chosen = random.Random(SEED)
    for _ in range(2 * TRIES):
        stopped = stop_after(chosen.uniform(0.05, 0.9) * whole, command)
        if not stopped:
            continue
        took, code, said = stopped
        note(name, "whole", took)
        assert code in (CANCELLED, -signal.SIGINT), said  # the latter before it has begun to work
        assert not list(tmp_path.glob("*result*"))
    assert 0 < worst_of(name) < WITHIN


def stop_after(seconds, command):
    """Seconds from the signal on, exit code and words; None where the run was done before."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=seconds)
            return None
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        return time.monotonic() - asked, process.returncode, said.decode()
