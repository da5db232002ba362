"""A Whisper model of the user's own: it writes down what is said, what is kept knows it, jobs of the service may read it, and
what is wrong with its file is said at once."""

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
SAID = "Good morning, everyone. We begin with the news.".split()  # whatever is heard: fixtures/models/ggml_whisper.py
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
    words = words_of(transcribe(talk, "--transcriber-model", MODELS / "whisper.bin"))
    assert [word["word"] for word in words] == SAID
    starts = [word["start"] for word in words]
    assert starts == sorted(starts)
    assert all(word["start"] <= word["end"] <= SECONDS for word in words)


def test_an_installed_model_goes_by_its_name(talk, tmp_path):
    add = run("models", "add", MODELS / "whisper.bin", "--role", "transcriber", "--name", "mine", "--models-dir", tmp_path)
    assert add.returncode == 0, add.stderr
    words = words_of(transcribe(talk, "--transcriber-model", "mine", "--models-dir", tmp_path))
    assert [word["word"] for word in words] == SAID
    assert_refused(transcribe(talk, "--transcriber-model", "none", "--models-dir", tmp_path), "not_found", "models list")


def test_the_language_is_found_out(talk):
    result = transcribe(talk, "--transcriber-model", MODELS / "whisper_many.bin", "--language", "auto")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["language"] == "de"


def test_loops_are_told(talk):
    result = transcribe(talk, "--transcriber-model", MODELS / "whisper_loops.bin", timeout=600)
    assert_warned(result, "repetition")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--transcriber-model", "./whisper_cut.bin"], "invalid_input", "whisper_cut.bin is cut short"),
        (["--transcriber-model", "whisper_numbers.bin"], "invalid_input", "5 attention heads over 32 numbers"),
        (["--transcriber-model", "whisper_tensor.bin"], "invalid_input", "decoder.ln.height"),
        (["--transcriber-model", "sum.onnx"], "invalid_input", "sum.onnx is an ONNX model, not a ggml model"),
        (["--transcriber-model", "./no_such.bin"], "not_found", "no_such.bin"),
        (["--transcriber", "whisper"], "invalid_input", "TRANSCRIBER_MODEL"),
        (["--hot-words", "Ada"], "invalid_input", "HOT_WORDS"),
        (["--transcriber-model", "whisper.bin", "--hot-words", "a" * 1001], "invalid_input", "1000 at most"),
        (["--transcriber-model", "whisper_many.bin", "--language", "tlh"], "invalid_input", "tlh"),
        (["--transcriber-model", "whisper.bin", "--language", "de"], "invalid_input", "knows only English"),
        (["--transcriber-model", "whisper.bin", "--transcriber-device", "gpu"], "unavailable", "libggml0-backend-vulkan"),
    ],
)
def test_what_is_wrong_is_said(talk, options, code, said):
    assert_refused(transcribe(talk, *options, cwd=MODELS), code, said)


def test_every_broken_header_is_refused_and_none_ends_the_process(talk, tmp_path):
    whole = (MODELS / "whisper.bin").read_bytes()
    file = tmp_path / "model.bin"
    for number in range(11):
        for value in (0, 7, 0x7FFFFFFF, 0xFFFFFFFF):
            at = 4 + 4 * number
            file.write_bytes(whole[:at] + struct.pack("<I", value) + whole[at + 4 :])
            assert_refused(transcribe(talk, "--transcriber-model", file), "invalid_input", "TRANSCRIBER_MODEL")


def test_verify_looks_at_the_same(tmp_path):
    (tmp_path / "transcriber").mkdir()
    for name, said in (("whisper_cut.bin", "cut short"), ("whisper_numbers.bin", "5 attention heads")):
        shutil.copy(MODELS / name, tmp_path / "transcriber" / name)
        assert_refused(run("models", "verify", "--models-dir", tmp_path), "invalid_input", said)
        (tmp_path / "transcriber" / name).unlink()
    shutil.copy(MODELS / "whisper.bin", tmp_path / "transcriber")
    assert run("models", "verify", "--models-dir", tmp_path).returncode == 0


def test_the_doctor_loads_it(tmp_path):
    def found(model):
        result = run(f"TRANSCRIBER_MODEL={MODELS / model}", "HOME=/tmp", binary(), "doctor", "--json", program="/usr/bin/env",
                     cwd=tmp_path)
        return {finding["role"]: finding for finding in json.loads(result.stdout)["findings"]}["chosen transcriber"]

    good = found("whisper.bin")
    assert good["ok"] and good["engine"].startswith("whisper.cpp whisper.bin (sha256 ")
    bad = found("whisper_cut.bin")
    assert not bad["ok"] and "cut short" in bad["problem"]


def clip(talk, folder, *options):
    result = run("clip", talk, "--num-clips", 1, "--min-duration", 2, "--max-duration", 12, "--workspace", folder / "work", "--out",
                 folder / "out", "--overwrite", "--json", *options, timeout=600)
    assert result.returncode == 0, result.stderr
    stages = [json.loads(line) for line in result.stdout.splitlines()]
    made = {event["stage"] for event in stages if event["event"] == "stage" and not event["reused"]}
    return json.loads((folder / "out" / "clips.json").read_text()), made


def test_each_model_has_results_of_its_own(talk, tmp_path):
    model = tmp_path / "model.bin"
    shutil.copy(MODELS / "whisper.bin", model)
    index, _ = clip(talk, tmp_path, "--transcriber-model", model)
    assert index["engines"]["transcript"].startswith("whisper.cpp model.bin (sha256 ")
    _, made = clip(talk, tmp_path, "--transcriber-model", model)
    assert "transcript" not in made
    _, made = clip(talk, tmp_path, "--transcriber-model", model, "--hot-words", "Ada")
    assert "transcript" in made
    shutil.copy(MODELS / "whisper_many.bin", model)  # other bytes under the same name
    _, made = clip(talk, tmp_path, "--transcriber-model", model)
    assert "transcript" in made


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    models = tmp_path / "models" / "transcriber" / "mine"
    models.mkdir(parents=True)
    shutil.copy(MODELS / "whisper.bin", models)
    with Service(tmp_path / "storage", TRANSCRIBER_MODEL="mine", MODELS_DIR=tmp_path / "models", SANDBOX="wanted") as service:
        with open(talk, "rb") as video:
            answer = service.post("/api/upload-video", data={"num_clips": "1", "min_duration": "2", "max_duration": "12"},
                                  files={"file": ("talk.mp4", video)})
        assert answer.status_code == 202, answer.text
        document = service.wait(answer.json()["processing_id"])
        assert document["status"] == "completed", document
        assert "begin" in service.get(document["clips"][0]["files"]["srt"]).text
        assert "whisper_" not in service.text(), "the library keeps to the log"


def test_a_stop_ends_it(talk):
    command = [str(binary()), "transcribe", str(talk), "--transcriber-model", str(MODELS / "whisper_loops.bin")]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environment)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(1)  # by then it decodes
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert out == "" and "[cancelled]" in err
