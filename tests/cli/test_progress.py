"""The bar: on a terminal only, and never in what is written."""

from __future__ import annotations

import json
import os
import subprocess

import jsonschema

from gaitcheck.output.document import schema
from tests.cli.processes import posix_only, scripted

PROGRESSING = """
for frame in range(1, 21):
    progress and progress(Progress(frame, 20, frame / 10))
    time.sleep(0.03)
    if frame == 10:
        logging.getLogger("gaitcheck.somewhere").warning("a message amid")
return free_walk()
"""


@posix_only
def test_a_bar_on_a_terminal_and_json_on_standard_output() -> None:
    import pty

    leader, follower = pty.openpty()
    try:
        with subprocess.Popen(
            scripted(PROGRESSING, "clip.mp4", "--json", "-"),
            stdout=subprocess.PIPE,
            stderr=follower,
        ) as run:
            os.close(follower)
            shown = b""
            while True:
                try:
                    piece = os.read(leader, 4096)
                except OSError:  # how Linux says that the other end is closed
                    break
                if not piece:
                    break
                shown += piece
            assert run.stdout is not None
            out = run.stdout.read()
    finally:
        os.close(leader)
    assert run.returncode == 0
    jsonschema.validate(json.loads(out), schema())
    assert b"frames/s" in shown
    assert b"%" in shown
    lines = shown.replace(b"\x1b[2K", b"").splitlines()
    assert b"gaitcheck: a message amid" in lines, "the message must not stand in the bar's line"


def test_no_bar_where_there_is_no_terminal() -> None:
    run = subprocess.run(
        scripted(PROGRESSING, "clip.mp4"), capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "gaitcheck: a message amid\n")
