"""Whole runs of Reelwright beside the programs that one would use instead, in one table.

usage: ./dev bench clip FILE [--span START END] [--long]
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import material
from measure import Cost, run
from table import Row, print_table

PEERS = Path(__file__).parent / "peers"
PROGRAM = Path(os.environ.get("REELWRIGHT_BUILD", "build/release")) / "bin" / "reelwright"
RECOGNISED_SECONDS = 120
PEAK_LIMIT_MIB, GROWTH_LIMIT = 700, 1.10


@dataclass(frozen=True)
class Job:
    """What one `reelwright clip` did: events by stage name, the clip's span and files."""

    stages: dict
    start: float
    end: float
    video: Path
    camera_stands: bool
    enlargement: float  # of what is shown, at least
    peak_mib: float

    def cost(self, name):
        stage = self.stages[name]
        return Cost(stage["seconds"], stage["cpu_seconds"], stage["peak_mib"])


def clip_job(video, transcript, seconds, folder, style="none"):
    out = folder / f"clips_{style}"
    cost, text = run(
        PROGRAM, "clip", video, "--transcript", transcript, "--num-clips", 1, "--json", "--overwrite",
        "--min-duration", seconds - 1, "--max-duration", seconds + 1, "--caption-style", style,
        "--workspace", folder / "workspace", "--out", out,
    )  # fmt: skip
    stages = {e["stage"]: e for e in map(json.loads, text.splitlines()) if e["event"] == "stage"}
    clip = json.loads((out / "clips.json").read_text())["clips"][0]
    # Each stage resets the kernel's high-water mark, so the peak is the largest of all.
    peak = max(cost.peak_mib, *(stage["peak_mib"] for stage in stages.values()))
    stands = clip["framing"]["jerk"] < 1e-6
    camera = json.loads((out / clip["files"]["crop"]).read_text())
    shown = min(clip["width"] / window["w"] for frame in camera["keyframes"] for window in frame.get("windows", [frame]))
    return Job(stages, clip["start"], clip["end"], out / clip["files"]["video"], stands, shown, peak)


def recognition_row(video, folder):
    wav = folder / "sound.wav"
    material.extract_sound(video, wav, RECOGNISED_SECONDS)
    ours, _ = run(PROGRAM, "transcribe", wav)
    stock, _ = run("pocketsphinx", "single", wav)
    ratio = ours.wall / stock.wall
    return Row("recognition / pocketsphinx single", ours, stock, ratio, "wall", 0.55)


def x264_alone(job):
    """Encoding the finished frames: decoding and encoding them, less decoding them. The settings are those of
    media/video_encoder.cpp, so that x264 alone does the same work."""
    details = "mbtree=1:rc-lookahead=10" + (":subme=0" if job.enlargement >= 1.5 else "")
    settings = ("-c:v", "libx264", "-preset", "superfast", "-x264-params", details, "-crf", "20")
    decoding = material.ffmpeg("-i", job.video, "-an", "-f", "null", "-")
    return material.ffmpeg("-i", job.video, "-an", *settings, "-f", "null", "-") - decoding


def render_rows(source, job, folder):
    framing, render = job.cost("framing 1"), job.cost("render 1")
    span = (f"{job.start:.3f}", f"{job.end:.3f}")
    decoding = material.ffmpeg("-ss", span[0], "-to", span[1], "-i", source, "-an", "-f", "null", "-")
    least = decoding + x264_alone(job)
    fixed, _ = run(PEERS / "ffmpeg_clip.sh", source, *span, folder / "fixed.mp4")
    moviepy, _ = run(sys.executable, PEERS / "moviepy_clip.py", source, *span, folder / "moviepy.mp4")
    both = framing + render
    stands = job.camera_stands
    camera = "stands" if stands else "moves"
    return [
        Row("rendering / decoding + x264 alone", render, least, render.cpu / least.cpu, "CPU", 1.15),
        Row(f"rendering / ffmpeg, fixed crop (camera {camera})", render, fixed, render.cpu / fixed.cpu,
            "CPU", 1.15, judged=stands),
        Row("framing / rendering", framing, render, framing.cpu / render.cpu, "CPU", 0.4),
        Row("MoviePy / framing + rendering", both, moviepy, moviepy.wall / both.wall, "wall", 3, at_least=True),
    ]  # fmt: skip


