"""Notifications on the user's desktop, through desktop-notifier, an optional library. What they say, others know."""

import asyncio
import importlib.util
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from infoview_md.cli.frame import say
from infoview_md.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Desktop"]

_PATIENCE = 5.0
"""Seconds for the desktop to take a notification; the watch waits for it."""


class Desktop:
    """A desktop to show notifications on. The first one that fails is said, and is the last."""

    def __init__(self) -> None:
        """Raise UsageError when the library is not installed."""
        if importlib.util.find_spec("desktop_notifier") is None:
            raise UsageError("notifications need desktop-notifier", 'install it: pip install "infoview-md[notify]"')
        self._works = True

    def show(self, title: str, text: str) -> None:
        """Show a notification, unless one has failed before."""
        if not self._works:
            return
        with _troubles() as troubles:
            try:
                shown = asyncio.run(asyncio.wait_for(_send(title, text), _PATIENCE))
            except TimeoutError:
                shown = False
                troubles.append(f"the desktop did not answer within {_PATIENCE:g} seconds")
        if not shown:
            self._works = False
            why = f" ({troubles[-1]})" if troubles else ""
            say(f"notifications cannot be shown here{why}; the watch goes on without them")


async def _send(title: str, text: str) -> bool:
    """Send a notification, and tell whether it was taken: the library raises nothing."""
    from desktop_notifier import Capability, DesktopNotifier

    taken: list[None] = []
    notifier = DesktopNotifier(app_name="infoview")
    plain = text.replace("<", "(").replace(">", ")")  # some desktops read it as markup
    await notifier.send(title=title, message=plain, on_dispatched=lambda: taken.append(None))
    # Where the system has no notifications, everything is taken, and nothing shown.
    return bool(taken) and Capability.TITLE in await notifier.get_capabilities()


@contextmanager
def _troubles() -> "Iterator[list[str]]":
    """Gather what the library says of its troubles, which it would log on the terminal."""
    found: list[str] = []

    class Gatherer(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            cause = record.exc_info[1] if record.exc_info else None
            found.append(" ".join(str(cause or record.getMessage()).split()))

    logger, gatherer = logging.getLogger("desktop_notifier"), Gatherer(logging.WARNING)
    spread = logger.propagate
    logger.addHandler(gatherer)
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(gatherer)
        logger.propagate = spread
