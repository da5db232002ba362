"""Runs the real service on a port of its own, and talks to it as its users do."""

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import requests
from program import assert_no_findings, binary


class Service:
    """`reelwright serve` (or `api`) with a storage of its own. Settings are given by their names."""

    def __init__(self, storage, command="serve", **settings):
        self.storage = Path(storage)
        self.command = command
        self.settings = {"PORT": "0", "LOG_FORMAT": "json", "RATE_LIMIT": "0", "STORAGE_PATH": str(self.storage),
                         "MIN_FREE_MB": "0", **{name: str(value) for name, value in settings.items()}}
        self.process = None
        self.log = []
        self.key = None

    def command_line(self):
        return [str(binary()), self.command]

    def start(self):
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.storage.parent), **self.settings}
        self.process = subprocess.Popen(self.command_line(), stderr=subprocess.PIPE, encoding="utf-8",
                                        errors="replace", env=environment, cwd=self.storage.parent)
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        assert self._ready.wait(60), self.text()
        return self

    def _read(self, process):
        for line in process.stderr:
            self.log.append(line)
            if found := re.search(r"Reelwright is at (http://\S+)", line):
                self.url = found[1]
                self._ready.set()
        self._ready.set()

    def text(self):
        return "".join(self.log[-200:])

    def stop(self, how=signal.SIGTERM):
        """The exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        status = self.process.wait(90)
        self._reader.join(10)
        assert_no_findings("".join(self.log))
        return status

    def request(self, method, path, **options):
        headers = {**({"Authorization": f"Bearer {self.key}"} if self.key else {}), **options.pop("headers", {})}
        return requests.request(method, self.url + path, headers=headers, timeout=options.pop("timeout", 120), **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **options):
        return self.request("POST", path, **options)

    def upload(self, file, **fields):
        """The processing_id of a new job."""
        with open(file, "rb") as stream:
            answer = self.post("/api/upload-video", files={"file": (Path(file).name, stream)}, data=fields)
        assert answer.status_code == 202, answer.text
        return answer.json()["processing_id"]

    def status(self, job):
        answer = self.get(f"/api/status/{job}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def wait(self, job, until=("completed", "failed", "cancelled"), seconds=300):
        """The status document once the job has come to one of these states, by its event stream."""
        deadline = time.monotonic() + seconds
        with self.get(f"/api/jobs/{job}/events", stream=True, timeout=seconds) as stream:
            assert stream.status_code == 200, stream.text
            for line in stream.iter_lines():
                if line.startswith(b"data: "):
                    document = requests.models.complexjson.loads(line[6:])
                    if document["status"] in until:
                        return document
                assert time.monotonic() < deadline, self.text()
        raise AssertionError(f"the stream ended before the job did: {self.status(job)}")

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
