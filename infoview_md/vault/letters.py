"""What becomes of messages: proofread while they are unsent, then handed to a mail program. Nothing is ever sent.

Imported when there is a message to read, because the tables of proofreading and the formats of mail take long to load.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator

from infoview_md.agenda.unsent import is_unsent
from infoview_md.drafting import proofreading
from infoview_md.errors import UsageError
from infoview_md.exchange.mail import Mail, mail_from
from infoview_md.network.people import Network
from infoview_md.notes import fences
from infoview_md.notes.findings import Finding
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import MessageNote
from infoview_md.vault.state import State

__all__ = ["Letters"]

BLANKS = ("fill-in-left", "template-mark-left")
"""The checks that nobody can switch off for a message that is about to go out."""


class Letters:
    """The messages of one vault at one time; `text_of` gives a note's text by its path, or nothing."""

    def __init__(self, network: Network, now: dt.datetime, text_of: Callable[[str], str]) -> None:
        self._network = network
        self._now = now
        self._text = text_of

    def doubts(self) -> Iterator[Finding]:
        """What proofreading says of the messages that have not gone out."""
        for note in self._network.messages:
            if is_unsent(note, self._now.date()):
                yield from self.proofread(note, self._text(note.path))
        if self._network.me and self._network.me.settings.proofreading_off:
            yield from proofreading.unknown_checks(self._network.me)

    def proofread(self, note: MessageNote, text: str, *, always: Collection[str] = ()) -> tuple[Finding, ...]:
        """Proofread one message that has the text `text`; `always` are checks that cannot be switched off now."""
        parts = fences.split(text, note.path)
        earlier = proofreading.followed(note, self._network, self._now.date())
        request = fences.split(self._text(earlier.path)).body if earlier else None
        sheet = proofreading.Sheet(
            note=note,
            body=parts.body,
            first_line=parts.body_line,
            network=self._network,
            now=self._now,
            request=request,
            block=parts.block,
        )
        off = self._network.me.settings.proofreading_off if self._network.me else ()
        return proofreading.proofread(sheet, off=frozenset(off).difference(always))

    def mail(self, path: str, state: State, *, again: bool) -> Mail:
        """The message at `path`, ready for a mail program. Raises NotReadyError with all that speaks against it."""
        text = self._text(path)
        reading = read_note(path, text.encode(), state.index.recognition)
        if not isinstance(reading, Read) or not isinstance(reading.record, MessageNote):
            raise UsageError(f"{path} is no message", "name a message, or a contact")
        note = reading.record
        return mail_from(
            note,
            fences.split(text, path),
            proofreading.addressees(note, self._network),
            self._network.me,
            self._now.date(),
            again=again,
            findings=self.proofread(note, text, always=BLANKS),
        )
