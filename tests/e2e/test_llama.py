"""A language model on this machine judges clips: by the command, by a job of the service, and what is said of a file that
will not do. The weights are from dice (fixtures/models/gguf_llama.py), so what is judged means nothing, and its form must hold.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from program import EXIT_CODES, assert_refused, binary, run
from service import Service
from talks import make_talk

MODELS = Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models"
CONTEXT, ANSWER = 65536, 30000  # the fixture has a token a byte, and never comes to the point


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"), 40)


@pytest.fixture(scope="module")
def plain(talk, tmp_path_factory):
    """The folder of a run without a model."""
    folder = tmp_path_factory.mktemp("plain")
    assert clip(talk, folder).returncode == 0
    return folder


def command(talk, folder, **settings):
    return [*(f"{name}={value}" for name, value in settings.items()), str(binary()), "clip", str(talk / "talk.mp4"),
            "--transcript", str(talk / "talk.json"), "--num-clips", "2", "--min-duration", "6", "--max-duration", "8",
            "--workspace", str(folder / "work"), "--out", str(folder / "out"), "--overwrite", "--json"]


def clip(talk, folder, **settings):
    return run(*command(talk, folder, **settings), program="/usr/bin/env", timeout=600)


def model(name="llama.gguf", **more):
    # One thread: ggml's wait for each other by spinning, for ages where others want the cores too.
    return {"LANGUAGE_MODEL": "llama", "LANGUAGE_MODEL_NAME": MODELS / name, "LANGUAGE_CONTEXT": CONTEXT,
            "LANGUAGE_MAX_TOKENS": ANSWER, "THREADS": 1, **more}


def begun(folder, plain):
    """All but the model's part is there already."""
    shutil.copytree(plain / "work", folder / "work", ignore=shutil.ignore_patterns(".lock"))
    return folder


def index_of(folder):
    return json.loads((folder / "out" / "clips.json").read_text())


def assert_judged_within_bounds(clips):
    for one in clips:
        (judged,) = [reason for reason in one.get("reasons", []) if reason["name"] == "language_model"] or [None]
        assert judged is None or 0 <= judged["value"] <= 1
        assert 0 <= one["score"] <= 1
        assert len(one["title"]) <= 81 and one["title"].isprintable()
        assert len(one.get("hook") or "") <= 121 and len(one.get("reason") or "") <= 241
        assert len(one.get("hashtags") or []) <= 6


def test_what_it_says_keeps_its_form_and_sets_no_times(talk, plain, tmp_path):
    result = clip(talk, begun(tmp_path, plain), **model())
    assert result.returncode == 0, result.stderr
    index = index_of(tmp_path)
    assert index["engines"]["language_model"].startswith("llama.cpp ")
    assert " llama.gguf (sha256 " in index["engines"]["language_model"]
    assert "costs" not in index, "nobody is paid"
    assert_judged_within_bounds(index["clips"])
    (judged,) = [json.loads(file.read_text()) for file in (tmp_path / "work").rglob("judged*")]
    assert judged["judgements"] and all(0 <= one["score"] <= 100 for one in judged["judgements"])
    selection = json.loads(next((tmp_path / "work").rglob("selection*")).read_text())
    offered = [(one["span"]["start"], one["span"]["end"]) for one in selection["alternatives"]]
    for one in index["clips"]:
        assert (round(one["start"] * 1e6), round(one["end"] * 1e6)) in offered
    assert "llama" not in result.stderr, "the library keeps to the log"

    again = clip(talk, tmp_path, **model())  # nothing is asked twice
    assert again.returncode == 0, again.stderr
    stages = [json.loads(line) for line in again.stdout.splitlines()]
    assert [event["reused"] for event in stages if event["event"] == "stage" and event["stage"] == "ranking"] == [True]
    assert index_of(tmp_path)["clips"] == index["clips"]


