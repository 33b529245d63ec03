"""What a reading gave, in short."""

from gaitcheck.video.reader import open_video
from tests import clips


def read(path, **options):
    with open_video(path, **options) as reader:
        frames = list(reader)
    return frames, reader


def numbers(frames):
    return [clips.number_of(frame.image_bgr) for frame in frames]


def times(frames):
    return [frame.time_s for frame in frames]
