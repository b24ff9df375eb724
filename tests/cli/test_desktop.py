"""Notifications, on a desktop of the test's own: a bus with somebody who takes them, or with nobody."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.command_line import REPOSITORY

pytest.importorskip("desktop_notifier", reason="desktop-notifier is not installed")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="there is no dbus-run-session for a desktop that nobody sees",
)

DESKTOP = """
import asyncio
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, method

class Desktop(ServiceInterface):
    @method()
    def Notify(self, app: 's', replaces: 'u', icon: 's', title: 's', text: 's', actions: 'as', hints: 'a{sv}',
               lasts: 'i') -> 'u':
        print(repr((app, title, text)), flush=True)
        return 1
    @method()
    def GetCapabilities(self) -> 'as':
        return ['body']
    @method()
    def GetServerInformation(self) -> 'ssss':
        return ['test', 'test', '1', '1.2']

async def desktop():
    bus = await MessageBus().connect()
    bus.export('/org/freedesktop/Notifications', Desktop('org.freedesktop.Notifications'))
    await bus.request_name('org.freedesktop.Notifications')
    watch = await asyncio.create_subprocess_exec(sys.executable, '-c', SHOW)
    await watch.wait()
"""
SHOW = """
from infoview_md.cli.desktop import Desktop
desktop = Desktop()
desktop.show('infoview', 'Ada said yes: agree <b>on</b> a time')
desktop.show('infoview', 'Grace said no')
"""


def on_a_bus(code: str) -> subprocess.CompletedProcess[str]:
    command = ["dbus-run-session", "--", sys.executable, "-c", code]
    around = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(command, capture_output=True, text=True, env=around, timeout=60, check=False)


def test_a_desktop_gets_the_news_as_plain_text() -> None:
    done = on_a_bus(f"import sys\nSHOW = {SHOW!r}\n{DESKTOP}\nasyncio.run(desktop())")
    assert done.stdout.splitlines() == [
        "('infoview', 'infoview', 'Ada said yes: agree (b)on(/b) a time')",
        "('infoview', 'infoview', 'Grace said no')",
    ], done.stderr


def test_where_nobody_takes_notifications_that_is_said_once() -> None:
    done = on_a_bus(SHOW)
    assert (done.returncode, done.stdout) == (0, "")
    said = [line for line in done.stderr.splitlines() if line.startswith("notifications")]
    assert len(said) == 1
    assert said[0].endswith("; the watch goes on without them")
