"""Talks that are made in a second: a moving picture, a tone, and a transcript that says what nobody said."""

import json

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
