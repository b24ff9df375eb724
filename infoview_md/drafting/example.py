"""An example vault in memory, on which templates are tried out: everything that a note can say, said once.

Ada was sent by Grace, was asked, said yes, has talked to you and will again; Grace said no, and nobody sent you to her.
"""

import datetime as dt

from infoview_md.network.index import Changes, Index
from infoview_md.notes.reading import read_note

__all__ = ["ADA", "EXAMPLE_NOW", "GRACE", "MARY", "example_index"]

EXAMPLE_NOW = dt.datetime(2026, 11, 25, 12)
"""A Wednesday, whatever day it is: a template has the same faults each day."""
ADA, GRACE, MARY = "Ada Lovelace", "Grace Hopper", "Mary Somerville"

_NOTES = {
    "Me.md": """
        type: me
        name: Imogen Clough
        email: imogen.clough@example.org
        phone: "+447700900318"
        linkedin: https://linkedin.example.com/in/imogen-clough
        location: Leeds
        timezone: Europe/London
        resume: "[[Imogen Clough CV]]"
        current_role: Geography teacher
        background: eleven years of teaching geography
        target_role: data analyst
        target_field: river data
        accepted: {today}
        accepted_role: data analyst
        accepted_organization: River Trust
    """,
    "People/Ada Lovelace.md": """
        type: contact
        name: Ada Lovelace
        aliases: [Ada]
        organization: "[[Analytical Engines]]"
        role: Analyst
        field: tidal models
        email: ada@example.org
        phone: "+33199000001"
        linkedin: https://linkedin.example.com/in/ada
        website: https://ada.example.org
        location: Paris
        timezone: Europe/Paris
        referred_by: "[[Grace Hopper]]"
        connection: met at a lecture on tides
        why: her notes on the first engine
        last_contact: {two_days_ago}
        follow_up: {yesterday}
        tags: [tides]
    """,
    "People/Grace Hopper.md": """
        type: contact
        name: Grace Hopper
        aliases: [Grace]
        organization: "[[Analytical Engines]]"
        role: Programmer
        field: tidal models
        email: grace@example.org
        phone: "+447700900001"
        linkedin: https://linkedin.example.com/in/grace
        website: https://grace.example.org
        location: London
        timezone: Europe/London
        connection: fellow alum of Leeds geography
        why: the first compiler
        last_contact: {last_week}
        follow_up: {yesterday}
        tags: [compilers]
    """,
    "People/Mary Somerville.md": """
        type: contact
        name: Mary Somerville
        organization: "[[Analytical Engines]]"
        field: tidal models
        email: mary@example.org
    """,
    "Organizations/Analytical Engines.md": """
        type: organization
        name: Analytical Engines
        website: https://engines.example.org
        field: tidal models
    """,
    "Outreach/Request - Ada Lovelace.md": """
        type: request
        contact: "[[Ada Lovelace]]"
        channel: email
        to: ada@example.org
        subject: Grace Hopper suggested I write to you
        sent: {last_week}
        replied: {last_week}
        reply: accepted
    """,
    "Outreach/Request - Grace Hopper.md": """
        type: request
        contact: "[[Grace Hopper]]"
        channel: email
        to: grace@example.org
        subject: From a fellow alum, with a question
        sent: {last_week}
        replied: {last_week}
        reply: declined
    """,
    "Interviews/{yesterday} Ada Lovelace.md": """
        type: interview
        contact: "[[Ada Lovelace]]"
        date: {yesterday}T10:00:00
        duration: 20
        medium: video
        started: {yesterday}T10:00:00
        ended: {yesterday}T10:20:00
        referrals: ["[[Mary Somerville]]"]
        may_mention: true
        may_follow_up: true
        follow_up: {yesterday}
        leads: [a book on tides]
        terms: [ebb]
        rating: 5
    """,
    "Interviews/{yesterday} Grace Hopper.md": """
        type: interview
        contact: "[[Grace Hopper]]"
        date: {yesterday}T15:00:00
        duration: 30
        medium: phone
        referrals: ["[[Ada Lovelace]]"]
        may_follow_up: true
    """,
    "Interviews/{tomorrow} Ada Lovelace.md": """
        type: interview
        contact: "[[Ada Lovelace]]"
        date: {tomorrow}T14:30:00
        duration: 20
        medium: in-person
    """,
    "Interviews/{tomorrow} Grace Hopper.md": """
        type: interview
        contact: "[[Grace Hopper]]"
        date: {tomorrow}T16:00:00
        duration: 30
        medium: phone
    """,
    "Interviews/{two_days_ago} Ada Lovelace and Grace Hopper.md": """
        type: interview
        contact: ["[[Ada Lovelace]]", "[[Grace Hopper]]"]
        date: {two_days_ago}T10:00:00
        duration: 30
        medium: video
        may_follow_up: true
    """,
    "Interviews/{in_two_days} Ada Lovelace and Grace Hopper.md": """
        type: interview
        contact: ["[[Ada Lovelace]]", "[[Grace Hopper]]"]
        date: {in_two_days}T10:00:00
        duration: 30
        medium: video
    """,
    "Interviews/{tomorrow} Prep - Ada Lovelace.md": """
        type: prep
        contact: "[[Ada Lovelace]]"
        interview: "[[{tomorrow} Ada Lovelace]]"
        date: {tomorrow}T14:30:00
        duration: 20
        medium: in-person
    """,
}


def example_index() -> Index:
    """The index of the example vault."""
    today = EXAMPLE_NOW.date()
    days = {
        "today": today,
        "yesterday": today - dt.timedelta(days=1),
        "two_days_ago": today - dt.timedelta(days=2),
        "last_week": today - dt.timedelta(days=7),
        "tomorrow": today + dt.timedelta(days=1),
        "in_two_days": today + dt.timedelta(days=2),
    }
    notes = {path.format(**days): text.format(**days) for path, text in _NOTES.items()}
    return Index().apply(Changes(read={path: read_note(path, _as_note(text)) for path, text in notes.items()}))


def _as_note(properties: str) -> bytes:
    lines = (line.strip() for line in properties.strip().split("\n"))
    return ("---\n" + "\n".join(lines) + "\n---\n").encode()
