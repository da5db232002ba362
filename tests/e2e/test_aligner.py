"""An aligner of the user's own: it times texts in its language, jobs of the service may read it, and what is wrong with
it is said at once."""

import json
import os
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from program import assert_refused, binary, run
from service import Service

MODELS = Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models"
RATE, LETTERS = 16000, "|abcdefghijklmnopqrstuvwxyz'"
SENTENCES = ["der hafen war still", "um sieben kamen die boote", "am markt sprach man von fischen", "und alle gingen heim"]
TEXT = "Der Hafen war still. Um 7 kamen die Boote. Am Markt sprach man von Fischen. Und alle gingen heim."


def tone(letter):
    """As tests/fixtures/models/ctc_tones.py reads it: 60 ms of tone, 20 ms of silence."""
    time = np.arange(960) / RATE
    return np.concatenate([0.3 * np.sin(2 * np.pi * (300 + 100 * LETTERS.index(letter)) * time), np.zeros(320)])


def spoken():
    """The sound, and when each word begins."""
    parts, starts = [], []
    for sentence in SENTENCES:
        for word in sentence.split():
            starts.append(sum(map(len, parts)) / RATE)
            parts.extend(map(tone, word + "|"))
        parts.append(np.zeros(RATE))
    sound = np.concatenate(parts)
    return sound + np.random.default_rng(1).uniform(-0.001, 0.001, len(sound)), starts


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tones")
    with wave.open(str(folder / "talk.wav"), "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(RATE)
        file.writeframes((spoken()[0] * 32767).astype("<i2").tobytes())
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-i", folder / "talk.wav",
                    "-shortest", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
                    folder / "talk.mp4"], check=True)
    (folder / "talk.txt").write_text(TEXT)
    return folder


def words_of(document):
    return [word for segment in document["segments"] for word in segment["words"]]


def assert_timed(words):
    assert [word["word"] for word in words] == TEXT.split()
    for word, start in zip(words, spoken()[1], strict=True):
        assert abs(word["start"] - start) < 0.05, word
        assert word["timing"] == "aligned"


def test_a_german_text_is_timed_by_a_german_model(talk):
    result = run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--language", "de", "--aligner-model",
                 f"de={MODELS / 'tones.onnx'}")
    assert result.returncode == 0, result.stderr
    assert_timed(words_of(json.loads(result.stdout)))


def test_without_a_model_of_the_language_times_are_guesses(talk):
    result = run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--language", "de", "--aligner-model",
                 f"fr={MODELS / 'tones.onnx'}")
    assert result.returncode == 0
    assert "knows only English" in result.stderr


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    with Service(tmp_path / "storage", ALIGNER_MODEL=MODELS / "tones.onnx") as service:
        with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.txt", "rb") as text:
            answer = service.post("/api/upload-video", files={"file": ("talk.mp4", video), "transcript": ("talk.txt", text)},
                                  data={"num_clips": "1", "min_duration": "4", "max_duration": "8", "language": "de"})
        assert answer.status_code == 202, answer.text
        done = service.wait(answer.json()["processing_id"])
        assert done["status"] == "completed", done["error"]
        assert not [warning for warning in done["warnings"] if warning["code"] in ("language_mismatch", "text_not_spoken")]


@pytest.mark.parametrize("model, code, said", [
    ("cut_short.onnx", "invalid_input", "cut_short.onnx"),
    ("text.onnx", "invalid_input", "text.onnx"),
    ("yolo.onnx", "invalid_input", "CTC"),
    ("tones_fixed.onnx", "invalid_input", "any number of samples"),
    ("tones_misfit.onnx", "invalid_input", "501"),
])
def test_what_is_wrong_with_a_model_is_said(talk, tmp_path, model, code, said):
    shutil.copy(MODELS / model, tmp_path / model)
    own = MODELS / f"{model}.vocab.json"
    shutil.copy(own if own.exists() else MODELS / "tones.onnx.vocab.json", tmp_path / "vocab.json")
    result = run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--aligner-model", tmp_path / model)
    assert_refused(result, code, said)


def test_a_model_without_its_vocabulary_is_refused(talk):
    result = run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--aligner-model", MODELS / "tones_alone.onnx")
    assert_refused(result, "not_found", "tones_alone.onnx.vocab.json")


def test_ctc_without_a_model_is_refused(talk):
    result = run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--aligner", "ctc")
    assert_refused(result, "invalid_input", "ALIGNER_MODEL")


def test_the_doctor_loads_each_model():
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent",
                   "ALIGNER_MODEL": f"de={MODELS / 'tones.onnx'},{MODELS / 'text.onnx'}"}
    report = subprocess.run([str(binary()), "doctor"], capture_output=True, text=True, env=environment).stdout
    assert "ok       aligner of de           ctc tones.onnx" in report
    assert "MISSING  chosen aligner" in report and "text.onnx is no ONNX model" in report
