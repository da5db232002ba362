"""Makes what the bench works on: sound for recognition, transcripts with times, long sources."""

import json
import math

from measure import run

SENTENCE = "Here is one more of the sentences that someone made up for this.".split()
SENTENCE_SECONDS = 5.0
# The selection leaves so much room before the first word and after the last.
ROOM_BEFORE, ROOM_AFTER = 0.25, 0.4


def ffmpeg(*arguments):
    """Cost of one run of the ffmpeg program."""
    cost, _ = run("ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments)
    return cost


def duration_of(file):
    """Seconds."""
    _, text = run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", file)
    return float(text)


def extract_sound(video, wav, seconds):
    """The first seconds as 16 kHz mono, what every recogniser here takes."""
    ffmpeg("-i", video, "-t", seconds, "-vn", "-ac", 1, "-ar", 16000, wav)


def write_transcript(file, start, end):
    """WhisperX JSON whose made-up sentences fill [start, end) but for the room that a clip has around them."""
    first, last = start + ROOM_BEFORE, end - ROOM_AFTER
    count = max(1, round((last - first) / SENTENCE_SECONDS))
    length = (last - first) / count
    segments = [_segment(first + i * length, length) for i in range(count)]
    file.write_text(json.dumps({"language": "en", "segments": segments}))


def _segment(start, length):
    each = length / len(SENTENCE)
    words = [
        {"word": word, "start": round(start + i * each, 3), "end": round(start + (i + 1) * each, 3), "score": 1.0}
        for i, word in enumerate(SENTENCE)
    ]
    return {"start": words[0]["start"], "end": words[-1]["end"], "text": " ".join(SENTENCE), "words": words}


def repeat(video, out, seconds):
    """The video again and again, not encoded anew, until it lasts at least so many seconds."""
    times = math.ceil(seconds / duration_of(video))
    listing = out.with_suffix(".txt")
    quoted = str(video).replace("'", r"'\''")
    listing.write_text(f"file '{quoted}'\n" * times)
    joined = ("-f", "concat", "-safe", 0, "-i", listing)
    ffmpeg(*joined, "-t", seconds, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", out)
