"""Recordings that were broken on the way, the same ones each time, and what becomes of them in the service."""

import random
import struct
from pathlib import Path

from bad_media import ffmpeg

# What a broken recording may end as. Where enough of it is whole it becomes clips.
FITTING = {"unsupported_media", "invalid_input", "too_large"}


def good_files(folder):
    """One small recording in each container."""
    files = []
    for name, arguments in (("a.mp4", []), ("a.mkv", []), ("a.ts", []), ("a.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus"]),
                            ("a.avi", ["-c:v", "mpeg4", "-c:a", "mp3"]), ("a.flv", ["-c:a", "aac", "-ar", "44100"])):
        codecs = arguments if "-c:v" in arguments else ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", *arguments]
        file = folder / name
        ffmpeg("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25:duration=4", "-f", "lavfi", "-i", "sine=frequency=440:duration=4", *codecs, file)
        files.append(file)
    return files


def truncated(content, dice):
    return content[: dice.randrange(1, len(content))]


def flipped(content, dice):
    broken = bytearray(content)
    for _ in range(dice.choice((1, 10, 1000))):
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    return bytes(broken)


def head_flipped(content, dice):
    broken = bytearray(content)
    for _ in range(20):
        broken[dice.randrange(min(2000, len(broken)))] = dice.randrange(256)
    return bytes(broken)


def hole(content, dice):
    begin = dice.randrange(len(content))
    length = dice.randrange(1, 50_000)
    return content[:begin] + bytes(length) + content[begin + length:]


def absurd_sizes(content, dice):
    """Numbers of four bytes that become the largest there are."""
    broken = bytearray(content)
    for _ in range(10):
        at = dice.randrange(max(1, min(4000, len(broken) - 4)))
        broken[at:at + 4] = struct.pack(">I", dice.choice((0xFFFFFFFF, 0x7FFFFFFF, 0, 0x80000000)))
    return bytes(broken)


def playlist(_content, dice):
    return dice.choice((b"#EXTM3U\n#EXTINF:3,\n/etc/passwd\n#EXT-X-ENDLIST\n", b"#EXTM3U\n#EXTINF:3,\nhttp://169.254.169.254/\n",
                        b"ffconcat version 1.0\nfile '/etc/passwd'\n", b"<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'/>",
                        b"[playlist]\nFile1=/etc/passwd\n", b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n"))


BREAKAGES = (truncated, flipped, head_flipped, hole, absurd_sizes, playlist)


def broken_files(folder, count):
    """`count` of them, by all breakages over all containers, and heads of one format on another."""
    sources = [file.read_bytes() for file in good_files(folder)]
    for number in range(count):
        dice = random.Random(number)
        content = sources[number % len(sources)]
        if number % 7 == 6:
            other = sources[dice.randrange(len(sources))]
            content = other[:dice.randrange(8, 2000)] + content[dice.randrange(len(content)):]
        else:
            content = BREAKAGES[number % 7 % len(BREAKAGES)](content, dice)
        file = Path(folder) / f"broken_{number:03}.mp4"
        file.write_bytes(content)
        yield file


def assert_all_end_well(service, folder, count):
    """Each job ends, for a fitting reason where it failed, and nothing of it is left running."""
    jobs = {file.name: service.upload(file, num_clips=1, min_duration=1, max_duration=3) for file in broken_files(folder, count)}
    codes = {}
    for name, job in jobs.items():
        document = service.wait(job, seconds=900)
        if document["status"] == "failed":
            assert document["error"]["code"] in FITTING, (name, document["error"])
            assert document["error"]["message"] and document["attempt"] == 1, (name, document)
        else:
            assert document["status"] == "completed", (name, document)
        codes.setdefault(document["error"]["code"] if document["error"] else "completed", []).append(name)
    assert service.get("/api/health").status_code == 200
    return codes
