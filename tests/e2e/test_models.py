"""Models: nothing is fetched unasked; what is fetched is there whole or not at all, and stays what it was."""

import hashlib
import json
import os
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest
from model_host import ModelHost
from engine_faults import wait_until
from program import assert_refused, binary, run, run_as_nobody, run_on_small_disk

# Of the smallest shape that whisper.cpp takes, and some words more.
WHISPER = (Path(os.environ["REELWRIGHT_BUILD"]) / "tests" / "models" / "whisper_small.bin").read_bytes()
WHISPER_KB = f"{len(WHISPER) / 1000:.0f}"
# No tensors, no facts.
GGUF = b"GGUF" + (3).to_bytes(4, "little") + bytes(16) + b"g" * 1000
# A ModelProto: ir_version, producer_name, graph, opset_import.
ONNX = b"\x08\x07\x12\x04test\x3a\xc8\x01" + b"o" * 200 + b"\x42\x02\x10\x11"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class Shelf:
    """The program with a models folder and a registry of its own."""

    def __init__(self, folder, host):
        self.folder, self.host = folder, host
        self.models = folder / "models"
        self.registry = folder / "registry.json"
        self.entries = []

    def offer(self, name, *files, role="transcriber", format="ggml", known=True):
        """Puts a model into the registry and its files, (name, content), on the host."""
        listed = []
        for file, content in files:
            self.host.files[file] = content
            listed.append({"name": file, "url": self.host.url(file)})
            if known:
                listed[-1] |= {"bytes": len(content), "sha256": sha256(content)}
        self.entries.append({"name": name, "role": role, "format": format, "languages": ["en"], "licence": "MIT",
                             "files": listed})
        self.registry.write_text(json.dumps({"models": self.entries}))
        return self

    def settings(self, **more):
        settings = {"MODELS_DIR": self.models, "ALLOW_PRIVATE_URLS": "true", "HOME": "/tmp"}
        if self.registry.exists():
            settings["MODELS_REGISTRY"] = self.registry
        return [f"{name}={value}" for name, value in (settings | more).items()]

    def __call__(self, *arguments, **settings):
        return run("-i", *self.settings(**settings), binary(), "models", *arguments, program="/usr/bin/env", cwd=self.folder)

    def doctor(self, **settings):
        result = run("-i", *self.settings(**settings), binary(), "doctor", "--json", program="/usr/bin/env", cwd=self.folder)
        assert result.returncode == 0, result.stderr
        return {finding["role"]: finding for finding in json.loads(result.stdout)["findings"]}

    def listed(self, name):
        result = self("list", "--json")
        assert result.returncode == 0, result.stderr
        return next(model for model in json.loads(result.stdout)["models"] if model["name"] == name)

    def left(self):
        return sorted(str(path.relative_to(self.models)) for path in self.models.rglob("*") if path.is_file())


@pytest.fixture
def shelf(tmp_path):
    host = ModelHost()
    yield Shelf(tmp_path, host)
    host.close()


