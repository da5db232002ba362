"""Runs the real program, and says what a decent failure looks like."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# core::exit_code in src/core/error.cpp, as the documentation promises it.
EXIT_CODES = {
    "invalid_input": 2,
    "not_found": 3,
    "unsupported_media": 4,
    "conflict": 5,
    "too_large": 6,
    "storage_full": 7,
    "forbidden": 8,
    "unavailable": 9,
    "over_budget": 9,
    "rate_limited": 9,
    "timeout": 9,
    "cancelled": 130,
}
NOBODY = 65534


def binary():
    return Path(os.environ["REELWRIGHT_BUILD"]) / "bin" / "reelwright"


def assert_no_findings(text):
    """A sanitizer's report fails the test, whatever the test looks at."""
    report = re.search(r"(==\d+==ERROR: |WARNING: ThreadSanitizer|runtime error: ).*", text, re.DOTALL)
    assert not report, report[0]


def without_findings(result):
    assert_no_findings(result.stderr)
    return result


def run(*arguments, program=None, timeout=300, stdin="", **options):
    # Modes and caches of the user who runs the tests must not matter.
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    return without_findings(subprocess.run(
        [str(program or binary()), *map(str, arguments)], input=stdin, capture_output=True, encoding="utf-8",
        errors="replace", timeout=timeout, env=environment, **options))


def run_as_nobody(folder, *arguments):
    """Root may read and write everything, so what permissions forbid is tried as nobody."""
    if os.geteuid() != 0:
        return run(*arguments)
    program = folder / "reelwright"
    if not program.exists():
        shutil.copy(binary(), program)
        program.chmod(0o755)
    return run(*arguments, program=program, user=NOBODY, group=NOBODY, extra_groups=[])


def assert_refused(result, code, *said):
    """One clear sentence on standard error (warnings and, on a slow machine, progress may stand before it), the
    promised exit code, no trace of the inside."""
    lines = [line for line in result.stderr.strip().splitlines() if not re.match(r"warning: | *\d+ %  ", line)]
    assert lines, f"nothing on standard error, exit {result.returncode}"
    assert result.returncode == EXIT_CODES[code], f"exit {result.returncode}: {result.stderr}"
    assert len(lines) == 1, result.stderr
    match = re.fullmatch(r"reelwright: (.+[.?!]) \[(\w+)\]", lines[0])
    assert match, lines[0]
    assert match[2] == code, lines[0]
    # llama.cpp is a name that users know; other such are those of sources.
    assert not re.search(r"what\(\)|terminate|0x[0-9a-f]{4}|(?<!llama)\.cpp|std::|AVERROR|Invalid data", lines[0]), lines[0]
    for words in said:
        assert words in match[1], f"{words!r} is not in: {lines[0]}"


def assert_warned(result, code):
    """A result, and a warning that says what it lacks."""
    assert result.returncode == 0, result.stderr
    assert f"[{code}]" in result.stderr or f'"{code}"' in result.stdout, result.stderr


def assert_nothing_written(folder):
    assert not folder.exists() or not any(folder.rglob("*")), sorted(folder.rglob("*"))


# Goes into a mount namespace of its own and mounts a small disk there, for the `command` that follows.
ON_SMALL_DISK = """
import ctypes, os, sys
folder, size, command = sys.argv[1], sys.argv[2], sys.argv[3:]
owner = os.geteuid()
os.unshare(os.CLONE_NEWNS if owner == 0 else os.CLONE_NEWNS | os.CLONE_NEWUSER)
libc = ctypes.CDLL(None, use_errno=True)
libc.mount(b"none", b"/", None, 0x4000 | 0x40000, None)  # MS_REC | MS_PRIVATE: no one else sees the disk
if libc.mount(b"none", folder.encode(), b"tmpfs", 6, f"size={size}".encode()) != 0:
    sys.exit(f"mount: {os.strerror(ctypes.get_errno())}")
"""

# Runs it, and tells what is left on the disk.
RUN_AND_TELL = ON_SMALL_DISK + """
import json, subprocess
done = subprocess.run(command, capture_output=True, encoding="utf-8")
left = sorted(os.path.relpath(os.path.join(at, f), folder) for at, _, files in os.walk(folder) for f in files)
print(json.dumps({"code": done.returncode, "out": done.stdout, "err": done.stderr, "left": left}))
"""


def run_on_small_disk(folder, size, *arguments, timeout=300):
    """(result, files left) of the program where `folder` is a disk of `size`, for example "64k"."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
    command = [sys.executable, "-c", RUN_AND_TELL, str(folder), size, str(binary()), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=timeout, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return without_findings(subprocess.CompletedProcess(command, told["code"], told["out"], told["err"])), told["left"]
