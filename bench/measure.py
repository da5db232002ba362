"""Runs a program and tells what it cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Seconds on the wall, seconds of CPU (user and system, all threads and children), MiB at the peak."""

    wall: float
    cpu: float
    peak_mib: float = 0.0

    def __add__(self, other):
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.peak_mib, other.peak_mib))

    def __sub__(self, other):
        return Cost(self.wall - other.wall, self.cpu - other.cpu, self.peak_mib)


def run(*command):
    """Returns (Cost, standard output). Ends the program where the command fails, with its last words."""
    words = [str(word) for word in command]
    start = time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    if process.returncode != 0:
        sys.exit(f"bench: {' '.join(words)} failed (status {process.returncode})")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), output
