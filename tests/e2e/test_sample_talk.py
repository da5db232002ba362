"""What `./dev demo` does, in short: the sample talk is filmed, heard and cut into clips, with nothing given but the
file; and listening stops on Ctrl-C."""

import json
import subprocess

import pytest
from interrupts import CANCELLED, Run, assert_stopped_cleanly
from program import binary, run


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    file = tmp_path_factory.mktemp("sample") / "talk.mp4"
    subprocess.run([binary().with_name("sample_talk"), file, "2"], check=True, capture_output=True, timeout=300)
    return file


def arguments(talk, tmp_path):
    return ["clip", talk, "--num-clips", 1, "--min-duration", 8, "--max-duration", 14, "--aspect-ratio", "4:5",
            "--caption-style", "bold", "--workspace", tmp_path / "work", "--out", tmp_path / "out", "--json"]


def test_the_sample_talk_becomes_a_clip(talk, tmp_path):
    result = run(*arguments(talk, tmp_path))
    assert result.returncode == 0, result.stderr
    index = json.loads((tmp_path / "out" / "clips.json").read_text())
    assert "no_speech" not in [warning["code"] for warning in index["warnings"]]
    [clip] = index["clips"]
    assert 8 <= clip["duration"] <= 14.1
    heard = json.loads((tmp_path / "out" / clip["files"]["captions"]).read_text())["word_segments"]
    assert len(heard) > clip["duration"]  # flite says two to three words a second
    assert clip["title"] and clip["keywords"]


def test_listening_stops_and_goes_on(talk, tmp_path):
    listening = Run(*arguments(talk, tmp_path))
    assert listening.await_stage("transcript")
    listening.stay_in_stage("transcript", 1)  # in the midst of a chunk: there is no event to wait for
    stopped = listening.stop()
    assert stopped.code == CANCELLED, stopped.said
    assert_stopped_cleanly(stopped, tmp_path / "out", tmp_path / "work")
    again = Run(*arguments(talk, tmp_path))
    reused = {}
    while event := again.event():
        if event["event"] == "stage":
            reused[event["stage"]] = event["reused"]
        if event["event"] == "progress" and event["stage"] == "transcript":
            break
    again.stop()
    assert reused["sound"], "the sound was taken out of the video twice"


def test_the_maker_says_what_it_wants():
    result = subprocess.run([binary().with_name("sample_talk"), "talk.mp4", "none"], capture_output=True, text=True)
    assert result.returncode == 2
    assert "for example: sample_talk talk.mp4" in result.stderr
