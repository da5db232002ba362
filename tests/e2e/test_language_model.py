"""A language model takes part in the choice of clips: what it adds, that it can change no time, and what the user
sees of every way in which its server fails."""

import json
import os
import shutil
import signal
import subprocess
import time

import pytest
from openai_fake import KEY, MODEL, OpenAiFake
from program import assert_refused, binary, run
from service import Service
from talks import make_talk

PAID_A_CALL = (1000 * 1 + 100 * 10) / 1e6
OF_A_MODEL = {"hook", "reason", "hashtags"}


@pytest.fixture(scope="module")
def fake():
    server = OpenAiFake()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def anew(fake):
    fake.set()


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"), 40)


@pytest.fixture(scope="module")
def plain(talk, tmp_path_factory):
    """The folder of a run without a model; the key alone is there."""
    folder = tmp_path_factory.mktemp("plain")
    result = clip(talk, folder, OPENAI_API_KEY=KEY)
    assert result.returncode == 0, result.stderr
    return folder


def command(talk, folder, **settings):
    return [*(f"{name}={value}" for name, value in settings.items()), str(binary()), "clip", str(talk / "talk.mp4"),
            "--transcript", str(talk / "talk.json"), "--num-clips", "2", "--min-duration", "6", "--max-duration", "8",
            "--workspace", str(folder / "work"), "--out", str(folder / "out"), "--overwrite", "--json"]


def clip(talk, folder, **settings):
    return run(*command(talk, folder, **settings), program="/usr/bin/env")


def index_of(folder):
    return json.loads((folder / "out" / "clips.json").read_text())


def failing(talk, folder, plain, fake, **settings):
    """A run of which all but the model's part is there already."""
    shutil.copytree(plain / "work", folder / "work", ignore=shutil.ignore_patterns(".lock"))
    return clip(talk, folder, **fake.settings(LANGUAGE_TIMEOUT=2, **settings))


def test_a_key_alone_does_nothing(plain, fake):
    index = index_of(plain)
    assert not OF_A_MODEL & set(index["clips"][0])
    assert "costs" not in index
    assert "language_model" not in index["engines"]
    assert not fake.asked()


def test_the_model_titles_and_chooses_but_sets_no_times(talk, plain, fake, tmp_path):
    fake.set(favourite=35)
    result = clip(talk, tmp_path, **fake.settings(PRICES_FILE=fake.write_prices(tmp_path / "prices.json"), JOB_BUDGET=1))
    assert result.returncode == 0, result.stderr
    index = index_of(tmp_path)
    best = index["clips"][0]
    assert best["start"] <= 35 < best["end"]
    assert best["title"].startswith("Title at ")
    assert best["hook"] == "You will not believe this"
    assert best["reason"] == "It stands alone."
    assert best["hashtags"] == ["#bread", "#time"]
    assert best["files"]["video"].startswith("clip_01_title-at-")
    weights = {reason["name"]: reason["weight"] for reason in best["reasons"]}
    assert weights["language_model"] == 0.5
    assert sum(weights.values()) == pytest.approx(1)
    assert sum(r["value"] * r["weight"] for r in best["reasons"]) == pytest.approx(best["score"])
    assert index["engines"]["language_model"] == f"{MODEL} at {fake.url}"

    asked = fake.asked()
    assert [cost["dollars"] for cost in index["costs"]] == [pytest.approx(PAID_A_CALL)] * len(asked)
    assert index["costs"][0] | {"dollars": 0} == {"provider": fake.url.split("/")[2], "model": MODEL, "stage": "ranking",
                                                 "tokens_in": 1000, "tokens_out": 100, "sound_seconds": 0, "dollars": 0}
    body = json.loads(asked[0]["body"])
    offered = [c for a in asked for c in json.loads(json.loads(a["body"])["messages"][1]["content"])["candidates"]]
    starts = [(c["start"], c["end"]) for c in offered]
    for made in index["clips"]:
        assert (pytest.approx(made["start"], abs=0.06), pytest.approx(made["end"], abs=0.06)) in starts
    assert body["response_format"]["json_schema"]["strict"] is True
    assert KEY not in json.dumps(index) + result.stderr + result.stdout

    fake.set(favourite=35)  # nothing is asked, or paid, twice
    again = clip(talk, tmp_path, **fake.settings(PRICES_FILE=tmp_path / "prices.json", JOB_BUDGET=1))
    assert again.returncode == 0, again.stderr
    assert not fake.asked()
    assert index_of(tmp_path)["costs"] == []
    assert index_of(tmp_path)["clips"][0]["title"] == best["title"]


