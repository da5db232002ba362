"""Talks that are made in a second: a moving picture, a tone, and a transcript that says what nobody said."""

import json
import math

from bad_media import ffmpeg

# Whole sentences of two seconds each, with a word every 0.3 s.
SENTENCES = ["Bread needs only four simple things.", "The first of them is time itself.",
             "Why does nobody ever tell you?", "Bees find their way by sunlight.", "Every hive has one single queen."]


def transcript(seconds):
    segments = []
    for index in range(seconds // 2):
        start = 2.0 * index + 0.2
        words = SENTENCES[index % len(SENTENCES)].split()
        timed = [{"word": word, "start": start + 0.3 * i, "end": start + 0.3 * i + 0.25, "score": 0.9}
                 for i, word in enumerate(words)]
        segments.append({"start": start, "end": timed[-1]["end"], "text": " ".join(words), "words": timed})
    return json.dumps({"segments": segments})


def make_talk(folder, seconds=40):
    """`talk.mp4` and `talk.json` in `folder`."""
    ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=25:duration={seconds}", "-f", "lavfi", "-i",
           f"sine=frequency=300:duration={seconds}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
           "-c:a", "aac", folder / "talk.mp4")
    (folder / "talk.json").write_text(transcript(seconds))
    return folder


def make_buzz(file, seconds):
    """Something that the voice activity takes for a voice: a buzz that glides, in bursts as of words."""
    voice = "+".join(f"sin({2 * math.pi * n:.4f}*(140*t+9*sin(3*t)))/{n}" for n in range(1, 7))
    sound = f"aevalsrc=0.15*({voice})*gt(sin(9*t)\\,-0.6)+0.0005*random(0):s=16000:d={seconds}"
    ffmpeg("-f", "lavfi", "-i", f"color=c=gray:s=320x180:r=25:d={seconds}", "-f", "lavfi", "-i", sound, "-c:v", "libx264",
           "-preset", "ultrafast", "-c:a", "aac", file)
    return file
