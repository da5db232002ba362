"""The doctor says what works, and where something is taken away, what is missing and how to get it."""

import json

from program import assert_refused, binary, run

HEALTHY = {"HOME": "/tmp"}


def doctor(*arguments, cwd, **environment):
    assignments = [f"{name}={value}" for name, value in (HEALTHY | environment).items()]
    return run(*assignments, binary(), "doctor", *arguments, program="/usr/bin/env", cwd=cwd)


def findings(result):
    report = json.loads(result.stdout)
    return report["ready"], {finding["role"]: finding for finding in report["findings"]}


def test_where_all_is_installed_clips_can_be_made(tmp_path):
    result = doctor("--json", cwd=tmp_path, WORKSPACE_DIR=tmp_path / "new" / "folder")
    assert result.returncode == 0, result.stderr
    ready, found = findings(result)
    assert ready
    assert found["transcriber"]["engine"] == "pocketsphinx-en-us"
    assert found["video encoder"]["engine"].split(", ")[0] == "libx264"
    assert found["font of bold"]["engine"] == "Montserrat ExtraBold"
    assert found["workspaces"]["engine"].startswith(str(tmp_path / "new" / "folder"))
    assert not [finding for finding in found.values() if not finding["ok"]]
    assert not (tmp_path / "new").exists()


def test_without_a_speech_model(tmp_path):
    result = doctor(cwd=tmp_path, POCKETSPHINX_PATH=tmp_path)
    assert_refused(result, "unavailable", "transcriber, aligner")
    [line] = [line for line in result.stdout.splitlines() if " transcriber " in line]
    assert line.startswith("MISSING") and line.endswith("apt-get install pocketsphinx-en-us")


def test_without_fonts_clips_can_be_made_still(tmp_path):
    (tmp_path / "fonts.conf").write_text("<fontconfig></fontconfig>\n")
    result = doctor("--json", cwd=tmp_path, FONTCONFIG_FILE=tmp_path / "fonts.conf")
    assert result.returncode == 0, result.stderr
    ready, found = findings(result)
    assert ready
    assert not found["font of bold"]["ok"]
    assert found["font of bold"]["package"] == "fonts-montserrat"


def test_an_encoder_that_does_not_open(tmp_path):
    result = doctor("--json", cwd=tmp_path, ENCODER="h264_nowhere")
    assert result.returncode == 0, result.stderr
    assert "h264_nowhere" in findings(result)[1]["chosen encoder"]["problem"]


def test_a_workspace_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    result = doctor("--json", cwd=tmp_path, WORKSPACE_DIR=tmp_path / "file" / "folder")
    assert_refused(result, "unavailable", "workspaces")
    ready, found = findings(result)
    assert not ready
    assert "WORKSPACE_DIR (the environment)" in found["workspaces"]["problem"]


def test_bad_settings_are_refused(tmp_path):
    (tmp_path / ".env").write_text("THREADS=many\n")
    assert_refused(doctor(cwd=tmp_path), "invalid_input", "THREADS")
