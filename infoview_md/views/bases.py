"""Obsidian Bases: live tables of contacts, messages and interviews, as text for `.base` files.

Filters only compare: what a difference of two dates is, Obsidian has answered differently over time. Every property is
written `note.x`, because some of ours, like `date`, are functions of Bases too.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from infoview_md.notes.properties import MESSAGE_TYPES
from infoview_md.notes.records import Settings
from infoview_md.notes.writing import block_value
from infoview_md.views.lines import one_line

__all__ = ["contacts_base", "interviews_base"]

_Tree: TypeAlias = "str | list[_Tree] | Mapping[str, _Tree]"

_SOON = '"7d"'
_NOT_IN_A_TEXT = ('"', "\\")

_LABELS: Mapping[str, str] = {
    "formula.who": "Name",
    "note.contact": "Contact",
    "note.date": "Date",
    "note.follow_up": "Follow up",
    "note.keep_in_touch": "Days between contacts",
    "note.last_contact": "Last contact",
    "note.may_follow_up": "May write again",
    "note.organization": "Organization",
    "note.referrals": "Gave you",
    "note.referred_by": "Given by",
    "note.role": "Role",
    "note.sent": "Sent",
    "note.status": "Status",
    "note.subject": "Subject",
    "note.type": "Kind",
}
"""What the heads of the columns say."""


def contacts_base(settings: Settings, template_folders: Iterable[str] = ()) -> str:
    """The base of contacts and what you wrote to them; notes in `template_folders` (vault paths) are left out."""
    contacts = _any_of(_is_a_contact(settings))
    views = [
        _view(
            "Contacts",
            [contacts],
            [
                "formula.who",
                "note.organization",
                "note.role",
                "note.referred_by",
                "note.last_contact",
                "note.follow_up",
            ],
            sort="file.name",
        ),
        _view(
            "Follow-ups",
            [contacts, "note.follow_up", f"note.follow_up <= today() + {_SOON}"],
            ["formula.who", "note.organization", "note.follow_up", "note.last_contact"],
            sort="note.follow_up",
        ),
        _view(
            "By organization",
            [contacts],
            ["formula.who", "note.role", "note.last_contact", "note.keep_in_touch"],
            group="note.organization",
        ),
        _view(
            "By referrer",
            [contacts, "note.referred_by"],
            ["formula.who", "note.organization", "note.role", "note.last_contact"],
            group="note.referred_by",
        ),
        _view(
            "Waiting for an answer",
            [_any_of([_has_type("request"), _has_type("follow-up")]), "note.sent", "!note.replied", "!note.reply"],
            ["file.name", "note.contact", "note.type", "note.sent"],
            sort="note.sent",
        ),
        _view(
            "Not sent yet",
            [_any_of(map(_has_type, MESSAGE_TYPES)), "!note.sent", "!note.replied", "!note.reply"],
            ["file.name", "note.contact", "note.type", "note.subject"],
            sort="file.name",
        ),
    ]
    return _base(views, template_folders, formulas={"who": "file.asLink(if(note.name, note.name, file.basename))"})


def interviews_base(unthanked: Iterable[str] = (), template_folders: Iterable[str] = ()) -> str:
    """The base of interviews. `unthanked` are the paths of those held without any thanks: a base cannot see that."""
    interview = _has_type("interview")
    took_place = ['note.status != "cancelled"', 'note.status != "no-show"']
    over = _any_of(['note.status == "held"', {"and": ["note.date < today()", *took_place]}])
    pending: list[_Tree] = [{"and": [_has_type("thank-you"), "!note.sent", "!note.replied", "!note.reply"]}]
    pending += [f"file.path == {text}" for path in unthanked if (text := _text(path))]
    columns = ["file.name", "note.contact", "note.date", "note.status"]
    views = [
        _view(
            "Coming",
            [interview, "note.date >= today()", 'note.status != "held"', *took_place],
            ["file.name", "note.contact", "note.date", "note.medium", "note.duration"],
            sort="note.date",
        ),
        _view("Pending thank-yous", [_any_of(pending)], ["file.name", "note.type", "note.contact"], sort="file.name"),
        _view(
            "Follow-ups",
            [interview, "note.follow_up", f"note.follow_up <= today() + {_SOON}"],
            ["file.name", "note.contact", "note.follow_up", "note.may_follow_up"],
            sort="note.follow_up",
        ),
        _view("Held", [interview, over], [*columns, "note.referrals"], sort="note.date", direction="DESC"),
        _view("All interviews", [interview], columns, sort="note.date", direction="DESC"),
    ]
    return _base(views, template_folders)


def _is_a_contact(settings: Settings) -> Iterable[str]:
    """The type, and what the user's own settings call a contact."""
    yield _has_type("contact")
    own = (
        ("note.type == {}", settings.contact_types),
        ("file.hasTag({})", [tag.removeprefix("#") for tag in settings.contact_tags]),
        ("file.inFolder({})", [folder.strip("/") for folder in settings.contact_folders]),
    )
    for pattern, words in own:
        yield from (pattern.format(text) for word in words if (text := _text(word)))


def _has_type(name: str) -> str:
    return f'note.type == "{name}"'


def _any_of(tests: Iterable[_Tree]) -> _Tree:
    tests = list(tests)
    return tests[0] if len(tests) == 1 else {"or": tests}


def _text(word: str) -> str:
    """A text in a filter; nothing for one with quotes or what cannot be seen, which no filter can be trusted with."""
    word = unicodedata.normalize("NFC", word)  # as Obsidian keeps names
    if not word or one_line(word) != word or any(sign in word for sign in _NOT_IN_A_TEXT):
        return ""
    return f'"{word}"'


def _view(  # noqa: PLR0913 - the parts of a view
    name: str, tests: list[_Tree], columns: list[str], *, sort: str = "", direction: str = "ASC", group: str = ""
) -> Mapping[str, _Tree]:
    view: dict[str, _Tree] = {"type": "table", "name": name, "filters": {"and": tests}}
    if group:
        view["groupBy"] = {"property": group, "direction": direction}
    view["order"] = [*columns]
    if sort:
        view["sort"] = [{"property": sort, "direction": direction}]
    return view


def _base(
    views: Iterable[Mapping[str, _Tree]], template_folders: Iterable[str], formulas: Mapping[str, str] | None = None
) -> str:
    folders = [f"!file.inFolder({text})" for folder in template_folders if (text := _text(folder.strip("/")))]
    shown = list(views)
    columns = {column for view in shown for column in view["order"]}
    base: dict[str, _Tree] = {
        "generated_by": "infoview",
        "filters": {"and": ['file.ext == "md"', *folders]},
        **({"formulas": formulas} if formulas else {}),
        "properties": {name: {"displayName": label} for name, label in _LABELS.items() if name in columns},
        "views": [*shown],
    }
    return "".join(f"{line}\n" for line in _lines(base))


def _lines(tree: _Tree) -> list[str]:
    """YAML as Obsidian writes it: lists indented by two, quotes only where they must be."""
    match tree:
        case str():
            return [block_value(tree)]
        case list():
            parts = [_lines(one) for one in tree]
            return [line for first, *rest in parts for line in (f"- {first}", *(f"  {one}" for one in rest))]
        case _:
            lines = []
            for key, value in tree.items():
                below = _lines(value)
                lines += (
                    [f"{key}: {below[0]}"] if isinstance(value, str) else [f"{key}:", *(f"  {one}" for one in below)]
                )
            return lines
