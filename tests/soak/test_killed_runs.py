"""`reelwright clip` is killed without warning after every stage in turn: no work that was done is lost, the output
folder never appears half-written, and the result is whole in the end."""

import json
import subprocess

from bad_media import ffmpeg
from program import assert_nothing_written, binary
from test_clip import SECONDS, arguments, transcript


def run_until_stage(command, stages):
    """Kills the run (SIGKILL) after so many new stages; tells whether it was done before that."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            event = json.loads(line)
            stages -= event["event"] == "stage" and not event["reused"] and event["seconds"] > 0.05
            if stages == 0:
                process.kill()
                break
        process.wait(timeout=60)
    return process.returncode == 0


def test_killed_after_every_stage(tmp_path):
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=25:duration={SECONDS}", "-f", "lavfi", "-i",
           f"sine=frequency=300:duration={SECONDS}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
           "-c:a", "aac", tmp_path / "talk.mp4")
    (tmp_path / "talk.json").write_text(transcript(SECONDS))
    out = tmp_path / "out"
    command = [str(word) for word in [binary(), *arguments(tmp_path, tmp_path, out)]]
    runs = 1
    while not run_until_stage(command, stages=1):
        assert_nothing_written(out)
        runs += 1
        assert runs < 30, "the same work is done again and again"
    assert runs > 3, "nothing was killed"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "talk.json", "talk.mp4", "work"]
    assert not [path.name for path in (tmp_path / "work").iterdir() if path.name.startswith(".") and path.name != ".lock"]
    assert len(json.loads((out / "clips.json").read_text())["clips"]) == 2