def print_stages(title, job):
    print(f"\n{title}")
    for name, stage in job.stages.items():
        costs = f"{stage['seconds']:8.2f} s {stage['cpu_seconds']:8.2f} s CPU {stage['peak_mib']:7.0f} MiB"
        print(f"  {name:12} {costs}  {'reused' if stage['reused'] else ''}".rstrip())


def check_restyled(job):
    """Only what shows captions may be made again where only their style changed."""
    again = {name for name, stage in job.stages.items() if not stage["reused"]} - {"render 1"}
    print(f"  {'FALLS SHORT: made again: ' + ', '.join(sorted(again)) if again else 'holds: only the encode'}")


def long_peak(video, minutes, seconds, folder):
    """MiB at the peak of cutting a clip out of a source of so many minutes, words all over it."""
    here = folder / f"long_{minutes}"
    here.mkdir()
    source, transcript = here / "source.mp4", here / "words.json"
    material.repeat(video, source, minutes * 60)
    material.write_transcript(transcript, 0, minutes * 60)
    peak = clip_job(source, transcript, seconds, here).peak_mib
    source.unlink()
    return peak


def print_memory(video, seconds, folder):
    ten, sixty = (long_peak(video, minutes, seconds, folder) for minutes in (10, 60))
    growth = sixty / ten
    holds = sixty <= PEAK_LIMIT_MIB and growth <= GROWTH_LIMIT
    print(f"\nMemory: {ten:.0f} MiB at 10 minutes, {sixty:.0f} MiB at 60 (limit {PEAK_LIMIT_MIB}), "
          f"growth {growth:.3f} (limit {GROWTH_LIMIT}): {'holds' if holds else 'FALLS SHORT'}")  # fmt: skip


def read_arguments():
    parser = argparse.ArgumentParser(description="Reelwright beside its peers.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--span", nargs=2, type=float, metavar=("START", "END"), default=(0.0, 30.0), help="seconds")
    parser.add_argument("--long", action="store_true", help="also the memory on sources of 10 and 60 minutes")
    arguments = parser.parse_args()
    start, end = arguments.span
    if not arguments.file.is_file():
        parser.error(f"{arguments.file} is no file")
    if start < 0 or end - start < 5 or end > material.duration_of(arguments.file):
        parser.error("--span takes a start and an end inside of the file, at least 5 seconds apart")
    return arguments


def load_note():
    """To be read before the bench loads the machine itself."""
    load, cores = os.getloadavg()[0], os.cpu_count()
    doubt = "; others compute here too, so trust CPU times, not wall times" if load > 0.25 * cores else ""
    return f"load at the start {load:.1f} on {cores} cores{doubt}"


def bench(arguments, folder):
    source, (start, end), note = arguments.file.resolve(), arguments.span, load_note()
    transcript = folder / "words.json"
    material.write_transcript(transcript, start, end)
    first = clip_job(source, transcript, end - start, folder)
    rows = [*render_rows(source, first, folder), recognition_row(source, folder)]
    print(f"{source.name}, clip {first.start:.2f} s to {first.end:.2f} s; {note}")
    print_table(rows)
    print_stages("First run:", first)
    second = clip_job(source, transcript, end - start, folder, "bold")
    print_stages("Second run, captions burned in:", second)
    check_restyled(second)
    if arguments.long:
        print_memory(source, end - start, folder)


def main():
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="reelwright_bench_") as folder:
        bench(arguments, Path(folder))


if __name__ == "__main__":
    main()
