"""Names of files are any bytes: what is shown of them can neither obey a terminal, nor fake a line, nor break JSON."""

import json
import os
import shutil

import pytest
from program import assert_refused, run

NAMES = {
    "line_break": b"new\nreelwright: all is well.mp4",
    "escape_codes": b"\x1b]0;title\x07\x1b[31mred.mp4",
    "c1_control": b"\xc2\x9b2Jclear.mp4",
    "turned": "\u202e4pm.exe.mp4".encode(),
    "latin1": b"caf\xe9.mp4",
    "percent": b"%s%n{}.mp4",
    "quotes": b"a'b\"c$(x)\\.mp4",
    "dash": b"-dash.mp4",
    "longest": b"x" * 251 + b".mp4",
}


def assert_tame(text):
    assert text.isprintable(), text


@pytest.fixture(params=NAMES)
def file(request, tmp_path):
    return os.path.join(os.fsencode(tmp_path), NAMES[request.param])


def test_a_hostile_name_is_read_and_shown_tamely(shelf, file):
    shutil.copy(shelf["no_sound"], file)
    shown = run("probe", os.fsdecode(file))
    assert shown.returncode == 0, shown.stderr
    for line in shown.stdout.splitlines():
        assert_tame(line)
    facts = run("probe", "--json", os.fsdecode(file))
    assert json.loads(facts.stdout)["file"] == file.decode(errors="replace")


def test_a_hostile_name_that_is_missing_is_one_line(file):
    result = run("probe", os.fsdecode(file))
    assert_refused(result, "not_found", "does not exist")
    assert_tame(result.stderr.strip())


def test_names_that_no_file_can_have():
    assert_refused(run("probe", ""), "not_found", "without a name")
    result = run("probe", "y" * 5000)
    assert_refused(result, "invalid_input", "too long")
    assert len(result.stderr) < 1200


@pytest.mark.parametrize("name", ["http://localhost/talk.mp4", "file:///etc/passwd", "concat:a.mp4|b.mp4", "pipe:0"])
def test_addresses_are_names_of_files(name):
    assert_refused(run("probe", name), "not_found", "does not exist")


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_devices_are_refused_at_once(name):
    assert_refused(run("probe", name, timeout=20), "invalid_input", "no regular file")


def test_a_pipe_that_nobody_writes_to_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "talk.mp4")
    assert_refused(run("probe", tmp_path / "talk.mp4", timeout=20), "invalid_input", "no regular file")
