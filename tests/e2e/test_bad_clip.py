"""`reelwright clip` on input that is broken, odd or asked for wrongly: one sentence or a result with a warning, and
nothing half-written."""

import json

import pytest
from bad_media import REFUSED_MEDIA
from program import (assert_nothing_written, assert_refused, assert_warned, run, run_as_nobody, run_on_small_disk)

# Short clips of small pictures: what is tried here is not the rendering.
QUICK = ["--num-clips", 1, "--min-duration", 1, "--max-duration", 3]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.fixture
def clip(tmp_path, out):
    def run_clip(file, *arguments, **options):
        return run("clip", file, "--out", out, "--workspace", tmp_path / "work", *arguments, **options)

    return run_clip


def assert_whole(out):
    """Every file that clips.json names is there and not empty, and no other is."""
    index = json.loads((out / "clips.json").read_text())
    present = {file.name for file in out.rglob("*") if file.is_file()} - {"clips.json"}
    named = set()
    for entry in index["clips"]:
        named |= {value for value in json.dumps(entry).split('"') if value in present}
        stem = f"clip_{entry['number']:02d}_"
        kinds = sorted(name.split(".", 1)[1] for name in present if name.startswith(stem))
        assert kinds == sorted(["mp4", "json", "captions.json", "srt", "vtt", "ass", "jpg", "crop.json"])
    assert present == named
    assert all((out / name).stat().st_size > 0 for name in present if not name.endswith((".srt", ".ass")))
    return index


@pytest.mark.parametrize("name, code, said", REFUSED_MEDIA)
def test_refuses(shelf, clip, out, name, code, said):
    assert_refused(clip(shelf[name]), code, said)
    assert_nothing_written(out)


def test_sound_alone_is_refused_or_warned_about(shelf, clip, out):
    result = clip(shelf["no_picture"], *QUICK)
    if result.returncode == 0:
        assert_whole(out)
    else:
        assert_refused(result, "unsupported_media", "picture")
        assert_nothing_written(out)


@pytest.mark.parametrize("name", ["good", "no_sound", "eight_k", "joined"])
def test_no_speech_is_a_warning(shelf, clip, out, name):
    assert_warned(clip(shelf[name], *QUICK), "no_speech")
    index = assert_whole(out)
    assert len(index["clips"]) == 1


def test_one_frame_is_refused_or_clipped_whole(shelf, clip, out):
    result = clip(shelf["one_frame"])
    if result.returncode == 0:
        assert_whole(out)
    else:
        assert result.returncode in (2, 4)
        assert_refused(result, {2: "invalid_input", 4: "unsupported_media"}[result.returncode])
        assert_nothing_written(out)


def test_five_hours_of_silence(shelf, clip, out):
    assert_warned(clip(shelf["silence"], *QUICK, timeout=600), "no_speech")
    assert_whole(out)


@pytest.mark.parametrize("arguments, said", [
    (["--num-clips", "0"], ["num-clips"]),
    (["--num-clips", "21"], ["num-clips"]),
    (["--num-clips", "-1"], ["num-clips"]),
    (["--num-clips", "many"], ["num-clips"]),
    (["--min-duration", "60", "--max-duration", "15"], ["60", "15"]),
    (["--min-duration", "nan"], []),
    (["--max-duration", "-5"], []),
    (["--aspect-ratio", "2:1"], ["aspect-ratio"]),
    (["--caption-style", "fancy"], ["fancy", "bold", "karaoke", "boxed", "clean"]),
    (["--encoder", "nonsense"], ["nonsense"]),
], ids=lambda value: " ".join(value) or "any")
def test_wrong_options(shelf, clip, out, arguments, said):
    assert_refused(clip(shelf["good"], *arguments), "invalid_input", *said)
    assert_nothing_written(out)


@pytest.mark.parametrize("content, said", [
    pytest.param(b"", "no words", id="empty"),
    pytest.param("1\n00:00:01,000 --> soon\nHi\n".encode(), "Line 2", id="broken_time"),
    pytest.param("Hi".encode("utf-16"), "UTF-16", id="utf16"),
    pytest.param(b'{"segments":[', "broken", id="cut_json"),
])
def test_broken_transcripts(shelf, clip, out, tmp_path, content, said):
    file = tmp_path / "talk.srt"
    file.write_bytes(content)
    assert_refused(clip(shelf["good"], "--transcript", file), "invalid_input", said)
    assert_nothing_written(out)


def test_missing_transcript(shelf, clip, out, tmp_path):
    assert_refused(clip(shelf["good"], "--transcript", tmp_path / "none.srt"), "not_found", "none.srt")
    assert_nothing_written(out)


def test_an_output_folder_with_files_in_it_stays_as_it_is(shelf, clip, out):
    out.mkdir()
    (out / "mine.txt").write_text("keep me")
    result = clip(shelf["good"], *QUICK)
    assert_refused(result, "conflict", str(out))
    assert [file.name for file in out.iterdir()] == ["mine.txt"]
    assert (out / "mine.txt").read_text() == "keep me"


def test_an_empty_output_folder_is_used(shelf, clip, out):
    out.mkdir()
    assert_warned(clip(shelf["good"], *QUICK), "no_speech")
    assert_whole(out)


def test_an_output_folder_that_is_a_file(shelf, clip, out):
    out.write_text("keep me")
    result = clip(shelf["good"], *QUICK)
    assert result.returncode in (2, 5), result.stderr
    assert_refused(result, {2: "invalid_input", 5: "conflict"}[result.returncode], str(out))
    assert out.read_text() == "keep me"


def test_no_permission(shelf, tmp_path):
    assert_refused(run_as_nobody(shelf.folder, "clip", shelf["locked"], "--out", "/tmp/none"), "forbidden", "permission")
    closed = shelf.folder / "closed_to_clips"
    closed.mkdir(mode=0o555)
    result = run_as_nobody(shelf.folder, "clip", shelf["good"], "--out", closed / "out", *QUICK)
    assert_refused(result, "forbidden", "permission")
    assert_nothing_written(closed)


def test_the_last_of_an_option_given_twice_counts(shelf, clip, tmp_path):
    assert_refused(clip(shelf["good"], "--num-clips", "nonsense", "--num-clips", "77"), "invalid_input", "77")
    assert_refused(clip(shelf["good"], "--out", tmp_path / "other", "--num-clips", "0"), "invalid_input", "num-clips")


def test_a_refused_run_leaves_no_workspace(shelf, clip, tmp_path):
    clip(shelf["text"])
    assert_nothing_written(tmp_path)


@pytest.mark.parametrize("place", ["out", "."])
def test_a_full_disk_under_the_output_folder_alone(shelf, tmp_path, place):
    disk = tmp_path / "disk"
    disk.mkdir()
    result, left = run_on_small_disk(disk, "128k", "clip", shelf["good"], "--out", disk / place, "--workspace",
                                     tmp_path / "work", *QUICK)
    assert_refused(result, "storage_full", "full")
    assert left == []


@pytest.mark.parametrize("size", ["64k", "512k"])
def test_a_full_disk(shelf, tmp_path, size):
    disk = tmp_path / "disk"
    disk.mkdir()
    result, left = run_on_small_disk(disk, size, "clip", shelf["good"], "--out", disk / "out", "--workspace", disk / "work", *QUICK)
    assert_refused(result, "storage_full", "full")
    assert [name for name in left if name.startswith("out")] == []
