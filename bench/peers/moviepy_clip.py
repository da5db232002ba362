"""An upright clip the way Python clip generators make it: a Haar cascade finds the largest face every few
frames, a smoothed crop follows it, MoviePy writes the file.

usage: moviepy_clip.py VIDEO START END OUT.mp4   (times in seconds)
"""

import argparse

import cv2
from moviepy import VideoFileClip

CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml"
WIDTH, HEIGHT = 1080, 1920
FRAMES_BETWEEN_LOOKS = 6
LOOK_WIDTH = 480  # pixels; the cascade is too slow on whole frames
SMOOTHING = 0.15  # share of the way to the face that the crop goes in a frame


class FollowingCrop:
    """Crops each RGB frame (height, width, 3) to 9:16 around the largest face, and scales it."""

    def __init__(self, width, height):
        self._detector = cv2.CascadeClassifier(CASCADE)
        self._scale = LOOK_WIDTH / width
        self._width = int(height * WIDTH / HEIGHT) & ~1
        self._rightmost = width - self._width
        self._left = self._goal = self._rightmost / 2
        self._frames = 0

    def __call__(self, get_frame, time):
        frame = get_frame(time)
        if self._frames % FRAMES_BETWEEN_LOOKS == 0:
            self._look(frame)
        self._frames += 1
        self._left += SMOOTHING * (self._goal - self._left)
        left = int(self._left)
        return cv2.resize(frame[:, left : left + self._width], (WIDTH, HEIGHT))

    def _look(self, frame):
        small = cv2.resize(frame, None, fx=self._scale, fy=self._scale)
        faces = self._detector.detectMultiScale(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), 1.1, 5)
        if len(faces) == 0:
            return
        x, _, width, _ = max(faces, key=lambda face: face[2] * face[3])
        middle = (x + width / 2) / self._scale
        self._goal = min(max(middle - self._width / 2, 0), self._rightmost)


def main():
    parser = argparse.ArgumentParser(description="An upright clip by MoviePy.")
    parser.add_argument("video")
    parser.add_argument("start", type=float)
    parser.add_argument("end", type=float)
    parser.add_argument("out")
    arguments = parser.parse_args()
    with VideoFileClip(arguments.video) as video:
        clip = video.subclipped(arguments.start, arguments.end).transform(FollowingCrop(*video.size))
        clip.write_videofile(
            arguments.out, codec="libx264", preset="veryfast", audio_codec="aac", logger=None
        )


if __name__ == "__main__":
    main()
