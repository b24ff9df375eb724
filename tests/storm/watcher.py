"""A watcher in a process of its own, which can be stopped and hurt: run as `watcher.py VAULT`.

Prints a line of JSON for each refresh: what the index says, as digests, the mode, and what was said of the watch. On
SIGUSR1 one of the threads that listen dies.
"""

import contextlib
import datetime as dt
import hashlib
import json
import random
import signal
import sys
import threading
from pathlib import Path

from watchdog.utils import BaseThread

from infoview_md import State, Vault
from infoview_md.network.graph import graph_of
from infoview_md.notes.keeping import keep
from infoview_md.views.nodelink import node_link

TODAY = dt.datetime(2026, 11, 23, 9, 30)


def digests(state: State) -> dict[str, str]:
    """All that follows from the notes, part by part."""
    notes = sorted((path, keep(reading)) for path, reading in state.index.readings.items())
    graph = node_link(graph_of(state.network, state.now), state.stages)
    findings = [(one.path, one.line, one.code, one.message) for one in state.findings]
    due = [(one.due.isoformat(), one.text, one.because) for one in state.agenda.actions]
    parts = {"notes": notes, "graph": graph, "findings": findings, "due": due}
    return {name: hashlib.sha256(json.dumps(part).encode()).hexdigest() for name, part in parts.items()}


def let_threads_die() -> None:
    """One for each signal; from another thread than the one that watches, which may just be dealing with them."""
    while signal.sigwait({signal.SIGUSR1}):
        threads = [one for one in threading.enumerate() if isinstance(one, BaseThread)]
        if threads:
            with contextlib.suppress(OSError, KeyError):  # of what it would have cleared away, some may be gone
                random.choice(threads).stop()


def main() -> None:
    if hasattr(signal, "SIGUSR1"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
        threading.Thread(target=let_threads_die, daemon=True).start()
    with contextlib.closing(Vault(Path(sys.argv[1]), today=TODAY).watch()) as refreshes:
        for refresh in refreshes:
            told = {"says": digests(refresh.state), "mode": refresh.mode, "notices": refresh.notices}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
