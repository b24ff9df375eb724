"""The shapes of the answers in JSON, all in one place: they are a contract, whose keys are only added to.

Shapes are made of dicts, lists, texts, numbers, booleans and None and nothing else.
"""

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from infoview_md.agenda.funnel import Counts, Funnel
from infoview_md.agenda.marking import Change, Marked
from infoview_md.agenda.rules import Action
from infoview_md.network.graph import shown_referrals
from infoview_md.network.people import Contact
from infoview_md.notes.findings import Finding, Severity
from infoview_md.notes.links import Link
from infoview_md.notes.records import FillIn, Moment
from infoview_md.notes.text import visible
from infoview_md.views.card import Card, properties_of
from infoview_md.views.report import Overview, organizations_of

__all__ = [
    "Json",
    "check_shape",
    "due_shape",
    "email_shape",
    "funnel_shape",
    "index_shape",
    "init_shape",
    "json_safe",
    "mark_shape",
    "new_shape",
    "refresh_shape",
    "show_shape",
    "template_shape",
    "to_json",
]

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def to_json(answer: object, *, one_line: bool = False) -> str:
    r"""Write an answer as JSON, indented by two or on one line, without a final line break.

    Letters of all scripts are written as they are; what cannot be seen, steers a terminal or is no character at all is
    written `\u202e`. Not a number and infinity, which JSON does not have, become null.
    """
    text = json.dumps(json_safe(answer), indent=None if one_line else 2, ensure_ascii=False, allow_nan=False)
    for char in sorted(set(text)):
        if visible(char) != char:
            text = text.replace(char, json.dumps(char)[1:-1])
    return text


def json_safe(value: object) -> Json:
    """A value from a note or a record as JSON has it: dates as text, links by what they show, tuples as lists."""
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case str() | dt.date() | Moment() | Link():
            return _text(value)
        case Mapping():
            return {str(key): json_safe(one) for key, one in value.items()}
        case list() | tuple():
            return [json_safe(one) for one in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")


def _text(value: str | dt.date | Moment | Link) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.text if isinstance(value, Link) else str(value)


def check_shape(findings: Iterable[Finding]) -> list[Json]:
    """For `check`, and wherever an answer lists findings."""
    return [
        {
            "code": one.code,
            "severity": one.severity.value,
            "path": one.path,
            "line": one.line,
            "property": one.property,
            "message": one.message,
            "hint": one.hint,
        }
        for one in findings
    ]


def index_shape(overview: Overview, *, vault: str) -> dict[str, Json]:
    """For `index`: `vault` is its folder; `due` counts all actions of the overview, `overdue` those that are late."""
    wanted = [one for one in overview.network.contacts.values() if one.wanted]
    changes = {name: overview.changes.get(name, 0) for name in ("added", "modified", "removed", "unchanged")}
    return {
        "vault": vault,
        "notes": dict(overview.notes),
        "contacts": len(wanted),
        "unrecorded": sum(not one.recorded for one in wanted),
        "organizations": len(organizations_of(overview.network)),
        "referrals": len(shown_referrals(overview.network)),
        "changes": json_safe(changes),
        "findings": {one.value: sum(found.severity is one for found in overview.findings) for one in Severity},
        "due": len(overview.actions),
        "overdue": sum(one.overdue_days(overview.today) > 0 for one in overview.actions),
    }


def due_shape(actions: Iterable[Action], today: dt.date) -> list[Json]:
    """For `due`, and wherever an answer lists actions."""
    return [
        {
            "contact": one.contact.name,
            "contact_path": one.contact.path,
            "stage": one.stage,
            "action": one.text,
            "due": one.due.isoformat(),
            "overdue_days": one.overdue_days(today),
            "because": one.because,
            "note": one.note,
            "command": one.command,
        }
        for one in actions
    ]


def show_shape(card: Card) -> dict[str, Json]:
    """For `show`."""
    return {
        "name": card.contact.name,
        "path": card.contact.path,
        "stage": card.stage,
        "because": card.because,
        "properties": json_safe(properties_of(card.contact)),
        "timeline": [{"date": json_safe(one.day), "event": one.words, "note": one.note} for one in card.timeline],
        "referred_by": _names(card.referred_by),
        "referrals": _names(card.referrals),
        "actions": due_shape(card.actions, card.now.date()),
        "findings": check_shape(card.findings),
    }


def funnel_shape(funnel: Funnel) -> dict[str, Json]:
    """For `show --me`: the sums, and the same for each channel and each way in which contacts were found."""
    return {
        **_funnel_row(funnel.total),
        "by_channel": {name: _funnel_row(row) for name, row in funnel.by_channel.items()},
        "by_source": {name: _funnel_row(row) for name, row in funnel.by_source.items()},
    }


def _funnel_row(row: Counts) -> dict[str, Json]:
    return {
        "asked": row.asked,
        "replied": row.replied,
        "accepted": row.accepted,
        "interviews": row.interviews,
        "referrals": row.referrals,
        "days_to_reply": row.days_to_reply,
    }


def new_shape(path: str, fill_ins: Iterable[FillIn], findings: Iterable[Finding]) -> dict[str, Json]:
    """For `new`: one note that was made; for several contacts the answer is a list of these."""
    return {
        "path": path,
        "fill_ins": [{"line": one.line, "prompt": one.prompt} for one in fill_ins],
        "findings": check_shape(findings),
    }


def mark_shape(marked: Marked) -> dict[str, Json]:
    """For `mark`: the event's own property, and in `also` the others that it set, as `replied` beside `reply`."""
    main, *others = [_change(one) for one in marked.changes]
    return {"path": marked.path, **main, "also": [*others]}


def _change(change: Change) -> dict[str, Json]:
    return {"property": change.property, "before": json_safe(change.before), "after": json_safe(change.after)}


def email_shape(  # noqa: PLR0913 - one for each key
    *,
    note: str,
    sender: str | None,
    to: Iterable[str],
    cc: Iterable[str],
    subject: str,
    text: str,
    left_out: Iterable[str],
    eml: str | None,
    mailto: str | None,
    findings: Iterable[Finding],
    command: str,
) -> dict[str, Json]:
    """For `email`: the mail as it goes out, the file or link made of it, and the `command` for when it is sent."""
    return {
        "note": note,
        "from": sender,
        "to": [*to],
        "cc": [*cc],
        "subject": subject,
        "text": text,
        "left_out": [*left_out],
        "eml": eml,
        "mailto": mailto,
        "findings": check_shape(findings),
        "next": command,
    }


def init_shape(vault: str, made: Iterable[str]) -> dict[str, Json]:
    """For `init`: the vault's folder, and the paths in it that are new."""
    return {"vault": vault, "made": list(made)}


def refresh_shape(paths: Iterable[str], changes: Mapping[str, int], findings: Iterable[Finding]) -> dict[str, Json]:
    """For one turn of `watch`: the notes that changed, how many, and the findings that are new."""
    return {"paths": list(paths), "changes": dict(changes), "findings": check_shape(findings)}


def template_shape(*, name: str, summary: str, origin: str, path: str, type_name: str | None) -> dict[str, Json]:
    """For `templates`, whose answer is a list of these: `origin` is bundled or own, `type` the made note's."""
    return {"name": name, "summary": summary, "origin": origin, "path": path, "type": type_name}


def _names(contacts: Iterable[Contact]) -> list[Json]:
    return [one.name for one in contacts]