@pytest.mark.parametrize("without", [["json_schema"], ["json_schema", "json_object"],
                                     ["json_schema", "json_object", "max_completion_tokens", "temperature"]])
def test_older_servers_do_too(talk, plain, fake, tmp_path, without):
    fake.set(without=without)
    result = failing(talk, tmp_path, plain, fake)
    assert result.returncode == 0, result.stderr
    assert index_of(tmp_path)["clips"][0]["title"].startswith("Title at ")


@pytest.mark.parametrize("faults", [["503", "drop", "408"], ["429 ms", "429 seconds"], ["half body"], ["chatter"],
                                    ["wrong shape"], ["tool calls"]])
def test_what_passes_is_survived(talk, plain, fake, tmp_path, faults):
    fake.set(faults=faults)
    result = failing(talk, tmp_path, plain, fake)
    assert result.returncode == 0, result.stderr
    assert index_of(tmp_path)["clips"][0]["title"].startswith("Title at ")
    assert not [warning["code"] for warning in index_of(tmp_path)["warnings"] if "model" in warning["code"]]


FAULTS = [
    (["400"] * 4, "invalid_input", ["does not take the question", "Invalid 'messages'"]),
    (["401"], "invalid_input", ["LANGUAGE_API_KEY", "Incorrect API key"]),
    (["403"], "invalid_input", ["LANGUAGE_API_KEY", "Country not supported"]),
    (["404"], "invalid_input", ["LANGUAGE_MODEL_NAME", MODEL]),
    (["413"], "too_large", ["too long"]),
    (["context"], "too_large", ["too long", "maximum context length"]),
    (["500"] * 9, "unavailable", ["after 4 tries", "The server had an error"]),
    (["500 final"], "unavailable", ["The server had an error"]),
    (["429"] * 9, "rate_limited", ["called too often after 4 tries"]),
    (["429 hour"], "rate_limited", ["called too often"]),
    (["quota"], "over_budget", ["LANGUAGE_API_KEY", "exceeded your current quota"]),
    (["quota retry-after"], "over_budget", ["LANGUAGE_API_KEY"]),
    (["redirect"], "invalid_input", ["LANGUAGE_BASE_URL"]),
    (["drop"] * 9, "unavailable", ["LANGUAGE_BASE_URL"]),
    (["hang"], "timeout", ["within 2 s (LANGUAGE_TIMEOUT)"]),
    (["slow body"], "timeout", ["LANGUAGE_TIMEOUT"]),
    (["html"], "unavailable", ["no chat completion", "LANGUAGE_BASE_URL"]),
    (["empty"], "unavailable", ["no chat completion"]),
    (["cut short"], "unavailable", ["no chat completion"]),
    (["binary"], "unavailable", ["no chat completion"]),
    (["deep"], "unavailable", ["no chat completion"]),
    (["huge"], "unavailable", ["LANGUAGE_BASE_URL"]),
    (["refuse"], "invalid_input", ["refuses to answer", "I cannot help with that."]),
    (["length"], "too_large", ["LANGUAGE_MAX_TOKENS"]),
    (["content_filter"], "invalid_input", ["content filter"]),
    (["chatter", "chatter"], "invalid_input", ["LANGUAGE_MODEL_NAME", "twice"]),
    (["wrong shape", "wrong shape"], "invalid_input", ["must be of the type integer"]),
]


