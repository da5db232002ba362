"""Ctrl-C in every stage in turn, in the middle of it; `./dev soak` does the same at many moments, and measures."""

import json

from interrupts import assert_stopped_cleanly, learn, stopped_in
from test_clip import arguments, talk  # noqa: F401: a fixture


def test_every_stage_stops_and_the_next_run_goes_on(talk, tmp_path):  # noqa: F811
    one = [*arguments(talk, tmp_path, tmp_path / "out"), "--num-clips", 1]
    stages = learn(*arguments(talk, tmp_path / "whole", tmp_path / "whole" / "out"), "--num-clips", 1)
    assert [stage.split()[0] for stage, _ in stages] == [
        "sound", "transcript", "envelope", "selection", "framing", "captions", "render", "poster"]
    for stage, seconds in stages:
        stopped = stopped_in(stage, seconds / 2, *one)
        assert_stopped_cleanly(stopped, tmp_path / "out", tmp_path / "work")
        if stopped.code == 0:
            break  # it was done before the signal came
    if stopped.code != 0:
        learn(*one)
    assert len(json.loads((tmp_path / "out" / "clips.json").read_text())["clips"]) == 1
