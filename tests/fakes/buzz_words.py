"""A tongue of eight words: each is a buzz of a third of a second, and how high it is says which. The voice activity
takes it for a voice, and whoever listens closely (`hear`) knows what was said when."""

import io
import wave

import numpy as np

RATE = 16_000
WORDS = ["Good", "morning,", "everyone.", "We", "begin", "with", "the", "news."]
LOWEST, STEP = 100, 15  # Hz
LENGTH = 0.35
HOP = 160


def pitch(number):
    return LOWEST + STEP * (number % len(WORDS))


def speak(seconds):
    """A word every 0.6 s, a pause of a second more after each eighth, with a little noise: samples from -1 to 1, and
    when each word begins."""
    samples = np.random.default_rng(1).normal(0, 5e-4, int(seconds * RATE))
    words, at = [], 0.5
    while at + LENGTH < seconds:
        number = len(words)
        t = np.arange(int(LENGTH * RATE)) / RATE
        glide = 2 * np.pi * pitch(number) * (t + 0.015 * np.sin(2 * np.pi * t / LENGTH) * LENGTH)
        buzz = sum(np.sin(n * glide) / n for n in range(1, 7)) * np.sin(np.pi * t / LENGTH) ** 0.3
        start = int(at * RATE)
        samples[start:start + len(t)] += 0.15 * buzz
        words.append({"word": WORDS[number % len(WORDS)], "start": at, "end": at + LENGTH})
        at += 0.6 + (1.0 if (number + 1) % len(WORDS) == 0 else 0)
    return samples, words


def write_wav(file, samples):
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def _samples(wav_bytes):
    with wave.open(io.BytesIO(wav_bytes)) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (RATE, 1, 2)
        return np.frombuffer(wav.readframes(wav.getnframes()), "<i2") / 32768


def seconds(wav_bytes):
    return len(_samples(wav_bytes)) / RATE


def _pitch_of(samples):
    """By the highest peak of the autocorrelation among the pitches that there are."""
    spectrum = np.fft.rfft(samples, 2 * len(samples))
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)
    return min(range(len(WORDS)), key=lambda number: -correlation[round(RATE / pitch(number))])


def hear(wav_bytes):
    """The words, each with `start` and `end` in seconds."""
    samples = _samples(wav_bytes)
    frames = samples[:len(samples) // HOP * HOP].reshape(-1, HOP)
    loud = np.concatenate([[False], np.sqrt((frames ** 2).mean(axis=1)) > 0.02, [False]])
    edges = np.flatnonzero(np.diff(loud.astype(int)))
    heard = []
    for start, end in zip(edges[::2], edges[1::2]):
        if end - start < 10:
            continue
        number = _pitch_of(samples[start * HOP:end * HOP])
        heard.append({"word": WORDS[number], "start": start * HOP / RATE, "end": end * HOP / RATE})
    return heard


def written(heard):
    return " ".join(word["word"] for word in heard)