@pytest.mark.parametrize(("faults", "code", "said"), FAULTS, ids=[f"{fault[0][0]}*{len(fault[0])}" for fault in FAULTS])
def test_every_fault_is_said(talk, plain, fake, tmp_path, faults, code, said):
    fake.set(faults=faults)
    result = failing(talk, tmp_path, plain, fake)
    assert_refused(result, code, *said)
    assert KEY not in result.stderr + result.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("faults", [["401"], ["hang"], ["quota"], ["refuse"], ["html"], ["500"] * 9])
def test_a_fallback_that_is_set_is_taken_with_a_warning(talk, plain, fake, tmp_path, faults):
    fake.set(faults=faults)
    result = failing(talk, tmp_path, plain, fake, LANGUAGE_FALLBACK="none")
    assert result.returncode == 0, result.stderr
    index = index_of(tmp_path)
    assert [w["code"] for w in index["warnings"]].count("language_model_failed") == 1
    spans = [(one["start"], one["end"], one["title"]) for one in index["clips"]]
    assert spans == [(one["start"], one["end"], one["title"]) for one in index_of(plain)["clips"]]


def test_a_model_that_was_talked_over_does_no_harm(talk, plain, fake, tmp_path):
    fake.set(answers="hostile")
    result = failing(talk, tmp_path, plain, fake)
    assert result.returncode == 0, result.stderr
    for one in index_of(tmp_path)["clips"]:
        assert len(one["title"]) <= 81 and one["title"].isprintable()
        assert one["hook"] == "" and one["reason"] == ""
        assert all(len(tag) <= 31 for tag in one["hashtags"]) and len(one["hashtags"]) <= 6
        assert one["score"] <= 1
    assert "again" not in json.dumps(index_of(tmp_path))


@pytest.mark.parametrize("answers", ["half", "nothing"])
def test_candidates_that_were_forgotten_are_said(talk, plain, fake, tmp_path, answers):
    fake.set(answers=answers)
    result = failing(talk, tmp_path, plain, fake)
    assert result.returncode == 0, result.stderr
    assert "candidates_unjudged" in [w["code"] for w in index_of(tmp_path)["warnings"]]


def test_a_model_cannot_take_all_clips_away(talk, plain, fake, tmp_path):
    fake.set(answers="zero")
    result = failing(talk, tmp_path, plain, fake)
    assert result.returncode == 0, result.stderr
    assert index_of(tmp_path)["clips"]


def test_the_budget_is_kept_before_a_call(talk, plain, fake, tmp_path):
    prices = fake.write_prices(tmp_path / "prices.json")
    result = failing(talk, tmp_path / "over", plain, fake, PRICES_FILE=prices, JOB_BUDGET=0.001)
    assert_refused(result, "over_budget", "JOB_BUDGET")
    result = failing(talk, tmp_path / "unknown", plain, fake, JOB_BUDGET=1)
    assert_refused(result, "invalid_input", "JOB_BUDGET", "PRICES_FILE")
    assert not fake.asked()


@pytest.mark.parametrize(("setting", "value", "said"), [
    ("LANGUAGE_MODEL_NAME", "", "LANGUAGE_MODEL_NAME"), ("LANGUAGE_BASE_URL", "nowhere", "LANGUAGE_BASE_URL"),
    ("LANGUAGE_BASE_URL", "https://api.openai.com/v1", None), ("LANGUAGE_MODEL", "gpt", "LANGUAGE_MODEL")])
def test_wrong_settings_are_said_before_any_work(talk, fake, tmp_path, setting, value, said):
    settings = fake.settings(**{setting: value})
    if said is None:
        settings.pop("LANGUAGE_API_KEY")
    assert_refused(clip(talk, tmp_path, **settings), "invalid_input", said or "OPENAI_API_KEY")
    assert not (tmp_path / "work").exists()


