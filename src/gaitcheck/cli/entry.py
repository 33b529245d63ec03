"""The one door: which command is meant, and what its end means as an exit code."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence

import click

from gaitcheck.cli.cache import cache_command
from gaitcheck.cli.clip import clip_command
from gaitcheck.cli.codes import Code
from gaitcheck.cli.doctor import doctor_command
from gaitcheck.cli.export import export_command
from gaitcheck.cli.model import model_command
from gaitcheck.cli.review import review_command
from gaitcheck.cli.score import score_command
from gaitcheck.cli.streams import LOGGER, prepared_streams, say
from gaitcheck.errors import CancelledError, GaitcheckError, ModelError, PoseError

_COMMANDS: dict[str, click.Command] = {
    "cache": cache_command,
    "model": model_command,
    "doctor": doctor_command,
    "export": export_command,
    "review": review_command,
    "score": score_command,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows the program's name; by default the process's own.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    command: click.Command = clip_command
    name = "gaitcheck"
    if words and words[0] in _COMMANDS:
        command, name = _COMMANDS[words[0]], f"gaitcheck {words.pop(0)}"
    with prepared_streams():
        return int(_exit_code(command, name, words))


def _exit_code(command: click.Command, name: str, words: list[str]) -> int:
    try:
        code: int | None = command.main(words, prog_name=name, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, CancelledError):
        say("interrupted; nothing was left half written")
        return Code.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the border: every error becomes an exit code
        return _failed(error)
    return code or 0


def _failed(error: Exception) -> Code:
    if LOGGER.isEnabledFor(logging.DEBUG):
        LOGGER.debug("where it happened", exc_info=error)
    if isinstance(error, ModelError):
        say(str(error))
        return Code.MODEL_MISSING
    if isinstance(error, PoseError):
        say(f"{error}\n`gaitcheck doctor` checks what gaitcheck needs to run")
        return Code.INTERNAL
    if isinstance(error, GaitcheckError):
        say(str(error))
        return Code.BAD_INPUT
    if isinstance(error, ImportError):
        say(f"a part of gaitcheck cannot be loaded: {error}\n`gaitcheck doctor` says what to do")
        return Code.INTERNAL
    say(
        f"internal error: {type(error).__name__}: {error}\n"
        "This is a fault of gaitcheck. Please report it to its developers, with what the same "
        "command says with --log-level debug, and what `gaitcheck doctor` says."
    )
    return Code.INTERNAL
