"""Ctrl-C at chosen moments of a run of `reelwright clip --json`, which tells by its events where it is."""

import json
import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass

from program import EXIT_CODES, binary

CANCELLED = EXIT_CODES["cancelled"]


@dataclass
class Stopped:
    """How a run ended after Ctrl-C."""

    seconds: float  # from the signal on
    stage: str  # in which it was; `output` is what follows a whole clip
    code: int
    said: str


class Run:
    """A run under way, whose events are awaited."""

    def __init__(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}
        self.process = subprocess.Popen([str(binary()), *map(str, arguments)], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=environment)
        self.unread = b""
        self.stage = ""

    def event(self, timeout=None):
        """The next event, or None where none came in that many seconds or the run has ended."""
        until = None if timeout is None else time.monotonic() + timeout
        while b"\n" not in self.unread:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                return None
            read = os.read(self.process.stdout.fileno(), 1 << 16)
            if not read:
                return None
            self.unread += read
        line, self.unread = self.unread.split(b"\n", 1)
        event = json.loads(line)
        self.stage = "output" if event["event"] == "clip" else event.get("stage", self.stage)
        return event

    def await_stage(self, stage):
        """True once the stage has begun; False where the run ended without it."""
        while self.stage != stage:
            if not self.event():
                return False
        return True

    def stay_in_stage(self, stage, seconds):
        """Comes back after so long, or as soon as the next stage begins."""
        until = time.monotonic() + seconds
        while self.stage == stage and (left := until - time.monotonic()) > 0:
            if not self.event(left):
                return

    def stop(self):
        asked = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        # The pipes are kept empty, for a full one would hold the run up.
        _, said = self.process.communicate(timeout=60)
        return Stopped(time.monotonic() - asked, self.stage, self.process.returncode, said.decode())


def learn(*arguments):
    """[(stage, seconds that it took)] in their order, of a run that nobody stops."""
    run = Run(*arguments)
    stages = []
    while event := run.event():
        if event["event"] == "stage":
            stages.append((event["stage"], event["seconds"]))
    _, said = run.process.communicate(timeout=60)
    assert run.process.returncode == 0, said.decode()
    return stages


def stopped_in(stage, seconds, *arguments):
    """A run that is stopped so long after a stage began."""
    run = Run(*arguments)
    assert run.await_stage(stage), f"the run ended before {stage}: {run.process.communicate()[1].decode()}"
    run.stay_in_stage(stage, seconds)
    return run.stop()


def assert_stopped_cleanly(stopped, out, workspace):
    """Stopped or done; nothing half-written, in the workspace neither."""
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")] == []
    # A workspace that nothing came into is taken away again.
    assert not workspace.exists() or [p.name for p in workspace.iterdir() if p.name.startswith(".")] == [".lock"]
    if stopped.code == 0:
        assert (out / "clips.json").exists()
        return
    assert stopped.code == CANCELLED, stopped.said
    assert stopped.said.strip().endswith("[cancelled]"), stopped.said
    assert not out.exists()