def test_ctrl_c_ends_a_call_that_hangs(talk, plain, fake, tmp_path):
    fake.set(faults=["hang"])
    shutil.copytree(plain / "work", tmp_path / "work", ignore=shutil.ignore_patterns(".lock"))
    process = subprocess.Popen(["/usr/bin/env", *command(talk, tmp_path, **fake.settings())],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8",
                               env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"})
    deadline = time.monotonic() + 60
    while not fake.asked():
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)  # another process cannot be waited for
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert time.monotonic() - start < 5  # a second, and room for a busy machine


def test_the_doctor_names_the_model_and_does_not_call_it(fake, tmp_path):
    def finding(**settings):
        names = [f"{name}={value}" for name, value in settings.items()]
        result = run("HOME=/tmp", *names, binary(), "doctor", "--json", program="/usr/bin/env", cwd=tmp_path)
        assert KEY not in result.stdout + result.stderr
        return next(f for f in json.loads(result.stdout)["findings"] if f["role"] == "language model")

    assert finding()["why"] == "LANGUAGE_MODEL is none (default)"
    found = finding(**fake.settings())
    assert found["ok"] and found["engine"] == f"{MODEL} at {fake.url}, not called now"
    assert found["why"] == "LANGUAGE_MODEL is openai (the environment)"
    assert "PRICES_FILE" in finding(**fake.settings(JOB_BUDGET=1))["problem"]
    broken = finding(**fake.settings(LANGUAGE_MODEL_NAME=""))
    assert not broken["ok"] and "LANGUAGE_MODEL_NAME" in broken["problem"]
    assert not fake.asked()


def upload(service, talk):
    with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
        answer = service.post("/api/upload-video", data={"num_clips": "1", "min_duration": "6", "max_duration": "8"},
                              files={"file": ("talk.mp4", video), "transcript": ("talk.json", said)})
    assert answer.status_code == 202, answer.text
    return answer.json()["processing_id"]


def test_jobs_of_the_service_have_their_calls_made_for_them(talk, fake, tmp_path):
    fake.set(favourite=35)
    prices = fake.write_prices(tmp_path / "prices.json")
    with Service(tmp_path / "storage", **fake.settings(PRICES_FILE=prices, JOB_BUDGET=1)) as service:
        document = service.wait(upload(service, talk))
        assert document["status"] == "completed", document
        one = document["clips"][0]
        assert one["title"].startswith("Title at ")
        assert one["hook"] == "You will not believe this"
        assert one["hashtags"] == ["#bread", "#time"]
        calls = len(fake.asked())
        assert calls > 0
        assert service.get("/api/usage").json()["cost_this_month"] == pytest.approx(calls * PAID_A_CALL)
        assert "reelwright_cost_dollars_total" in service.get("/metrics").text
        assert MODEL in service.get("/api/health").json()["checks"]["ai_services"]["message"]
        assert "api.called" in "".join(service.log)
        assert KEY not in "".join(service.log)
        left = b"".join(f.read_bytes() for f in (tmp_path / "storage").rglob("*") if f.is_file())
        assert KEY.encode() not in left


def test_a_job_over_its_budget_fails_and_says_so(talk, fake, tmp_path):
    prices = fake.write_prices(tmp_path / "prices.json")
    with Service(tmp_path / "storage", **fake.settings(PRICES_FILE=prices, JOB_BUDGET=0.001)) as service:
        document = service.wait(upload(service, talk))
        assert document["status"] == "failed"
        assert document["error"]["code"] == "over_budget"
        assert "JOB_BUDGET" in document["error"]["message"]
        assert document["error"]["stage"] == "ranking"
        assert not fake.asked()


def test_a_cancelled_job_hangs_up(talk, fake, tmp_path):
    fake.set(faults=["hang"])
    with Service(tmp_path / "storage", **fake.settings()) as service:
        job = upload(service, talk)
        deadline = time.monotonic() + 60
        while not fake.asked():
            assert time.monotonic() < deadline, service.text()
            time.sleep(0.05)  # another process cannot be waited for
        assert service.post(f"/api/jobs/{job}/cancel").status_code < 300
        assert service.wait(job, seconds=20)["status"] == "cancelled"