def test_a_model_from_offer_to_removal(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    assert not shelf.listed("my-whisper")["installed"]
    result = shelf("pull", "my-whisper")
    assert result.returncode == 0, result.stderr
    place = shelf.models / "transcriber" / "my-whisper" / "ggml-my.bin"
    assert str(place) in result.stdout
    assert place.read_bytes() == WHISPER
    assert shelf.left() == ["transcriber/my-whisper/ggml-my.bin"]
    assert shelf.listed("my-whisper")["installed"]
    assert shelf("path", "my-whisper").stdout == f"{place}\n"
    assert shelf("verify", "my-whisper").returncode == 0
    assert "was there already" in shelf("pull", "my-whisper").stdout
    assert len(shelf.host.asked) == 1
    assert shelf("remove", "my-whisper").returncode == 0
    assert shelf.left() == []
    assert_refused(shelf("path", "my-whisper"), "not_found", "models pull my-whisper")


def test_the_table_says_what_there_is(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    lines = shelf("list").stdout.splitlines()
    assert lines[0].split() == ["NAME", "ROLE", "LANGUAGES", "SIZE", "LICENCE", "INSTALLED"]
    assert lines[1].split() == ["my-whisper", "transcriber", "en", WHISPER_KB, "kB", "MIT", "no"]
    assert any(line.startswith("whisper-base ") for line in lines)
    assert not shelf.host.asked and not shelf.models.exists(), "nothing is fetched unasked"


def test_a_server_that_drops_in_the_middle(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.script = [("drop", 100_000), ("drop", 50_000)]
    result = shelf("pull", "my-whisper")
    assert result.returncode == 0, result.stderr
    assert shelf.host.asked == [("ggml-my.bin", None, None), ("ggml-my.bin", "bytes=100000-", '"1"'),
                                ("ggml-my.bin", "bytes=150000-", '"1"')]
    assert shelf("verify").returncode == 0


def test_a_server_that_is_down_for_long(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.script = [("drop", 100_000)] + [("status", 503)] * 10
    assert_refused(shelf("pull", "my-whisper"), "unavailable", "503", "the same command goes on there")
    assert not shelf.listed("my-whisper")["installed"]
    shelf.host.script, shelf.host.asked = [], []
    assert shelf("pull", "my-whisper").returncode == 0
    assert [asked[1] for asked in shelf.host.asked] == ["bytes=100000-"]


def test_a_pull_that_was_interrupted_goes_on(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.script = [("hang", 200_000)]
    process = subprocess.Popen(["/usr/bin/env", "-i", *shelf.settings(), str(binary()), "models", "pull", "my-whisper"],
                               stderr=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    assert shelf.host.sent.wait(30)
    part = shelf.models / ".incoming" / "my-whisper" / "ggml-my.bin.part"
    wait_until(lambda: part.exists() and part.stat().st_size == 200_000)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert out == "" and "the same command goes on there" in err
    assert not shelf.listed("my-whisper")["installed"]
    shelf.host.asked = []
    assert shelf("pull", "my-whisper").returncode == 0
    assert [asked[1] for asked in shelf.host.asked] == ["bytes=200000-"]
    assert shelf("verify").returncode == 0


def test_another_version_in_the_middle_begins_anew(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.script = [("drop", 100_000)] + [("status", 503)] * 3
    shelf("pull", "my-whisper")
    shelf.host.version, shelf.host.asked = 2, []
    assert shelf("pull", "my-whisper").returncode == 0
    assert shelf.host.asked == [("ggml-my.bin", "bytes=100000-", '"1"')]
    assert shelf("verify").returncode == 0


def test_wrong_bytes_are_refused(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.files["ggml-my.bin"] = WHISPER[:-1] + b"x"
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", "SHA-256", "thrown away")
    shelf.host.files["ggml-my.bin"] = WHISPER[:1000]
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", f"1000 bytes instead of {len(WHISPER)}")
    shelf.host.files["ggml-my.bin"] = WHISPER + b"more"
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", f"more than the {len(WHISPER)} bytes")
    assert shelf.left() == []


@pytest.mark.parametrize(("content", "said"), [
    (b"<!DOCTYPE html><title>Log in</title>", "a web page, not a ggml model"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a pointer of Git LFS"),
    (GGUF, "a GGUF model, not a ggml model"),
    (b"", "empty"),
])
def test_another_kind_of_file_is_refused(shelf, content, said):
    shelf.offer("my-whisper", ("ggml-my.bin", content), known=False)
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", said)
    assert shelf.left() == []


def test_what_the_server_says_is_told(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    for status, code, said in [(404, "not_found", "there is nothing (404)"), (401, "invalid_input", "to everybody (401)"),
                               (403, "invalid_input", "(403)"), (451, "invalid_input", "refuses the request (451)")]:
        shelf.host.script = [("status", status)]
        assert_refused(shelf("pull", "my-whisper"), code, said, shelf.host.url("ggml-my.bin"),
                       "models add ggml-my.bin --role transcriber")
    assert shelf.left() == []


def test_redirects_are_followed_but_not_for_ever_nor_anywhere(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.host.script = [("redirect", "file:///etc/passwd")]
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", "which is not called")
    shelf.host.script = [("redirect", shelf.host.url("loop"))] * 100
    assert_refused(shelf("pull", "my-whisper"), "unavailable", "redirects too often")
    shelf.host.script = [("redirect", shelf.host.url("ggml-my.bin"))]
    assert shelf("pull", "my-whisper").returncode == 0


def test_without_leave_nothing_private_or_plain_is_called(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    assert_refused(shelf("pull", "my-whisper", ALLOW_PRIVATE_URLS="false"), "invalid_input", "not public")
    shelf.entries[0]["files"][0]["url"] = "http://example.com/a.bin"
    shelf.registry.write_text(json.dumps({"models": shelf.entries}))
    assert_refused(shelf("pull", "my-whisper", ALLOW_PRIVATE_URLS="false"), "invalid_input", "https://", "ALLOW_PRIVATE_URLS")
    assert not shelf.host.asked and not shelf.models.exists()


def test_a_model_without_a_checksum_is_held_to_the_first_one_seen(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER), known=False)
    result = shelf("pull", "my-whisper")
    assert result.returncode == 0 and "is remembered" in result.stderr
    assert shelf.left() == ["checksums.json", "transcriber/my-whisper/ggml-my.bin"]
    assert shelf("verify").returncode == 0
    assert shelf("remove", "my-whisper").returncode == 0
    shelf.host.files["ggml-my.bin"] = WHISPER[:-1] + b"x"
    assert_refused(shelf("pull", "my-whisper"), "invalid_input", "the last time", "--accept-change")
    assert shelf("pull", "my-whisper", "--accept-change").returncode == 0
    assert shelf("verify").returncode == 0


def test_several_files_come_all_or_none(shelf):
    shelf.offer("ada", ("ada.onnx", ONNX), ("ada.onnx.json", b"{}"), role="synthesizer", format="onnx")
    shelf.host.files.pop("ada.onnx.json")
    assert_refused(shelf("pull", "ada"), "not_found", "ada.onnx.json")
    assert not shelf.listed("ada")["installed"]
    shelf.host.files["ada.onnx.json"] = b"{}"
    shelf.host.asked = []
    assert shelf("pull", "ada").returncode == 0
    assert [asked[0] for asked in shelf.host.asked] == ["ada.onnx.json"]
    assert shelf.left() == ["synthesizer/ada/ada.onnx", "synthesizer/ada/ada.onnx.json"]


def test_verify_finds_what_happened_to_a_model(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf("pull", "my-whisper")
    place = shelf.models / "transcriber" / "my-whisper" / "ggml-my.bin"
    for content, verdict, said in [(WHISPER[:5000], "cut_short", "cut short: 5000 of"), (WHISPER[:-1] + b"x", "changed", "SHA-256"),
                                   (GGUF.ljust(len(WHISPER)), "other_kind", "a GGUF model")]:
        place.write_bytes(content)
        assert_refused(shelf("verify"), "invalid_input", said, "models pull my-whisper")
        result = shelf("verify", "my-whisper", "--json")
        assert result.returncode == 2
        report = json.loads(result.stdout)
        assert not report["good"] and [file["verdict"] for file in report["files"]] == [verdict]
    place.write_bytes(WHISPER[:5000])
    assert "cut short" in shelf.listed("my-whisper")["problem"]
    assert_refused(shelf("pull", "my-whisper"), "conflict", "models remove my-whisper")
    place.unlink()
    assert not shelf.listed("my-whisper")["installed"]
    assert shelf("pull", "my-whisper").returncode == 0


def test_weights_of_ones_own(shelf):
    mine = shelf.folder / "mine.bin"
    mine.write_bytes(WHISPER)
    result = shelf("add", mine, "--role", "transcriber", "--name", "ada")
    assert result.returncode == 0, result.stderr
    assert mine.read_bytes() == WHISPER
    assert shelf("verify", "ada").returncode == 0
    (shelf.models / "transcriber" / "ada" / "mine.bin").unlink()
    (shelf.models / "transcriber" / "ada" / "mine.bin").write_bytes(WHISPER[:-1] + b"x")
    assert_refused(shelf("verify"), "invalid_input", "ada mine.bin is changed")
    assert mine.read_bytes() == WHISPER
    assert_refused(shelf("add", mine, "--role", "transcriber", "--name", "ada"), "conflict", "--name")
    assert_refused(shelf("add", mine, "--role", "transcriber", "--name", "whisper-base"), "conflict", "models pull")
    assert_refused(shelf("add", mine, "--role", "language_model"), "invalid_input", "a ggml model, not a GGUF model")
    assert_refused(shelf("add", mine, "--role", "painter"), "invalid_input", "must be one of transcriber")
    assert_refused(shelf("add", shelf.folder / "none.bin", "--role", "transcriber"), "not_found", "none.bin")
    assert_refused(shelf("add", shelf.folder, "--role", "transcriber"), "invalid_input", "folder")


@pytest.mark.parametrize("name", ["..", "../../up", "/tmp/up", ".hidden", "a/b", "transcriber", "x" * 300])
def test_names_that_lead_elsewhere(shelf, name):
    mine = shelf.folder / "mine.bin"
    mine.write_bytes(WHISPER)
    assert_refused(shelf("add", mine, "--role", "transcriber", "--name", name), "invalid_input", "is no name for a model")
    for command in ("pull", "path", "verify", "remove"):
        assert_refused(shelf(command, name), "not_found", "models list")
    shelf.offer(name, ("a.bin", WHISPER))
    assert_refused(shelf("list"), "invalid_input", "registry.json", "is no name of a model")
    shelf.entries = []
    shelf.offer("good", ("../a.bin", WHISPER))
    assert_refused(shelf("list"), "invalid_input", "../a.bin")
    assert not shelf.models.exists()


def test_files_put_there_by_hand(shelf):
    (shelf.models / "synthesizer").mkdir(parents=True)
    (shelf.models / "ggml-small.bin").write_bytes(WHISPER)
    (shelf.models / "some.gguf").write_bytes(GGUF)
    (shelf.models / "what.onnx").write_bytes(ONNX)
    (shelf.models / "synthesizer" / "ada.onnx").write_bytes(ONNX)
    assert shelf.listed("ggml-small.bin")["role"] == "transcriber"
    assert shelf.listed("some.gguf")["role"] == "language_model"
    assert "role" not in shelf.listed("what.onnx")
    assert "move it into a folder" in shelf.listed("what.onnx")["problem"]
    assert shelf.listed("ada.onnx")["role"] == "synthesizer"
    assert shelf("path", "ada.onnx").stdout == f"{shelf.models}/synthesizer/ada.onnx\n"
    assert shelf("verify").returncode == 0
    (shelf.models / "synthesizer" / "ada.onnx").write_bytes(ONNX[:100])
    assert_refused(shelf("verify"), "invalid_input", "ada.onnx is cut short")
    assert shelf("remove", "ada.onnx").returncode == 0
    assert shelf.left() == ["ggml-small.bin", "some.gguf", "what.onnx"]


def test_a_broken_file_of_checksums(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.models.mkdir()
    (shelf.models / "checksums.json").write_text('{"files": [{"model": 7}]}')
    for command in (["pull", "my-whisper"], ["verify"]):
        assert_refused(shelf(*command), "invalid_input", "checksums.json", "move it away")
    assert shelf("list").returncode == 0
    assert not shelf.host.asked


def test_a_broken_registry(shelf):
    shelf.registry.write_text('{"models": [{"name": "a", "rolle": "transcriber"}]}')
    assert_refused(shelf("list"), "invalid_input", "models[0].rolle is a field that is not known")
    assert "registry.json" in shelf.doctor()["models"]["problem"]
    shelf.registry.unlink()
    assert_refused(shelf("list", MODELS_REGISTRY=shelf.registry), "not_found", "registry.json")


def test_a_full_disk(shelf, tmp_path):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    shelf.models.mkdir()
    arguments = ["models", "pull", "my-whisper", "--models-dir", shelf.models, "--config", tmp_path / "settings.toml"]
    (tmp_path / "settings.toml").write_text(f'allow_private_urls = "true"\nmodels_registry = "{shelf.registry}"\n')
    result, left = run_on_small_disk(shelf.models, "256k", *arguments)
    assert_refused(result, "storage_full", "ggml-my.bin needs 0.4 MiB more", "MODELS_DIR")
    assert left == []
    mine = tmp_path / "mine.bin"
    mine.write_bytes(WHISPER)
    result, left = run_on_small_disk(shelf.models, "256k", "models", "add", mine, "--role", "transcriber",
                                     "--models-dir", shelf.models)
    assert_refused(result, "storage_full")
    assert left == []


def test_no_permission():
    with tempfile.TemporaryDirectory(prefix="reelwright-") as folder:  # pytest's own folders are closed to others
        os.chmod(folder, 0o755)
        mine = Path(folder) / "mine.bin"
        mine.write_bytes(WHISPER)
        (Path(folder) / "models").mkdir()
        result = run_as_nobody(Path(folder), "models", "add", mine, "--role", "transcriber", "--models-dir", f"{folder}/models")
        assert_refused(result, "forbidden", "models")
        assert not list((Path(folder) / "models").iterdir())


def test_the_doctor_says_which_engine_and_why(shelf):
    shelf.offer("my-whisper", ("ggml-my.bin", WHISPER))
    found = shelf.doctor()
    assert found["transcriber"]["why"] == "built in, needs no model"
    assert found["models"]["engine"] == f"{shelf.models} (none installed)"
    assert found["language model"]["engine"] == "none"
    shelf("pull", "my-whisper")
    found = shelf.doctor()
    assert found["transcriber"]["engine"] == "pocketsphinx-en-us"
    assert found["transcriber"]["problem"] == "Installed, and used where TRANSCRIBER_MODEL names it: my-whisper."
    assert found["models"]["engine"] == f"{shelf.models} (1 installed, {WHISPER_KB} kB)"
