"""Settings: where they come from, and the template of them that is kept beside the sources."""

import json
from pathlib import Path

from program import assert_refused, binary, run

TOP = Path(__file__).resolve().parents[2]


def shown(*arguments, cwd, **environment):
    assignments = [f"{name}={value}" for name, value in environment.items()]
    result = run(*assignments, binary(), "config", "--json", *arguments, program="/usr/bin/env", cwd=cwd)
    assert result.returncode == 0, result.stderr
    return {setting["name"]: (setting["value"], setting["origin"]) for setting in json.loads(result.stdout)["settings"]}


def test_the_kept_template_is_the_printed_one(tmp_path):
    result = run("config", "--template", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (TOP / "env.template").read_text() == result.stdout, "run: reelwright config --template > env.template"


def test_the_stronger_place_wins(tmp_path):
    assert shown(cwd=tmp_path)["NUM_CLIPS"] == ("5", "default")
    (tmp_path / "reelwright.toml").write_text("num_clips = 2\n")
    assert shown(cwd=tmp_path)["NUM_CLIPS"] == ("2", "file")
    (tmp_path / ".env").write_text("NUM_CLIPS=3\n")
    assert shown(cwd=tmp_path)["NUM_CLIPS"] == ("3", "dotenv")
    assert shown(cwd=tmp_path, NUM_CLIPS=4)["NUM_CLIPS"] == ("4", "environment")


def test_a_file_named_on_the_command_line_goes_before_the_named_in_the_environment(tmp_path):
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text('caption_style = "bold"\n')
    two.write_text('caption_style = "clean"\n')
    assert shown(cwd=tmp_path, REELWRIGHT_CONFIG=one)["CAPTION_STYLE"] == ("bold", "file")
    assert shown("--config", two, cwd=tmp_path, REELWRIGHT_CONFIG=one)["CAPTION_STYLE"] == ("clean", "file")


def test_the_table_says_where_a_value_stands(tmp_path):
    (tmp_path / ".env").write_text("# mine\nTHREADS=2\n")
    result = run("config", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert ["THREADS", "2", ".env,", "line", "2"] in [line.split() for line in result.stdout.splitlines()]


def test_bad_settings_are_refused(tmp_path):
    (tmp_path / ".env").write_text("NUM_CLIPS=50\n")
    assert_refused(run("config", cwd=tmp_path), "invalid_input", "NUM_CLIPS", ".env, line 1", "from 1 to 20")
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00NUM_CLIPS\x00=5\n")
    assert run("config", cwd=tmp_path).returncode == 0
    (tmp_path / "reelwright.toml").write_text("num_clips = \n")
    assert_refused(run("config", cwd=tmp_path), "invalid_input", "reelwright.toml, line 1")
    assert_refused(run("config", "--config", tmp_path / "none.toml", cwd=tmp_path), "not_found", "none.toml")
    assert_refused(run("config", "--config", tmp_path, cwd=tmp_path), "invalid_input", "folder")
