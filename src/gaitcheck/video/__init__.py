"""A video file, folder of frames or stream comes in; timed, upright frames go out."""
