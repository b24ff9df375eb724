"""Message notes for the tests of this room, and the mails that are made of them."""

import datetime as dt
from collections.abc import Sequence

from infoview_md.exchange.mail import Mail, mail_from
from infoview_md.network.people import Contact
from infoview_md.notes import fences
from infoview_md.notes.findings import Finding
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import ContactNote, MeNote, MessageNote

__all__ = ["ADA", "ME", "TODAY", "contact", "mail_of"]

TODAY = dt.date(2026, 11, 23)
ME = MeNote(path="Me.md", name="Imogen Clough", email="imogen@example.org")


def contact(name: str, email: str | None) -> Contact:
    path = f"People/{name}.md"
    return Contact(id=path, name=name, path=path, note=ContactNote(path=path, name=name, email=email))


ADA = contact("Ada Lovelace", "ada@example.org")


def mail_of(
    properties: str = "to: ada@example.org\nsubject: Hello",
    body: str = "Dear Ada,\n\nHow are you?",
    *,
    people: Sequence[Contact] = (ADA,),
    me: MeNote | None = ME,
    again: bool = False,
    findings: Sequence[Finding] = (),
) -> Mail:
    text = f'---\ntype: request\ncontact: "[[Ada Lovelace]]"\n{properties}\n---\n{body}'
    path = "Outreach/Request.md"
    reading = read_note(path, text.encode())
    assert isinstance(reading, Read)
    assert isinstance(reading.record, MessageNote)
    parts = fences.split(text, path)
    return mail_from(reading.record, parts, people, me, TODAY, again=again, findings=findings)
