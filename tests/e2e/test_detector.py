"""A detector of the user's own: the camera follows what it finds, the key of what is kept knows it, jobs of the
service may read it, and what is wrong with it is said at once."""

import json
import math
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from program import assert_refused, run
from service import Service
from talks import transcript

SECONDS, RATE, WIDTH, HEIGHT, RADIUS = 14, 25, 640, 360, 40
MODELS = Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models"


def dog_at(seconds):
    """Where the green disc, which the test models take for a dog, has its middle."""
    return WIDTH / 2 + 200 * math.sin(2 * math.pi * seconds / SECONDS), HEIGHT / 2 + 20


def pictures():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    for number in range(SECONDS * RATE):
        middle_x, middle_y = dog_at(number / RATE)
        picture = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
        picture[(x - middle_x) ** 2 + (y - middle_y) ** 2 < RADIUS**2] = (0, 255, 0)
        yield picture.tobytes()


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    """Nobody is in it but a dog that walks to and fro."""
    folder = tmp_path_factory.mktemp("dog")
    command = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE),
               "-i", "-", "-f", "lavfi", "-i", f"sine=frequency=300:duration={SECONDS}", "-pix_fmt", "yuv420p", "-c:v",
               "libx264", "-preset", "ultrafast", "-c:a", "aac", str(folder / "talk.mp4")]
    subprocess.run(command, input=b"".join(pictures()), check=True)
    (folder / "talk.json").write_text(transcript(SECONDS))
    return folder


def clip(talk, folder, *options):
    result = run("clip", talk / "talk.mp4", "--transcript", talk / "talk.json", "--num-clips", 1, "--min-duration", 8,
                 "--max-duration", 12, "--workspace", folder / "work", "--out", folder / "out", "--overwrite", "--json",
                 *options)
    assert result.returncode == 0, result.stderr
    assert "Schema error" not in result.stderr
    index = json.loads((folder / "out" / "clips.json").read_text())
    stages = [json.loads(line) for line in result.stdout.splitlines()]
    return index, {event["stage"] for event in stages if event["event"] == "stage" and not event["reused"]}


def share_seen(folder, index):
    """The share of keyframes whose window has the middle of the dog in it."""
    one = index["clips"][0]
    keyframes = json.loads((folder / "out" / one["files"]["crop"]).read_text())["keyframes"]
    seen = 0
    for frame in keyframes:
        x, _ = dog_at(frame["t"])
        seen += frame["x"] < x < frame["x"] + frame["w"]
    return seen / len(keyframes)


def test_the_camera_follows_the_dog(talk, tmp_path):
    index, _ = clip(talk, tmp_path, "--detector-model", MODELS / "yolo.onnx")
    assert " + YOLO yolo.onnx (sha256 " in index["engines"]["framing"]
    assert index["clips"][0]["layout"] == "crop"
    assert index["clips"][0]["framing"]["crop_share"] > 0.9
    assert share_seen(tmp_path, index) > 0.97


def test_each_model_has_results_of_its_own(talk, tmp_path):
    plain, _ = clip(talk, tmp_path)
    assert "YOLO" not in plain["engines"]["framing"]
    assert plain["clips"][0]["layout"] == "fit"  # nobody is there
    model = tmp_path / "model.onnx"
    shutil.copy(MODELS / "yolo.onnx", model)
    _, made = clip(talk, tmp_path, "--detector-model", model)
    assert {"framing 1", "render 1"} <= made
    _, made = clip(talk, tmp_path, "--detector-model", model)
    assert not {"framing 1", "render 1"} & made
    shutil.copy(MODELS / "yolo_columns.onnx", model)  # other bytes under the same name
    _, made = clip(talk, tmp_path, "--detector-model", model)
    assert "framing 1" in made
    _, made = clip(talk, tmp_path, "--detector-model", model, "--subjects", "person")
    assert "framing 1" in made
    again, _ = clip(talk, tmp_path, "--detector-model", model, "--detector", "embedded")
    assert again["engines"]["framing"] == plain["engines"]["framing"]


def test_who_wants_people_gets_no_dog(talk, tmp_path):
    index, _ = clip(talk, tmp_path, "--detector-model", MODELS / "yolo.onnx", "--subjects", "person,vehicle")
    assert index["clips"][0]["layout"] == "fit"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--detector-model", "cut_short.onnx"], "invalid_input", "cut_short.onnx is no ONNX model, or only a part of one"),
        (["--detector-model", "no_such.onnx"], "not_found", "no_such.onnx"),
        (["--detector-model", "yolo_v5.onnx"], "invalid_input", "is no YOLOv8 or v11 detector"),
        (["--detector-model", "yolo.onnx", "--detector", "yunet"], "invalid_input", "is no YuNet"),
        (["--detector", "yolo"], "invalid_input", "DETECTOR_MODEL"),
        (["--subjects", "person,unicorn"], "invalid_input", "unicorn"),
    ],
)
def test_what_is_wrong_is_said_before_any_work(talk, tmp_path, options, code, said):
    result = run("clip", talk / "talk.mp4", "--out", tmp_path / "out", "--workspace", tmp_path / "work", *options,
                 cwd=MODELS)
    assert_refused(result, code, said)
    assert not (tmp_path / "out").exists()


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    with Service(tmp_path / "storage", DETECTOR_MODEL=MODELS / "yolo.onnx", SANDBOX="wanted") as service:
        with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
            answer = service.post("/api/upload-video", data={"num_clips": "1", "min_duration": "8", "max_duration": "12"},
                                  files={"file": ("dog.mp4", video), "transcript": ("talk.json", said)})
        assert answer.status_code == 202, answer.text
        document = service.wait(answer.json()["processing_id"])
        assert document["status"] == "completed", document
        crop = service.get(document["clips"][0]["files"]["crop"]).json()
        assert crop["layout"] == "crop"
        assert "Schema error" not in service.text()
