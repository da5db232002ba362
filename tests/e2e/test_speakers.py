"""Models of the user's own tell who says each word: in transcripts, in aligned texts, in clips; jobs of the service may read
them, and what is wrong with them is said at once."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
from interrupts import CANCELLED, stopped_in
from openai_fake import OpenAiFake
from program import assert_refused, binary, run
from service import Service
from test_aligner import MODELS, RATE, tone

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fakes"))
import buzz_words

PITCHES = [(4000, 4300), (4900, 5200), (5800, 6100), (7100, 7400)]  # as tests/fixtures/models/voices.py hears them
LINES = [(0, "the harbour was still that day"), (1, "and when did the boats come in"), (0, "they came at seven in the rain"),
         (2, "i saw them from the market hall"), (1, "what did you think of it all then"), (0, "we went home with empty hands")]
VOICES = {"SPEAKER_SEGMENTATION_MODEL": MODELS / "voices.onnx", "SPEAKER_EMBEDDING_MODEL": MODELS / "voice_embedding.onnx"}


def flags(settings):
    return [str(part) for name, value in settings.items() for part in ("--" + name.lower().replace("_", "-"), value)]


def warble(voice, length):
    pitch = np.where(np.arange(length) // 800 % 2 == 0, *map(float, PITCHES[voice]))
    return 0.1 * np.sin(np.cumsum(2 * np.pi * pitch / RATE))


def spoken(lines):
    """Each line letter by letter as the test aligner hears it, warbled as the test models of voices hear it."""
    parts = []
    for voice, line in lines:
        said = np.concatenate([tone(letter) for word in line.split() for letter in word + "|"])
        parts += [said + warble(voice, len(said)), np.zeros(RATE // 2)]
    sound = np.concatenate(parts)
    return sound + np.random.default_rng(1).uniform(-0.001, 0.001, len(sound))


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("voices")
    buzz_words.write_wav(folder / "talk.wav", spoken(LINES))
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-i", folder / "talk.wav",
                    "-shortest", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-b:a", "192k",
                    folder / "talk.mp4"], check=True)
    (folder / "talk.txt").write_text(" ".join(line for _, line in LINES))
    return folder


def align(talk, *more):
    return run("align", talk / "talk.wav", "--text", talk / "talk.txt", "--aligner-model", MODELS / "tones.onnx", *more)


def told(document):
    """Who says what, words of one speaker in one piece."""
    pieces = []
    for segment in document["segments"]:
        words = [word["word"] for word in segment["words"]]
        if pieces and pieces[-1][0] == segment.get("speaker"):
            pieces[-1][1].extend(words)
        else:
            pieces.append((segment.get("speaker"), words))
    return [(speaker, " ".join(words)) for speaker, words in pieces]


TRUTH = [(f"Speaker {voice + 1}", line) for voice, line in LINES]


def test_each_word_of_a_text_has_its_speaker(talk):
    result = align(talk, *flags(VOICES))
    assert result.returncode == 0, result.stderr
    assert told(json.loads(result.stdout)) == TRUTH


def test_captions_name_the_voices(talk):
    result = align(talk, *flags(VOICES), "--format", "vtt")
    assert "<v Speaker 1>" in result.stdout and "<v Speaker 3>" in result.stdout


def test_what_a_server_wrote_down_has_its_speakers_too(tmp_path):
    """A word in two is said by another voice, in pairs: two by one, two by the other."""
    samples, words = buzz_words.speak(30)
    for number, word in enumerate(words):
        at = int(word["start"] * RATE)
        length = int((word["end"] - word["start"]) * RATE)
        samples[at:at + length] += 0.3 * warble(number // 4 % 2, length)
    buzz_words.write_wav(tmp_path / "talk.wav", samples)
    fake = OpenAiFake()
    try:
        settings = fake.transcriber(**VOICES)
        result = run(*(f"{name}={value}" for name, value in settings.items()), binary(), "transcribe", tmp_path / "talk.wav",
                     program="/usr/bin/env")
    finally:
        fake.close()
    assert result.returncode == 0, result.stderr
    said = [(segment["speaker"], word["word"]) for segment in json.loads(result.stdout)["segments"] for word in segment["words"]]
    assert said == [(f"Speaker {number // 4 % 2 + 1}", word["word"]) for number, word in enumerate(words)]


def test_as_many_speakers_as_the_user_says(talk):
    result = align(talk, *flags(VOICES), "--speakers", "1")
    assert {speaker for speaker, _ in told(json.loads(result.stdout))} == {"Speaker 1"}


def test_a_model_of_probabilities_will_do(talk):
    result = align(talk, *flags(VOICES | {"SPEAKER_SEGMENTATION_MODEL": MODELS / "voices_each.onnx"}))
    assert told(json.loads(result.stdout)) == TRUTH


def test_without_models_nobody_is_named(talk):
    result = align(talk)
    assert result.returncode == 0, result.stderr
    assert "speaker" not in result.stdout.lower()


def test_what_the_user_named_stays(talk, tmp_path):
    draft = json.loads(align(talk, *flags(VOICES)).stdout)
    for segment in draft["segments"]:
        if segment["speaker"] == "Speaker 2":
            segment["speaker"] = "Ann"
        elif segment["speaker"] == "Speaker 1" and segment is not draft["segments"][0]:
            del segment["speaker"]
    (tmp_path / "named.json").write_text(json.dumps(draft))
    again = run("align", talk / "talk.wav", "--text", tmp_path / "named.json", "--aligner-model", MODELS / "tones.onnx",
                *flags(VOICES))
    assert told(json.loads(again.stdout)) == [("Ann" if voice == 1 else name, line) for (voice, line), (name, _) in
                                              zip(LINES, TRUTH)]


def test_clips_and_their_captions_name_who_speaks(talk, tmp_path):
    cut = ["clip", talk / "talk.mp4", "--transcript", talk / "talk.txt", "--aligner-model", MODELS / "tones.onnx",
           "--num-clips", "1", "--min-duration", "8", "--max-duration", "30", "--workspace", tmp_path / "workspace"]
    first = run(*cut, *flags(VOICES), "--out", tmp_path / "first")
    assert first.returncode == 0, first.stderr
    index = json.loads((tmp_path / "first" / "clips.json").read_text())
    assert index["engines"]["speakers"] == "voices.onnx + voice_embedding.onnx"
    files = index["clips"][0]["files"]
    assert "<v Speaker 2>" in (tmp_path / "first" / files["vtt"]).read_text()
    assert len(told(json.loads((tmp_path / "first" / files["captions"]).read_text()))) > 1
    again = run(*cut, *flags(VOICES | {"SPEAKERS": 2}), "--out", tmp_path / "again")
    assert again.returncode == 0, again.stderr
    reused = {stage["name"]: stage["reused"] for stage in json.loads((tmp_path / "again" / "clips.json").read_text())["stages"]}
    assert reused["transcript"] and not reused["speakers"], "the models work on what is known"
    without = run(*cut, "--out", tmp_path / "without")
    assert without.returncode == 0, without.stderr
    index = json.loads((tmp_path / "without" / "clips.json").read_text())
    assert "speakers" not in index["engines"] and "speakers" not in [stage["name"] for stage in index["stages"]]


def test_ctrl_c_stops_it_within_a_second(talk, tmp_path):
    stopped = stopped_in("speakers", 0, "clip", talk / "talk.mp4", "--transcript", talk / "talk.txt", "--aligner-model",
                         MODELS / "tones.onnx", *flags(VOICES), "--threads", "1", "--json", "--out", tmp_path / "out")
    assert stopped.code == CANCELLED, stopped.said
    assert stopped.seconds < 1


def test_a_job_of_the_service_may_read_the_models(talk, tmp_path):
    with Service(tmp_path / "storage", ALIGNER_MODEL=MODELS / "tones.onnx", **VOICES) as service:
        with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.txt", "rb") as text:
            answer = service.post("/api/upload-video", files={"file": ("talk.mp4", video), "transcript": ("talk.txt", text)},
                                  data={"num_clips": "1", "min_duration": "8", "max_duration": "30"})
        assert answer.status_code == 202, answer.text
        done = service.wait(answer.json()["processing_id"])
        assert done["status"] == "completed", done["error"]


@pytest.mark.parametrize("changed, code, said", [
    ({"SPEAKER_EMBEDDING_MODEL": None}, "invalid_input", "SPEAKER_EMBEDDING_MODEL none"),
    ({"SPEAKER_SEGMENTATION_MODEL": None}, "invalid_input", "SPEAKER_SEGMENTATION_MODEL none"),
    ({"SPEAKER_EMBEDDING_MODEL": "voices.onnx"}, "invalid_input", "SPEAKER_EMBEDDING_MODEL names"),
    ({"SPEAKER_SEGMENTATION_MODEL": "voice_embedding.onnx"}, "invalid_input", "SPEAKER_SEGMENTATION_MODEL names"),
    ({"SPEAKER_SEGMENTATION_MODEL": "cut_short.onnx"}, "invalid_input", "SPEAKER_SEGMENTATION_MODEL"),
    ({"SPEAKER_EMBEDDING_MODEL": "cut_short.onnx"}, "invalid_input", "SPEAKER_EMBEDDING_MODEL"),
    ({"SPEAKER_SEGMENTATION_MODEL": "yolo.onnx"}, "invalid_input", "SPEAKER_SEGMENTATION_MODEL"),
    ({"SPEAKER_EMBEDDING_MODEL": "text.onnx"}, "invalid_input", "SPEAKER_EMBEDDING_MODEL"),
    ({"SPEAKER_EMBEDDING_MODEL": "nowhere.onnx"}, "not_found", "SPEAKER_EMBEDDING_MODEL"),
])
def test_what_is_wrong_with_a_model_is_said_with_its_setting(talk, changed, code, said):
    settings = VOICES | {name: file and MODELS / file for name, file in changed.items()}
    assert_refused(align(talk, *flags({name: file for name, file in settings.items() if file})), code, said)


def test_the_doctor_loads_both():
    def doctor(**settings):
        environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **{name: str(file) for name, file in settings.items()}}
        return subprocess.run([str(binary()), "doctor"], capture_output=True, text=True, env=environment).stdout

    assert "voices.onnx + voice_embedding.onnx" in doctor(**VOICES)
    assert "SPEAKER_EMBEDDING_MODEL none" in doctor(SPEAKER_SEGMENTATION_MODEL=MODELS / "voices.onnx")
    assert "speaker labels" not in doctor()
