"""The shapes of the answers in JSON, all in one place: they are a contract, whose keys are only added to.

Shapes are made of dicts, lists, texts, numbers, booleans and None and nothing else.
"""

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from infoview_md.network.graph import shown_referrals
from infoview_md.network.people import Contact
from infoview_md.notes.findings import Finding, Severity
from infoview_md.notes.links import Link
from infoview_md.notes.records import FillIn, Moment
from infoview_md.notes.text import visible
from infoview_md.views.card import Card, properties_of
from infoview_md.views.report import Overview, organizations_of

if TYPE_CHECKING:
    from infoview_md.agenda.agenda import Action
    from infoview_md.agenda.funnel import Counts, Funnel
    from infoview_md.agenda.marking import Change, Marked
    from infoview_md.agenda.news import News
    from infoview_md.network.warmth import Step
    from infoview_md.views.changes import Turn
    from infoview_md.views.path import Route

__all__ = [
    "Json",
    "check_shape",
    "due_shape",
    "each_shape",
    "email_shape",
    "funnel_shape",
    "index_shape",
    "init_shape",
    "json_safe",
    "mark_shape",
    "new_shape",
    "path_shape",
    "refresh_shape",
    "show_shape",
    "template_shape",
    "to_json",
    "watcher_shape",
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


def output_shape(form: str, text: str, path: str | None) -> dict[str, Json]:
    """For what another program is to read: `text` in a format, or the file `path` that it was written to."""
    return {"format": form, "path": path, "text": None if path else text}


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


def due_shape(actions: "Iterable[Action]", today: dt.date) -> list[Json]:
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


def path_shape(route: "Route") -> dict[str, Json]:
    """For `path`: the target, the chains to it, the warmest first, who else works there, and what to do first."""
    first = route.first
    return {
        "name": route.target.name,
        "kind": "contact" if isinstance(route.target, Contact) else "organization",
        "path": route.target.path,
        "stage": route.stage,
        "chains": [
            {"cost": chain.cost, "steps": [_step_shape(route, step) for step in chain.steps]} for chain in route.chains
        ],
        "people": _names(route.people),
        "first": {
            "action": first.text,
            "because": first.because,
            "due": json_safe(first.due),
            "command": first.command,
            "note": first.note,
        },
    }


def _step_shape(route: "Route", step: "Step") -> dict[str, Json]:
    return {
        "from": step.source,
        "to": step.target,
        "name": route.name(step.target),
        "kind": step.kind,
        "because": route.because(step),
        "evidence": [*step.evidence],
    }


def funnel_shape(funnel: "Funnel") -> dict[str, Json]:
    """For `show --me`: the sums, and the same for each channel and each way in which contacts were found."""
    return {
        **_funnel_row(funnel.total),
        "by_channel": {name: _funnel_row(row) for name, row in funnel.by_channel.items()},
        "by_source": {name: _funnel_row(row) for name, row in funnel.by_source.items()},
    }


def _funnel_row(row: "Counts") -> dict[str, Json]:
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


def each_shape(  # noqa: PLR0913 - one for each key
    *,
    contact: str,
    path: str | None,
    fill_ins: Iterable[FillIn],
    findings: Iterable[Finding],
    skipped: str | None,
    error: str | None,
) -> dict[str, Json]:
    """For `new` with `--stage` or `--organization`, whose answer is a list of these: `path` is null without a note."""
    shape: dict[str, Json] = {"contact": contact, "path": path}
    shape["fill_ins"] = [{"line": one.line, "prompt": one.prompt} for one in fill_ins]
    return shape | {"findings": check_shape(findings), "skipped": skipped, "error": error}


def mark_shape(marked: "Marked") -> dict[str, Json]:
    """For `mark`: the event's own property, and in `also` the others that it set, as `replied` beside `reply`."""
    main, *others = [_change(one) for one in marked.changes]
    return {"path": marked.path, **main, "also": [*others]}


def _change(change: "Change") -> dict[str, Json]:
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


def refresh_shape(turn: "Turn") -> dict[str, Json]:
    """For one turn of `watch`: the notes that changed, how many, what it meant, the new findings, the watch's notices.

    The `action` of a piece of news is what it asks for next, or null.
    """
    return {
        "at": turn.at.isoformat(),
        "mode": turn.mode,
        "paths": list(turn.paths),
        "changes": dict(turn.changes),
        "news": [_news_shape(one, turn.at.date()) for one in turn.news],
        "findings": check_shape(turn.findings),
        "notices": list(turn.notices),
    }


def _news_shape(news: "News", today: dt.date) -> dict[str, Json]:
    actions = due_shape([news.action] if news.action else [], today)
    return {
        "kind": news.kind,
        "contact": news.contact.name,
        "contact_path": news.contact.path,
        "words": news.words,
        "note": news.note,
        "action": actions[0] if actions else None,
    }


def watcher_shape(vault: str, watcher: Mapping[str, object] | None) -> dict[str, Json]:
    """For `watch --status`: who watches; all but `vault` and `watching` is null when nobody does."""
    told = watcher or {}
    keys = ("pid", "since", "mode", "last_change")
    return {"vault": vault, "watching": watcher is not None, **{key: json_safe(told.get(key)) for key in keys}}


def template_shape(*, name: str, summary: str, origin: str, path: str, type_name: str | None) -> dict[str, Json]:
    """For `templates`, whose answer is a list of these: `origin` is bundled or own, `type` the made note's."""
    return {"name": name, "summary": summary, "origin": origin, "path": path, "type": type_name}


def _names(contacts: Iterable[Contact]) -> list[Json]:
    return [one.name for one in contacts]
