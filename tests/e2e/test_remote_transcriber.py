"""A server writes down what is said: words keep the times of the recording, what the server cannot tell is found out here,
and every way in which it fails is said."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openai_fake import KEY, MODEL, OpenAiFake
from program import assert_refused, binary, run
from service import Service

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fakes"))
import buzz_words

SECONDS = 120
DOLLARS_A_MINUTE = 0.06


@pytest.fixture(scope="module")
def fake():
    server = OpenAiFake()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def anew(fake):
    fake.set()


def make_talk(folder, seconds):
    """`talk.mp4` in `folder`, and its words with their times."""
    samples, words = buzz_words.speak(seconds)
    buzz_words.write_wav(folder / "talk.wav", samples)
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"color=c=gray:s=320x180:r=25:d={seconds}", "-i",
                    str(folder / "talk.wav"), "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-b:a", "128k",
                    str(folder / "talk.mp4")], check=True)
    return folder / "talk.mp4", words


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"), SECONDS)


@pytest.fixture(scope="module")
def short_talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("short"), 12)[0]


def transcribe(file, *options, **settings):
    return run(*(f"{name}={value}" for name, value in settings.items()), binary(), "transcribe", file, *options,
               program="/usr/bin/env")


def words_of(result):
    assert result.returncode == 0, result.stderr
    return [word for segment in json.loads(result.stdout)["segments"] for word in segment["words"]]


def assert_heard(words, truth):
    assert [word["word"] for word in words] == [word["word"] for word in truth]
    off = max(abs(word["start"] - true["start"]) for word, true in zip(words, truth))
    assert off < 0.08, f"a word is off by {off} s"


def test_words_have_their_punctuation_and_the_times_of_the_recording(talk, fake):
    file, truth = talk
    result = transcribe(file, "--language", "auto", **fake.transcriber(TRANSCRIBER_PROMPT="Buzz."))
    assert_heard(words_of(result), truth)
    assert json.loads(result.stdout)["language"] == "en"
    asked = fake.asked()
    assert len(asked) >= 2
    for request in asked:
        assert request["body"]["file"] <= 80
        assert request["body"]["timestamp_granularities[]"] == ["word", "segment"]
        assert request["body"]["prompt"] == ["Buzz."]
        assert "language" not in request["body"]
    assert sum(request["body"]["file"] for request in asked) < SECONDS
    assert KEY not in result.stdout + result.stderr


def test_a_key_alone_sends_nothing(short_talk, fake):
    assert transcribe(short_talk, OPENAI_API_KEY=KEY, TRANSCRIBER_API_KEY=KEY, TRANSCRIBER_BASE_URL=fake.url).returncode == 0
    assert not fake.asked()


@pytest.mark.parametrize(("state", "tries"), [({"forgets": True}, 1), ({"without": ["timestamp_granularities[]"]}, 2),
                                              ({"without": ["timestamp_granularities[]", "verbose_json"]}, 3)])
def test_what_a_server_does_not_tell_is_found_out_here(short_talk, fake, state, tries):
    fake.set(**state)
    words = words_of(transcribe(short_talk, **fake.transcriber()))
    assert {word["word"] for word in words} == set(buzz_words.WORDS)
    assert all(word["timing"] in ("aligned", "interpolated") for word in words)
    starts = [word["start"] for word in words]
    assert starts == sorted(starts) and starts[0] >= 0.2 and words[-1]["end"] <= 12
    assert len(fake.asked()) == tries


@pytest.mark.parametrize("faults", [["503", "drop", "408"], ["429 ms", "429 seconds"], ["half body"]])
def test_what_passes_is_survived(short_talk, fake, faults):
    fake.set(faults=faults)
    assert len(words_of(transcribe(short_talk, **fake.transcriber()))) > 10


FAULTS = [
    (["400"] * 4, "invalid_input", ["does not take the question", "TRANSCRIBER_MODEL"]),
    (["401"], "invalid_input", ["TRANSCRIBER_API_KEY", "Incorrect API key"]),
    (["403"], "invalid_input", ["TRANSCRIBER_API_KEY"]),
    (["404"], "invalid_input", ["TRANSCRIBER_MODEL", MODEL]),
    (["413"], "too_large", ["TRANSCRIBER_MODEL"]),
    (["500"] * 9, "unavailable", ["after 4 tries", "The server had an error"]),
    (["500 final"], "unavailable", ["The server had an error"]),
    (["429"] * 9, "rate_limited", ["called too often after 4 tries"]),
    (["429 hour"], "rate_limited", ["called too often"]),
    (["quota"], "over_budget", ["TRANSCRIBER_API_KEY", "exceeded your current quota"]),
    (["redirect"], "invalid_input", ["TRANSCRIBER_BASE_URL"]),
    (["drop"] * 9, "unavailable", ["TRANSCRIBER_BASE_URL"]),
    (["hang"], "timeout", ["within 2 s (TRANSCRIBER_TIMEOUT)"]),
    (["slow body"], "timeout", ["TRANSCRIBER_TIMEOUT"]),
    (["html"], "unavailable", ["no transcription", "TRANSCRIBER_BASE_URL"]),
    (["empty"], "unavailable", ["no transcription"]),
    (["cut short"], "unavailable", ["no transcription"]),
    (["binary"], "unavailable", ["no transcription"]),
    (["deep"], "unavailable", ["no transcription"]),
    (["huge"], "unavailable", ["TRANSCRIBER_BASE_URL"]),
]


@pytest.mark.parametrize(("faults", "code", "said"), FAULTS, ids=[f"{fault[0][0]}*{len(fault[0])}" for fault in FAULTS])
def test_every_fault_is_said(short_talk, fake, faults, code, said):
    fake.set(faults=faults)
    result = transcribe(short_talk, **fake.transcriber(TRANSCRIBER_TIMEOUT=2))
    assert_refused(result, code, *said)
    assert KEY not in result.stderr + result.stdout


def test_the_budget_is_kept_before_a_call(short_talk, fake, tmp_path):
    prices = fake.write_prices(tmp_path / "prices.json")
    assert_refused(transcribe(short_talk, **fake.transcriber(PRICES_FILE=prices, JOB_BUDGET=0.001)), "over_budget", "JOB_BUDGET")
    assert_refused(transcribe(short_talk, **fake.transcriber(JOB_BUDGET=1)), "invalid_input", "JOB_BUDGET", "PRICES_FILE")
    assert not fake.asked()


@pytest.mark.parametrize(("setting", "value", "said"), [
    ("TRANSCRIBER_MODEL", "", "TRANSCRIBER_MODEL"), ("TRANSCRIBER_BASE_URL", "nowhere", "TRANSCRIBER_BASE_URL"),
    ("TRANSCRIBER_BASE_URL", "https://api.openai.com/v1", None)])
def test_wrong_settings_are_said_at_once(short_talk, fake, setting, value, said):
    settings = fake.transcriber(**{setting: value})
    if said is None:
        settings.pop("TRANSCRIBER_API_KEY")
    assert_refused(transcribe(short_talk, **settings), "invalid_input", said or "OPENAI_API_KEY")


def test_the_key_of_another_role_is_not_missed(short_talk, fake):
    settings = fake.transcriber(LANGUAGE_MODEL="openai", LANGUAGE_MODEL_NAME="x")  # at OpenAI's, without a key
    assert transcribe(short_talk, **settings).returncode == 0


def test_ctrl_c_ends_a_call_that_hangs(short_talk, fake):
    fake.set(faults=["hang"])
    process = subprocess.Popen([str(binary()), "transcribe", str(short_talk)], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, encoding="utf-8",
                               env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent",
                                    **fake.transcriber()})
    deadline = time.monotonic() + 60
    while not fake.asked():
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.05)  # another process cannot be waited for
    process.send_signal(signal.SIGINT)
    start = time.monotonic()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert time.monotonic() - start < 5  # a second, and room for a busy machine


def test_the_doctor_names_the_server_and_does_not_call_it(fake, tmp_path):
    def found(**settings):
        names = [f"{name}={value}" for name, value in settings.items()]
        result = run("HOME=/tmp", *names, binary(), "doctor", "--json", program="/usr/bin/env", cwd=tmp_path)
        assert KEY not in result.stdout + result.stderr
        return {finding["role"]: finding for finding in json.loads(result.stdout)["findings"]}["chosen transcriber"]

    good = found(**fake.transcriber())
    assert good["ok"] and good["engine"] == f"{MODEL} at {fake.url}, not called now"
    bad = found(**fake.transcriber(TRANSCRIBER_MODEL=""))
    assert not bad["ok"] and "TRANSCRIBER_MODEL" in bad["problem"]
    assert not fake.asked()


def test_clips_are_cut_by_it_and_nothing_is_asked_twice(talk, fake, tmp_path):
    def clip():
        settings = fake.transcriber(PRICES_FILE=fake.write_prices(tmp_path / "prices.json"), JOB_BUDGET=1)
        result = run(*(f"{name}={value}" for name, value in settings.items()), binary(), "clip", talk[0], "--num-clips", 1,
                     "--min-duration", 5, "--max-duration", 9, "--workspace", tmp_path / "work", "--out", tmp_path / "out",
                     "--overwrite", "--json", program="/usr/bin/env")
        assert result.returncode == 0, result.stderr
        return json.loads((tmp_path / "out" / "clips.json").read_text())

    index = clip()
    assert index["engines"]["transcript"] == f"{MODEL} at {fake.url}"
    asked = fake.asked()
    sent = sum(request["body"]["file"] for request in asked)
    assert sum(cost["dollars"] for cost in index["costs"]) == pytest.approx(sent / 60 * DOLLARS_A_MINUTE)
    assert {cost["stage"] for cost in index["costs"]} == {"transcript"}
    fake.set()
    assert clip()["costs"] == []
    assert not fake.asked()


def test_jobs_of_the_service_have_their_sound_sent_for_them(talk, fake, tmp_path):
    prices = fake.write_prices(tmp_path / "prices.json")
    with Service(tmp_path / "storage", **fake.transcriber(PRICES_FILE=prices, JOB_BUDGET=1)) as service:
        job = service.upload(talk[0], num_clips=1, min_duration=5, max_duration=9)
        document = service.wait(job)
        assert document["status"] == "completed", document
        asked = fake.asked()
        sent = sum(request["body"]["file"] for request in asked)
        assert service.get("/api/usage").json()["cost_this_month"] == pytest.approx(sent / 60 * DOLLARS_A_MINUTE)
        name = document["clips"][0]["captions_url"] if "captions_url" in document["clips"][0] else None
        assert KEY not in "".join(service.log)
        assert name is None or service.get(name).status_code == 200


def test_a_job_whose_server_is_gone_says_so(short_talk, fake, tmp_path):
    fake.set(faults=["401"])
    with Service(tmp_path / "storage", **fake.transcriber()) as service:
        document = service.wait(service.upload(short_talk, num_clips=1, min_duration=2, max_duration=9))
        assert document["status"] == "failed"
        assert document["error"]["stage"] == "transcript"
        assert "TRANSCRIBER_API_KEY" in document["error"]["message"]
