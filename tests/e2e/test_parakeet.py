"""A Parakeet model of the user's own: it writes down what is said, clips and jobs are made with it, and what is wrong with its
file is said at once."""

import json
import os
import shutil
import signal
import struct
import subprocess
from pathlib import Path

import pytest
from program import assert_refused, assert_warned, binary, run
from service import Service
from talks import make_buzz

MODELS = Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models"
SAID = "Good morning, everyone. We begin with the news.".split()  # whatever is heard: fixtures/models/ggml_parakeet.py
SECONDS = 20


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_buzz(tmp_path_factory.mktemp("talk") / "talk.mp4", SECONDS)


def transcribe(talk, *options, **more):
    return run("transcribe", talk, *options, **more)


def words_of(result):
    assert result.returncode == 0, result.stderr
    return [word for segment in json.loads(result.stdout)["segments"] for word in segment["words"]]


def test_a_named_model_writes_down_what_is_said(talk):
    words = words_of(transcribe(talk, "--transcriber-model", MODELS / "parakeet.bin"))
    assert [word["word"] for word in words] == SAID
    starts = [word["start"] for word in words]
    assert starts == sorted(starts)
    assert all(word["start"] <= word["end"] <= SECONDS for word in words)


def test_the_language_that_nobody_tells_is_unknown(talk):
    result = transcribe(talk, "--transcriber-model", MODELS / "parakeet_many.bin", "--language", "auto")
    assert_warned(result, "language_unknown")
    assert json.loads(result.stdout)["language"] == "und"


def test_weights_that_come_to_no_number_make_doubtful_words(talk):
    result = transcribe(talk, "--transcriber-model", MODELS / "parakeet_nan.bin")
    assert_warned(result, "low_confidence_words")
    assert all(word["score"] == 0 for word in words_of(result))


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--transcriber-model", "./parakeet_cut.bin"], "invalid_input", "parakeet_cut.bin is cut short"),
        (["--transcriber-model", "parakeet_numbers.bin"], "invalid_input", "5 attention heads over 8 numbers"),
        (["--transcriber-model", "parakeet_tensor.bin"], "invalid_input", "joint.pred.height"),
        (["--transcriber-model", "parakeet_duration.bin"], "invalid_input", "a duration of 4294967280 frames"),
        (["--transcriber", "parakeet", "--transcriber-model", "whisper.bin"], "invalid_input", "a Whisper model, not a Parakeet"),
        (["--transcriber", "whisper", "--transcriber-model", "parakeet.bin"], "invalid_input", "a Parakeet model, not a Whisper"),
        (["--transcriber", "parakeet"], "invalid_input", "TRANSCRIBER_MODEL"),
        (["--transcriber-model", "parakeet.bin", "--hot-words", "Ada"], "invalid_input", "HOT_WORDS"),
        (["--transcriber-model", "parakeet.bin", "--transcriber-prompt", "Ada"], "invalid_input", "TRANSCRIBER_PROMPT"),
        (["--transcriber-model", "parakeet.bin", "--language", "de"], "invalid_input", "knows only English"),
        (["--transcriber-model", "parakeet_many.bin", "--language", "ja"], "invalid_input", "25 European languages"),
        (["--transcriber-model", "parakeet.bin", "--transcriber-device", "gpu"], "unavailable", "libggml0-backend-vulkan"),
    ],
)
def test_what_is_wrong_is_said(talk, options, code, said):
    assert_refused(transcribe(talk, *options, cwd=MODELS), code, said)


def test_every_broken_header_is_refused_and_none_ends_the_process(talk, tmp_path):
    whole = (MODELS / "parakeet.bin").read_bytes()
    file = tmp_path / "model.bin"
    for number in range(17):  # the last two: the size of the filters
        for value in (0, 7, 0x7FFFFFFF, 0xFFFFFFFF):
            at = 4 + 4 * number
            if struct.unpack_from("<I", whole, at)[0] == value or (number == 14 and value == 7):  # as many words a frame may be
                continue
            file.write_bytes(whole[:at] + struct.pack("<I", value) + whole[at + 4 :])
            assert_refused(transcribe(talk, "--transcriber-model", file), "invalid_input", "TRANSCRIBER_MODEL")


def test_verify_looks_at_the_same(tmp_path):
    (tmp_path / "transcriber").mkdir()
    for name, said in (("parakeet_cut.bin", "cut short"), ("parakeet_numbers.bin", "5 attention heads")):
        shutil.copy(MODELS / name, tmp_path / "transcriber" / name)
        assert_refused(run("models", "verify", "--models-dir", tmp_path), "invalid_input", said)
        (tmp_path / "transcriber" / name).unlink()
    shutil.copy(MODELS / "parakeet.bin", tmp_path / "mine.bin")  # its kind tells its role
    assert run("models", "verify", "--models-dir", tmp_path).returncode == 0
    listed = json.loads(run("models", "list", "--json", "--models-dir", tmp_path).stdout)
    assert "mine.bin" in json.dumps(listed) and "parakeet-tdt-0.6b-v3" in json.dumps(listed)


def test_the_doctor_loads_it(tmp_path):
    result = run(f"TRANSCRIBER_MODEL={MODELS / 'parakeet.bin'}", "HOME=/tmp", binary(), "doctor", "--json", program="/usr/bin/env",
                 cwd=tmp_path)
    found = {finding["role"]: finding for finding in json.loads(result.stdout)["findings"]}["chosen transcriber"]
    assert found["ok"] and found["engine"].startswith("parakeet parakeet.bin (sha256 ")


def test_clips_are_made_with_it_and_what_it_heard_is_kept(talk, tmp_path):
    def clip():
        result = run("clip", talk, "--num-clips", 1, "--min-duration", 2, "--max-duration", 12, "--workspace", tmp_path / "work",
                     "--out", tmp_path / "out", "--overwrite", "--json", "--language", "auto", "--transcriber-model",
                     MODELS / "parakeet_many.bin", timeout=600)
        assert result.returncode == 0, result.stderr
        events = [json.loads(line) for line in result.stdout.splitlines()]
        return {event["stage"] for event in events if event["event"] == "stage" and not event["reused"]}

    assert "transcript" in clip()
    index = json.loads((tmp_path / "out" / "clips.json").read_text())
    assert index["engines"]["transcript"].startswith("parakeet parakeet_many.bin (sha256 ")
    assert "transcript" not in clip()


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    models = tmp_path / "models" / "transcriber" / "mine"
    models.mkdir(parents=True)
    shutil.copy(MODELS / "parakeet.bin", models)
    with Service(tmp_path / "storage", TRANSCRIBER_MODEL="mine", MODELS_DIR=tmp_path / "models", SANDBOX="wanted") as service:
        with open(talk, "rb") as video:
            answer = service.post("/api/upload-video", data={"num_clips": "1", "min_duration": "2", "max_duration": "12"},
                                  files={"file": ("talk.mp4", video)})
        assert answer.status_code == 202, answer.text
        document = service.wait(answer.json()["processing_id"])
        assert document["status"] == "completed", document
        assert "begin" in service.get(document["clips"][0]["files"]["srt"]).text
        assert "parakeet_" not in service.text(), "the library keeps to the log"


def test_a_stop_ends_it(tmp_path):
    talk = make_buzz(tmp_path / "talk.mp4", 600)
    command = [str(binary()), "transcribe", str(talk), "--transcriber-model", str(MODELS / "parakeet_loops.bin")]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)  # by then it decodes
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert out == "" and "[cancelled]" in err
