"""The commands of docs/api.md, run as they stand there."""

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from service import Service
from talks import make_talk

GUIDE = Path(__file__).resolve().parents[2] / "docs/api.md"


@pytest.fixture
def service(tmp_path):
    with Service(tmp_path / "service" / "storage") as running:
        yield running


@pytest.fixture(autouse=True)
def place(tmp_path):
    (tmp_path / "service").mkdir()


def test_every_command_of_the_guide_works(service, tmp_path):
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", GUIDE.read_text(), re.DOTALL))
    assert commands.count("curl ") >= 9
    script = commands.replace("URL=http://127.0.0.1:8000", f"URL={service.url}")
    make_talk(tmp_path)
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    assert '"status":"completed"' in done.stdout
    assert '"code":"invalid_input"' in done.stdout and "num_clips" in done.stdout
    shown = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "csv=p=0", tmp_path / "clip.mp4"],
                           capture_output=True, encoding="utf-8", check=True)
    assert shown.stdout.split() == ["h264", "aac"]
    assert (tmp_path / "part.mp4").read_bytes() == (tmp_path / "clip.mp4").read_bytes()[:100]
    assert zipfile.ZipFile(tmp_path / "all.zip").testzip() is None