def test_an_installed_model_goes_by_its_name(talk, plain, tmp_path):
    models = tmp_path / "models"
    add = run("models", "add", MODELS / "llama.gguf", "--role", "language_model", "--name", "mine", "--models-dir", models)
    assert add.returncode == 0, add.stderr
    result = clip(talk, begun(tmp_path, plain), **model(LANGUAGE_MODEL_NAME="mine", MODELS_DIR=models))
    assert result.returncode == 0, result.stderr
    result = clip(talk, tmp_path, **model(LANGUAGE_MODEL_NAME="none", MODELS_DIR=models))
    assert_refused(result, "not_found", "models list")
    doctor = run(f"MODELS_DIR={models}", "HOME=/tmp", binary(), "doctor", "--json", program="/usr/bin/env")
    assert "LANGUAGE_MODEL is llama" in finding(doctor)["problem"]


@pytest.mark.parametrize(("name", "code", "said"), [
    ("llama_cut.gguf", "invalid_input", "is cut short"),
    ("bert.gguf", "invalid_input", "does not write (bert)"),
    ("llama_experts.gguf", "invalid_input", "0 of 4 experts"),
    ("whisper.bin", "invalid_input", "is a ggml model, not a GGUF model"),
    ("sum.onnx", "invalid_input", "is an ONNX model, not a GGUF model"),
    ("no_such.gguf", "not_found", "no_such.gguf"),
    ("llama_ends_all.gguf", "invalid_input", "llama_ends_all.gguf brings llama.cpp down (Aborted)"),
    ("llama_short.gguf", "too_large", "LANGUAGE_CONTEXT"),
])
def test_what_is_wrong_with_a_file_is_said(talk, plain, tmp_path, name, code, said):
    assert_refused(clip(talk, begun(tmp_path, plain), **model(name)), code, said)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("more", "code", "said"), [
    ({"LANGUAGE_MODEL_NAME": ""}, "invalid_input", "LANGUAGE_MODEL_NAME"),
    ({"LANGUAGE_CONTEXT": 512}, "too_large", "LANGUAGE_CONTEXT"),
    ({"LANGUAGE_MAX_TOKENS": 100}, "too_large", "LANGUAGE_MAX_TOKENS"),
])
def test_settings_that_will_not_do_are_named(talk, plain, tmp_path, more, code, said):
    assert_refused(clip(talk, begun(tmp_path, plain), **model(**more)), code, said)


def test_a_fallback_that_is_set_is_taken_with_a_warning(talk, plain, tmp_path):
    result = clip(talk, begun(tmp_path, plain), **model(LANGUAGE_CONTEXT=512, LANGUAGE_FALLBACK="none"))
    assert result.returncode == 0, result.stderr
    assert [w["code"] for w in index_of(tmp_path)["warnings"]].count("language_model_failed") == 1
    assert [one["title"] for one in index_of(tmp_path)["clips"]] == [one["title"] for one in index_of(plain)["clips"]]


def finding(result):
    return next(f for f in json.loads(result.stdout)["findings"] if f["role"] == "language model")


def doctor(tmp_path, **settings):
    return run("HOME=/tmp", *(f"{name}={value}" for name, value in settings.items()), binary(), "doctor", "--json",
               program="/usr/bin/env", cwd=tmp_path)


def test_the_doctor_loads_it(tmp_path):
    good = finding(doctor(tmp_path, **model()))
    assert good["ok"] and " llama.gguf (sha256 " in good["engine"]
    assert good["why"] == "LANGUAGE_MODEL is llama (the environment)"
    bad = finding(doctor(tmp_path, **model("llama_cut.gguf")))
    assert not bad["ok"] and "LANGUAGE_MODEL_NAME" in bad["problem"] and "cut short" in bad["problem"]


def test_a_model_that_ends_the_process_does_not_end_the_doctor(tmp_path):
    bad = finding(doctor(tmp_path, **model("llama_ends_all.gguf")))
    assert not bad["ok"] and "brings llama.cpp down" in bad["problem"]


