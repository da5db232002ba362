"""Whatever comes in, a command ends in one clear sentence with the promised exit code, or in a result with a
warning, and leaves nothing half-written."""

import json
import re

import pytest
from bad_media import REFUSED_MEDIA
from program import (assert_nothing_written, assert_refused, assert_warned, run, run_as_nobody, run_on_small_disk)

@pytest.mark.parametrize("name, code, said", REFUSED_MEDIA)
def test_probe_refuses(shelf, name, code, said):
    result = run("probe", shelf[name])
    assert_refused(result, code, said)
    assert result.stdout == ""


@pytest.mark.parametrize("name, code, said", REFUSED_MEDIA)
def test_transcribe_refuses(shelf, tmp_path, name, code, said):
    written = tmp_path / "words" / "t.json"
    written.parent.mkdir()
    assert_refused(run("transcribe", shelf[name], "--out", written), code, said)
    assert_nothing_written(written.parent)


@pytest.mark.parametrize("name", ["good", "no_picture", "no_sound", "one_frame", "eight_k", "silence"])
def test_probe_tells_what_is_in_odd_files(shelf, name):
    result = run("probe", "--json", shelf[name])
    assert result.returncode == 0, result.stderr
    assert isinstance(json.loads(result.stdout), dict)


@pytest.mark.parametrize("name", ["no_picture", "no_sound", "silence"])
def test_transcribe_warns_where_nothing_is_said(shelf, name):
    result = run("transcribe", shelf[name])
    assert_warned(result, "no_speech")
    assert json.loads(result.stdout)["word_segments"] == []


@pytest.mark.parametrize("command", ["probe", "transcribe"])
def test_no_permission_to_read(shelf, command):
    assert_refused(run_as_nobody(shelf.folder, command, shelf["locked"]), "forbidden", "permission")


def test_output_where_there_is_no_folder_no_permission_no_disk(shelf, tmp_path):
    file = shelf["no_picture"]
    assert_refused(run("transcribe", file, "--out", tmp_path / "none" / "t.json"), "not_found")
    closed = shelf.folder / "closed"
    closed.mkdir(mode=0o555)
    assert_refused(run_as_nobody(shelf.folder, "transcribe", file, "--out", closed / "t.json"), "forbidden", "permission")
    assert_nothing_written(closed)
    assert_refused(run("transcribe", file, "--out", tmp_path), "invalid_input", "folder")


def test_transcribe_onto_a_full_disk(shelf, tmp_path):
    # A disk of one page: the folder itself fits, the file does not.
    result, left = run_on_small_disk(tmp_path, "4k,nr_inodes=1", "transcribe", shelf["no_picture"], "--out", tmp_path / "t.json")
    assert_refused(result, "storage_full", "full")
    assert left == []


@pytest.fixture
def words(tmp_path):
    file = tmp_path / "words.txt"
    file.write_text("These words are not in the sound.")
    return file


@pytest.mark.parametrize("name, code, said", REFUSED_MEDIA)
def test_align_refuses(shelf, tmp_path, words, name, code, said):
    written = tmp_path / "aligned" / "t.json"
    written.parent.mkdir()
    assert_refused(run("align", shelf[name], "--text", words, "--out", written), code, said)
    assert_nothing_written(written.parent)


@pytest.mark.parametrize("name", ["no_picture", "no_sound"])
def test_align_warns_about_words_that_nobody_says(shelf, words, name):
    result = run("align", shelf[name], "--text", words)
    assert result.returncode == 0, result.stderr
    assert re.search(r"^warning: ", result.stderr, re.MULTILINE), result.stderr
    timings = {word["timing"] for word in json.loads(result.stdout)["word_segments"]}
    assert timings == {"interpolated"}


@pytest.mark.parametrize("text, code, said", [
    pytest.param(None, "not_found", "does not exist", id="missing"),
    pytest.param(b"", "invalid_input", "no words", id="empty"),
    pytest.param("Hi".encode("utf-16"), "invalid_input", "UTF-16", id="utf16"),
    pytest.param(b"1\n00:00:01,000 --> soon\nHi\n", "invalid_input", "Line 2", id="broken_time"),
])
def test_align_refuses_texts(shelf, tmp_path, text, code, said):
    file = tmp_path / "text.srt"
    if text is not None:
        file.write_bytes(text)
    assert_refused(run("align", shelf["no_picture"], "--text", file), code, said)


@pytest.mark.parametrize("text, code", [
    pytest.param(b"", "invalid_input", id="empty"),
    pytest.param(b"\xff\xfeh\x00i\x00", "invalid_input", id="utf16"),
    pytest.param(b"caf\xe9", "invalid_input", id="latin1"),
    pytest.param(b'{"segments":[', "invalid_input", id="cut_json"),
    pytest.param(b'{"segments":' + b"[" * 100_000, "invalid_input", id="deep_json"),
])
def test_topics_refuses_what_is_no_text(tmp_path, text, code):
    file = tmp_path / "talk.json"
    file.write_bytes(text)
    assert_refused(run("topics", file), code)


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["probe"], ["transcribe"], ["probe", "--fast", "x"]],
                         ids=" ".join)
def test_wrong_command_lines_are_told_in_one_sentence(arguments):
    assert_refused(run(*arguments), "invalid_input")
