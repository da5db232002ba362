"""An embedder of the user's own: topics follow what is meant, jobs of the service may read the model, vectors are kept, and
what is wrong with a model is said at once."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openai_fake import KEY, MODEL, OpenAiFake
from program import assert_refused, binary, run
from service import Service

MODELS = Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models"
# Words of the themes of tests/fixtures/models/embedder_themes.py, none of them twice: gardens, engines, bread.
LINES = ["The rose is in the soil of a garden.", "Flowers and seeds in water.",
         "An engine is a piston.", "Petrol to the crank.", "Gear and valve and fuel.", "A motor is the spark.",
         "The wheel.", "Brake and drive it!",
         "Bread is of dough.", "Flour and yeast to the oven.", "Bake, knead and crust a loaf."]
BEGINNINGS = [2, 8]
THEMES = [["rose", "soil", "garden", "flower", "seed", "water"],
          ["engine", "piston", "petrol", "crank", "gear", "valve", "fuel", "motor", "spark", "wheel", "brake", "drive"],
          ["bread", "dough", "flour", "yeast", "oven", "bake", "knead", "crust", "loaf"]]


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    file = tmp_path_factory.mktemp("text") / "lines.txt"
    file.write_text("\n".join(LINES) + "\n")
    return file


def topics(*arguments):
    result = run("topics", *arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_topics_follow_what_is_meant(lines):
    assert topics(lines) != BEGINNINGS
    assert topics(lines, "--embedder-model", MODELS / "embedder.onnx") == BEGINNINGS
    assert topics(lines, "--embedder-model", MODELS / "embedder.onnx", "--count", "3") == BEGINNINGS


def test_none_is_as_if_no_model_were_named(lines):
    assert topics(lines, "--embedder-model", MODELS / "embedder.onnx", "--embedder", "none") == topics(lines)


def test_text_tiling_is_a_setting(tmp_path):
    (tmp_path / "long.txt").write_text("\n".join(line for line in LINES for _ in range(7)))
    arguments = [tmp_path / "long.txt", "--topic-method", "text_tiling"]
    assert topics(*arguments, "--embedder-model", MODELS / "embedder.onnx") == [7 * line for line in BEGINNINGS]
    assert_refused(run("topics", *arguments), "invalid_input", "EMBEDDER_MODEL")


def install(folder):
    added = run("models", "add", MODELS / "embedder.onnx", MODELS / "embedder.onnx.tokenizer.json", "--role", "embedder",
                "--name", "themes", "--models-dir", folder)
    assert added.returncode == 0, added.stderr


def test_an_installed_model_goes_by_its_name(lines, tmp_path):
    install(tmp_path)
    assert topics(lines, "--models-dir", tmp_path, "--embedder-model", "themes") == BEGINNINGS


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    """A picture, and a transcript with a sentence every four seconds."""
    folder = tmp_path_factory.mktemp("talk")
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10", "-f", "lavfi", "-i",
                    "sine=frequency=200", "-t", str(4 * len(LINES)), "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset",
                    "ultrafast", "-c:a", "aac", folder / "talk.mp4"], check=True)
    segments = []
    for number, line in enumerate(LINES):
        words = line.split()
        step = 3.5 / len(words)
        segments.append({"start": 4.0 * number, "end": 4.0 * number + 3.5, "text": line, "words": [
            {"word": word, "start": 4 * number + i * step, "end": 4 * number + (i + 1) * step} for i, word in enumerate(words)]})
    (folder / "talk.json").write_text(json.dumps({"segments": segments, "language": "en"}))
    return folder


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    install(tmp_path / "models")
    with Service(tmp_path / "storage", EMBEDDER_MODEL="themes", MODELS_DIR=tmp_path / "models") as service:
        with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as words:
            answer = service.post("/api/upload-video", files={"file": ("talk.mp4", video), "transcript": ("talk.json", words)},
                                  data={"num_clips": "1", "min_duration": "6", "max_duration": "12"})
        assert answer.status_code == 202, answer.text
        done = service.wait(answer.json()["processing_id"])
        assert done["status"] == "completed", done["error"]


def test_vectors_are_kept_for_the_next_run(talk, tmp_path):
    def clip(number, *more):
        result = run("clip", talk / "talk.mp4", "--transcript", talk / "talk.json", "--out", tmp_path / f"out{number}",
                     "--workspace", tmp_path / "work", "--min-duration", "6", "--max-duration", "12", "--num-clips", str(number),
                     *more)
        assert result.returncode == 0, result.stderr
        return json.loads((tmp_path / f"out{number}" / "clips.json").read_text())["engines"]

    model = ["--embedder-model", MODELS / "embedder.onnx"]
    assert "embedder" not in clip(1)
    assert not list((tmp_path / "work").glob("*embeddings*"))
    assert clip(2, *model)["embedder"].startswith("onnx embedder.onnx (sha256 ")
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / "work").glob("*embeddings*")}
    assert kept
    clip(3, *model)
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "work").glob("*embeddings*")} == kept


@pytest.fixture(scope="module")
def server():
    fake = OpenAiFake()
    yield fake
    fake.close()


def asked(server, lines, **settings):
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "EMBEDDER": "openai", "EMBEDDER_MODEL": MODEL,
                   "EMBEDDER_BASE_URL": server.url, "EMBEDDER_API_KEY": KEY, **settings}
    return run("-i", *(f"{name}={value}" for name, value in environment.items()), binary(), "topics", lines,
               program="/usr/bin/env")


@pytest.mark.parametrize("fault", [None, "base64", "503", "429 ms"])
def test_a_server_tells_topics_apart(server, lines, fault):
    server.set(themes=THEMES, faults=[fault] if fault else [])
    result = asked(server, lines)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == BEGINNINGS
    assert [request["path"] for request in server.asked()][-1] == "/v1/embeddings"


@pytest.mark.parametrize("fault, code, said", [
    ("too few", "unavailable", "EMBEDDER_BASE_URL"), ("no numbers", "unavailable", "EMBEDDER_MODEL"),
    ("two widths", "unavailable", "EMBEDDER_MODEL"), ("twice", "unavailable", "EMBEDDER_MODEL"),
    ("html", "unavailable", "EMBEDDER_BASE_URL"), ("deep", "unavailable", "EMBEDDER_BASE_URL"),
    ("400", "invalid_input", "EMBEDDER_MODEL"), ("404", "invalid_input", "EMBEDDER_MODEL"),
    ("401", "invalid_input", "EMBEDDER_API_KEY"), ("quota", "over_budget", "127.0.0.1"),
])
def test_what_a_server_does_wrong_is_said(server, lines, fault, code, said):
    server.set(themes=THEMES, faults=[fault])
    assert_refused(asked(server, lines), code, said)
    assert len(server.asked()) == 1


def test_a_key_alone_sends_nothing_anywhere(server, lines):
    server.set(themes=THEMES)
    result = asked(server, lines, EMBEDDER="auto", EMBEDDER_MODEL="")
    assert result.returncode == 0, result.stderr
    assert server.asked() == []


@pytest.mark.parametrize("model, said", [
    ("embedder_cut_short.onnx", "embedder_cut_short.onnx"),
    ("text.onnx", "text.onnx"),
    ("yolo.onnx", "EMBEDDER_MODEL"),
    ("embedder_int32.onnx", "int64"),
    ("embedder_few_words.onnx", "of one model"),
    ("embedder_unigram.onnx", "WordPiece"),
])
def test_what_is_wrong_with_a_model_is_said(lines, model, said):
    assert_refused(run("topics", lines, "--embedder-model", MODELS / model), "invalid_input", said)


def test_a_model_without_its_tokenizer_is_refused(lines, tmp_path):
    shutil.copy(MODELS / "embedder.onnx", tmp_path / "alone.onnx")
    assert_refused(run("topics", lines, "--embedder-model", tmp_path / "alone.onnx"), "not_found", "tokenizer.json")


def test_onnx_without_a_model_is_refused(lines):
    assert_refused(run("topics", lines, "--embedder", "onnx"), "invalid_input", "EMBEDDER_MODEL")


def test_the_doctor_loads_the_model():
    def report(model):
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "EMBEDDER_MODEL": str(model)}
        return subprocess.run([str(binary()), "doctor"], capture_output=True, text=True, env=environment).stdout

    assert "chosen embedder         onnx embedder.onnx" in report(MODELS / "embedder.onnx")
    broken = report(MODELS / "text.onnx")
    assert "MISSING  chosen embedder" in broken and "text.onnx is no ONNX model" in broken
