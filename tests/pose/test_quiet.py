from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

CHATTER = (
    b"W0000 00:00:1795216322.056411    9483 inference_feedback_manager.cc:121] Feedback manager\n"
    b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"
    b"WARNING: Logging before InitGoogle() is written to STDERR\n"
)


def _run(body: str, *, ending: str = "") -> subprocess.CompletedProcess[bytes]:
    """Run a script in a process of its own; ``say`` writes as native code does, past sys.stderr."""
    script = (
        "import os, sys, threading\n"
        "from gaitcheck.pose.quiet import native_chatter_hushed\n"
        f"chatter = {CHATTER!r}\n"
        "say = lambda text: os.write(2, text)\n" + textwrap.dedent(body)
    )
    command = [sys.executable, "-c", script]
    if ending:
        command = ["/bin/sh", "-c", f'exec "$0" "$@" {ending}', *command]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def test_chatter_is_held_back_and_all_else_comes_out_in_order():
    done = _run(
        """
        say(b"before\\n")
        with native_chatter_hushed():
            say(b"native: the disk is on fire\\n"); say(chatter)
            print("python", file=sys.stderr)
        say(b"after\\n")
        """
    )
    assert done.returncode == 0
    assert done.stderr == b"before\nnative: the disk is on fire\npython\nafter\n"


def test_outside_the_block_chatter_is_not_touched():
    assert _run("with native_chatter_hushed(): pass\nsay(chatter)").stderr == CHATTER


def test_an_error_in_the_block_shows_its_traceback():
    done = _run(
        """
        with native_chatter_hushed():
            say(chatter)
            raise RuntimeError("broken inside")
        """
    )
    assert done.returncode == 1
    assert b"RuntimeError: broken inside" in done.stderr
    assert b"W0000" not in done.stderr


def test_a_traceback_of_another_thread_comes_out():
    done = _run(
        """
        def fail(): raise RuntimeError("broken in a thread")
        with native_chatter_hushed():
            say(chatter)
            thread = threading.Thread(target=fail); thread.start(); thread.join()
        """
    )
    assert b"RuntimeError: broken in a thread" in done.stderr
    assert b"W0000" not in done.stderr


def test_nested_and_overlapping_blocks_restore_once():
    done = _run(
        """
        def work():
            for _ in range(200):
                with native_chatter_hushed():
                    say(chatter)
                    with native_chatter_hushed():
                        say(chatter)
        threads = [threading.Thread(target=work) for _ in range(4)]
        for t in threads: t.start()
        for t in threads: t.join()
        before = len(os.listdir("/dev/fd")) if os.path.isdir("/dev/fd") else 0
        with native_chatter_hushed(): say(chatter)
        after = len(os.listdir("/dev/fd")) if os.path.isdir("/dev/fd") else 0
        say(b"end %d\\n" % (after - before))
        """
    )
    assert done.stderr == b"end 0\n"  # nothing of the chatter, and no descriptor left open


@pytest.mark.skipif(sys.platform == "win32", reason="closes a descriptor by the shell")
def test_a_closed_standard_error_does_no_harm():
    done = _run(
        """
        with native_chatter_hushed():
            pass
        print("alive", sys.stderr)
        """,
        ending="2>&-",
    )
    assert done.returncode == 0
    assert done.stdout == b"alive None\n"


def test_chatter_goes_to_the_log_at_debug():
    done = _run(
        """
        import logging
        logging.basicConfig(level=logging.DEBUG, stream=sys.stdout, format="%(levelname)s %(name)s")
        with native_chatter_hushed(): say(chatter)
        """
    )
    assert done.stdout == b"DEBUG gaitcheck.pose.quiet\n" * 3