def test_verify_looks_at_the_header(tmp_path):
    (tmp_path / "language_model").mkdir()
    for name, said in (("llama_cut.gguf", "cut short"), ("llama_experts.gguf", "0 of 4 experts")):
        shutil.copy(MODELS / name, tmp_path / "language_model" / name)
        assert_refused(run("models", "verify", "--models-dir", tmp_path), "invalid_input", said)
        (tmp_path / "language_model" / name).unlink()


def test_no_damage_to_a_header_ends_the_process(tmp_path):
    whole = (MODELS / "llama.gguf").read_bytes()
    header = whole.index(b"output_norm.weight") + 60
    dice = random.Random(4)
    file = tmp_path / "model.gguf"
    for turn in range(20):
        at = dice.randrange(4, 700 if turn % 2 else header)
        damage = dice.choice([bytes(8), b"\xff" * 4, dice.randbytes(4)])
        file.write_bytes(whole[:at] + damage + whole[at + len(damage):])
        result = doctor(tmp_path, **model(LANGUAGE_MODEL_NAME=file))
        assert result.returncode in EXIT_CODES.values() or result.returncode == 0, f"byte {at}, {damage}: {result.stderr}"
        found = finding(result)
        assert found["ok"] or "LANGUAGE_MODEL_NAME" in found["problem"], found


def upload(service, talk):
    with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
        answer = service.post("/api/upload-video", data={"num_clips": "1", "min_duration": "6", "max_duration": "8"},
                              files={"file": ("talk.mp4", video), "transcript": ("talk.json", said)})
    assert answer.status_code == 202, answer.text
    return answer.json()["processing_id"]


def test_a_job_of_the_service_may_read_the_model(talk, tmp_path):
    models = tmp_path / "models" / "language_model" / "mine"
    models.mkdir(parents=True)
    shutil.copy(MODELS / "llama.gguf", models)
    settings = model(LANGUAGE_MODEL_NAME="mine", MODELS_DIR=tmp_path / "models", SANDBOX="wanted")
    with Service(tmp_path / "storage", **settings) as service:
        document = service.wait(upload(service, talk))
        assert document["status"] == "completed", document
        assert_judged_within_bounds(document["clips"])
        assert service.get("/api/usage").json()["cost_this_month"] == 0
        assert "mine" in service.get("/api/health").json()["checks"]["ai_services"]["message"]
        assert "llama_model_loader" not in service.text(), "the library keeps to the log"


def test_a_model_that_is_broken_fails_the_job_and_not_the_service(talk, tmp_path):
    shutil.copy(MODELS / "llama.gguf", tmp_path / "model.gguf")
    with Service(tmp_path / "storage", **model(LANGUAGE_MODEL_NAME=tmp_path / "model.gguf")) as service:
        shutil.copy(MODELS / "llama_cut.gguf", tmp_path / "model.gguf")
        document = service.wait(upload(service, talk))
        assert document["status"] == "failed"
        assert document["error"]["code"] == "invalid_input"
        assert "cut short" in document["error"]["message"]
        assert service.get("/api/health").status_code == 200


def test_a_model_that_ends_the_process_ends_no_service(talk, tmp_path):
    with Service(tmp_path / "storage", **model("llama_ends_all.gguf")) as service:
        job = upload(service, talk)
        deadline = time.monotonic() + 60
        while "llama.gave_up" not in service.text():
            assert time.monotonic() < deadline, service.text()
            time.sleep(0.05)  # another process cannot be waited for
        assert service.get("/api/health").status_code == 200
        assert service.post(f"/api/jobs/{job}/cancel").status_code < 300  # a crash is tried again
        assert service.wait(job, seconds=20)["status"] == "cancelled"


def test_ctrl_c_ends_its_answer(talk, plain, tmp_path):
    process = subprocess.Popen(["/usr/bin/env", *command(talk, begun(tmp_path, plain), **model())], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8",
                               env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"})
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "progress" and event["stage"] == "ranking":
            break
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert time.monotonic() - start < 5  # a second, and room for a busy machine
