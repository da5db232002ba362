"""`reelwright clip`, the main job: what comes out, what a second run costs, and that a stopped run goes on."""

import json
import signal
import subprocess

import pytest
from program import EXIT_CODES, assert_nothing_written, binary, run, without_findings
from talks import make_talk, transcript

SECONDS = 40
@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"), SECONDS)


def arguments(talk, tmp_path, out):
    return ["clip", talk / "talk.mp4", "--transcript", talk / "talk.json", "--num-clips", 2, "--min-duration", 4,
            "--max-duration", 8, "--workspace", tmp_path / "work", "--out", out, "--json"]


def events(result):
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def made(events_, reused=False):
    return {event["stage"] for event in events_ if event["event"] == "stage" and event["reused"] == reused}


def streams(file):
    shown = subprocess.run(["ffprobe", "-v", "error", "-show_streams", "-of", "json", str(file)], capture_output=True,
                           check=True)
    return {stream["codec_type"]: stream for stream in json.loads(shown.stdout)["streams"]}


def test_clips_are_ready_to_post(talk, tmp_path):
    out = tmp_path / "out"
    told = events(run(*arguments(talk, tmp_path, out)))
    assert told[-1] == {"event": "done", "out": str(out)}
    index = json.loads((out / "clips.json").read_text())
    assert [clip["number"] for clip in index["clips"]] == [1, 2]
    for clip in index["clips"]:
        assert 4 <= clip["end"] - clip["start"] <= 8
        assert sum(reason["value"] * reason["weight"] for reason in clip["reasons"]) == pytest.approx(clip["score"])
        assert clip["loudness"]["integrated_lufs"] == pytest.approx(-14, abs=0.6)
        found = streams(out / clip["files"]["video"])
        picture, sound = found["video"], found["audio"]
        assert (picture["width"], picture["height"], picture["profile"], picture["pix_fmt"]) == (
            1080, 1920, "High", "yuv420p")
        assert (sound["codec_name"], sound["sample_rate"], sound["channels"]) == ("aac", "48000", 2)
        assert abs(float(picture["duration"]) - float(sound["duration"])) <= 0.04
        keyframes = json.loads((out / clip["files"]["crop"]).read_text())["keyframes"]
        assert len(keyframes) == int(picture["nb_frames"])
        words = json.loads((out / clip["files"]["captions"]).read_text())["word_segments"]
        assert words and all(0 <= word["start"] <= word["end"] <= clip["duration"] + 0.04 for word in words)


def test_another_caption_style_renders_again_and_nothing_else(talk, tmp_path):
    first = arguments(talk, tmp_path, tmp_path / "first")
    events(run(*first))
    again = events(run(*arguments(talk, tmp_path, tmp_path / "again")))
    assert made(again) <= {"probe"}
    styled = events(run(*arguments(talk, tmp_path, tmp_path / "styled"), "--caption-style", "bold"))
    assert made(styled) == {"render 1", "render 2"}


def test_a_stopped_run_goes_on_where_it_was(talk, tmp_path):
    out = tmp_path / "out"
    command = [str(word) for word in [binary(), *arguments(talk, tmp_path, out)]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "clip" and event["clip_number"] == 1:
                process.send_signal(signal.SIGINT)
                break
        _, said = process.communicate(timeout=60)
    without_findings(subprocess.CompletedProcess(command, process.returncode, stderr=said))
    assert process.returncode == EXIT_CODES["cancelled"], said
    assert "run the same command again to go on. [cancelled]" in said
    assert_nothing_written(out)
    assert [entry.name for entry in tmp_path.iterdir()] == ["work"]
    resumed = events(run(*command[1:]))
    assert "render 1" in made(resumed, reused=True)
    assert "render 2" in made(resumed)
    assert (out / "clips.json").exists()
