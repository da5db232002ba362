"""Processes that a process has started."""

from pathlib import Path


def children_of(pid):
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        found += tasks.read_text().split()
    return [int(child) for child in found]
