"""Broken, odd and hostile media, made with the ffmpeg program once a session."""

import os
import subprocess
from pathlib import Path

from program import binary

PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=3"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=3"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac", "-b:a", "32k"]
FIVE_HOURS = 5 * 3600 if binary().parts[-3] == "release" else 600  # sanitizers are many times slower


def ffmpeg(*arguments):
    """The program, with the file to write as its last argument; a failure leaves no part of it."""
    *rest, path = map(str, arguments)
    done = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *rest, path], timeout=300)
    if done.returncode != 0:
        Path(path).unlink(missing_ok=True)
        raise RuntimeError(f"ffmpeg cannot make {path}")


def good(path):
    ffmpeg(*PICTURE, *SOUND, *H264, *AAC, path)


def text(path):
    path.write_text("This is a letter to my landlord, not a film.\n" * 50)


def empty(path):
    path.write_bytes(b"")


def noise(path):
    # The same every time, and no container's magic.
    path.write_bytes(bytes((i * i * 31 + i * 7) % 251 for i in range(200_000)))


def truncated(path):
    """An mp4 whose index stood at the end, which is gone."""
    whole = path.with_name("whole.mp4")
    good(whole)
    content = whole.read_bytes()
    assert content.rindex(b"moov") > content.index(b"mdat")
    path.write_bytes(content[: content.rindex(b"moov") - 4])


def hls_playlist(path):
    path.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{path.with_name('good.mp4')}\n#EXT-X-ENDLIST\n")


def concat_playlist(path):
    path.write_text(f"ffconcat version 1.0\nfile '{path.with_name('good.mp4')}'\n")


def encrypted(path):
    """Common encryption (ISO/IEC 23001-7), as shops protect their films."""
    key = "00112233445566778899aabbccddeeff"
    ffmpeg(*PICTURE, *SOUND, *H264, *AAC, "-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key,
           "-encryption_kid", key, path)


def no_packets(path):
    ffmpeg(*PICTURE, *H264, "-frames:v", 0, path)


def over_the_limit(path):
    ffmpeg("-f", "lavfi", "-i", "color=size=8448x64:rate=5:duration=1", "-c:v", "ffv1", path)


def no_picture(path):
    ffmpeg(*SOUND, *AAC, path)


def no_sound(path):
    ffmpeg(*PICTURE, *H264, path)


def one_frame(path):
    ffmpeg(*PICTURE, *H264, "-frames:v", 1, path)


def eight_k(path):
    ffmpeg("-f", "lavfi", "-i", "testsrc2=size=7680x4320:rate=5:duration=1", *SOUND, "-shortest", *H264, *AAC, path)


def silence(path):
    """Hours in which nothing is said and nothing moves."""
    ffmpeg("-f", "lavfi", "-i", f"color=size=64x64:rate=1:duration={FIVE_HOURS}", "-f", "lavfi", "-i",
           "anullsrc=r=8000:cl=mono", "-t", FIVE_HOURS, *H264, "-g", 60, "-c:a", "flac", path)


def no_time(path):
    """Headers, and nothing after them, as a copy of no length leaves."""
    whole = path.with_name("for_no_time.mkv")
    good(whole)
    first_cluster = b"\x1f\x43\xb6\x75"
    path.write_bytes(whole.read_bytes().partition(first_cluster)[0])


def joined(path):
    """Two recordings of a camera in one stream, whose clock jumps by half a minute between them."""
    parts = [path.with_name(f"part_{start}.ts") for start in (0, 33)]
    for part, start in zip(parts, (0, 33)):
        ffmpeg(*PICTURE, *SOUND, *H264, *AAC, "-output_ts_offset", start, part)
    path.write_bytes(b"".join(part.read_bytes() for part in parts))


def locked(path):
    good(path)
    os.chmod(path, 0)


# What no command can work on: (name, code of the refusal, words that name the reason).
REFUSED_MEDIA = [
    ("missing", "not_found", "does not exist"),
    ("folder", "invalid_input", "folder"),
    ("empty", "invalid_input", "empty"),
    ("text", "unsupported_media", ""),
    ("noise", "unsupported_media", ""),
    ("truncated", "unsupported_media", ""),
    ("hls_playlist", "unsupported_media", ""),
    ("concat_playlist", "unsupported_media", ""),
    ("encrypted", "unsupported_media", "DRM"),
    ("no_packets", "unsupported_media", ""),
    ("no_time", "unsupported_media", ""),
    ("over_the_limit", "unsupported_media", "8192"),
]

# name in the tests: (file name, maker)
MAKERS = {
    "good": ("good.mp4", good),
    "text": ("text.mp4", text),
    "empty": ("empty.mp4", empty),
    "noise": ("noise.mp4", noise),
    "truncated": ("truncated.mp4", truncated),
    "hls_playlist": ("hls.mp4", hls_playlist),
    "concat_playlist": ("concat.mp4", concat_playlist),
    "encrypted": ("encrypted.mp4", encrypted),
    "no_packets": ("no_packets.mp4", no_packets),
    "over_the_limit": ("wide.mkv", over_the_limit),
    "no_picture": ("no_picture.m4a", no_picture),
    "no_sound": ("no_sound.mp4", no_sound),
    "one_frame": ("one_frame.mp4", one_frame),
    "eight_k": ("eight_k.mp4", eight_k),
    "silence": ("silence.mkv", silence),
    "no_time": ("no_time.mkv", no_time),
    "joined": ("joined.ts", joined),
    "locked": ("locked.mp4", locked),
}


class Shelf:
    """Makes each file when it is first asked for."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __getitem__(self, name):
        if name == "missing":
            return self.folder / "missing.mp4"
        if name == "folder":
            (self.folder / "folder.mp4").mkdir(exist_ok=True)
            return self.folder / "folder.mp4"
        if name.endswith("playlist"):
            self["good"]  # what the playlist points to is there, so that only the refusal keeps it closed
        file_name, make = MAKERS[name]
        path = self.folder / file_name
        if not path.exists():
            make(path)
        return path
