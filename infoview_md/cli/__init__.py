"""The command line: a thin coat over `Vault`. This file knows which commands there are and how a command ends.

Each command has a file of its own, imported when it runs, so that `--help` is fast.
"""

import contextlib
import gc
import sys
from collections.abc import Sequence

import click

from infoview_md.cli.frame import INTERRUPTED, Commands, Request, common_options, say_error
from infoview_md.errors import InfoviewError

__all__ = ["main"]

OUR_FAULT = 70
FILE_TROUBLE = 3


@click.group(
    cls=Commands,
    examples=(
        "infoview init my-vault",
        'infoview --vault my-vault new contact "Ada Lovelace"',
        'infoview --vault my-vault new request "Ada Lovelace"',
        "infoview --vault my-vault index",
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
)
@click.version_option(package_name="infoview-md", message="infoview %(version)s")
@common_options
@click.pass_context
def infoview(context: click.Context) -> None:
    """Informational interviews in your own Markdown notes.

    Draft the messages, prepare the talk, remember who introduced whom, see what is due. Nothing is ever sent, and your
    notes are the only data.
    """
    context.ensure_object(Request)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit status."""
    # An index is many records that live as long as the command: looking through them for garbage finds nothing.
    gc.set_threshold(100_000, 50, 100)
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    0 done, 1 findings, 2 wrong use, 3 file trouble, 4 conflict, 70 a fault of ours, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console of another alphabet must not end the command
    try:
        answer = infoview.main(args=arguments, prog_name="infoview", standalone_mode=False)
        if sys.stdout is not None:  # closed by the caller, as in `infoview index >&-`
            sys.stdout.flush()
        status = answer if isinstance(answer, int) else 0
    except InfoviewError as error:
        say_error(error.message, error.hint)
        status = error.exit_status
    except click.ClickException as error:
        with contextlib.suppress(OSError):
            error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say_error("interrupted; nothing is left half-done")
        status = INTERRUPTED
    except (BrokenPipeError, SystemExit):  # the latter is what click makes of the former
        status = _closed_pipe()
    except OSError as error:
        say_error(f"the answer could not be written: {error.strerror or error}")
        status = _closed_pipe(FILE_TROUBLE)
    except Exception as error:  # noqa: BLE001 - the one door at which our own faults become an exit status
        say_error(f"this is a fault of infoview, not of your notes: {type(error).__name__}: {error}", _report(error))
        status = OUR_FAULT
    return status


def _closed_pipe(status: int = 0) -> int:
    """Whoever read our answer has gone, as `head` does: keep Python from complaining about it when it ends."""
    sys.stdout = None  # nothing more can be written
    return status


def _report(error: Exception) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"please report it, with this: {frame.name} in {frame.filename.rpartition('infoview_md')[2]}:{frame.lineno}"
