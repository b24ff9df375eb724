"""Small vaults for the tests of the agenda: notes as text, from which the network and the agenda are made."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from infoview_md.agenda.agenda import Agenda
from infoview_md.agenda.making import make_agenda
from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import read_note


def index_of(notes: Mapping[str, str]) -> Index:
    """The index of notes by path; a text is properties, and after an empty line a body."""
    return Index().apply(Changes(read={path: read_note(path, as_note(text)) for path, text in notes.items()}))


def as_note(text: str) -> bytes:
    properties, _, body = text.partition("\n\n")
    return f"---\n{properties.strip()}\n---\n{body}".encode()


def notes_in(text: str) -> dict[str, str]:
    """Several notes in one text, each below a line `=== path`."""
    parts = [part.partition("\n") for part in ("\n" + text).split("\n=== ")[1:]]
    return {path.strip(): note for path, _, note in parts}


def agenda_of(notes: Mapping[str, str] | str, now: str) -> Agenda:
    index = index_of(notes_in(notes) if isinstance(notes, str) else notes)
    return make_agenda(index.network, index.settings, moment(now))


def moment(text: str) -> dt.datetime:
    """A day is nine in the morning of it."""
    return dt.datetime.fromisoformat(text if "T" in text else f"{text}T09:00")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


SITUATIONS = Path(__file__).parent / "situations"
