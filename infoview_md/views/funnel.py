"""The funnel as lines: two for the report, and a table for those who want to know."""

from collections.abc import Mapping

from infoview_md.agenda.funnel import Counts, Funnel
from infoview_md.views.lines import Line, counted, line

__all__ = ["funnel_brief", "funnel_lines"]

_WORDS: Mapping[str, str] = {
    "connection": "through a connection",
    "email": "by e-mail",
    "linkedin": "by LinkedIn",
    "phone": "by phone",
    "referred": "referred",
}
_COLUMNS = ("asked", "answered", "said yes", "interviews", "referrals", "days to a reply")


def funnel_brief(funnel: Funnel | None) -> tuple[Line, ...]:
    """One line with the sums, and one that compares how contacts were found; nothing when nobody was asked."""
    if funnel is None or not funnel.total.asked:
        return ()
    total = funnel.total
    sums = f"{total.asked:,} asked, {total.replied:,} answered, {total.accepted:,} said yes"
    results = f"{counted(total.interviews, 'interview')}, {counted(total.referrals, 'referral')}"
    lines = [line(f"{sums}; {results}", (_pace(total), "muted"))]
    sources = [
        f"{_WORDS.get(name, name)} {row.accepted:,} of {row.asked:,}"
        for name, row in funnel.by_source.items()
        if row.asked
    ]
    if len(sources) > 1:
        lines.append(line((f"  said yes: {', '.join(sources)}", "muted")))
    return tuple(lines)


def funnel_lines(funnel: Funnel) -> tuple[Line, ...]:
    """The whole table; rows that would be empty are left out."""
    sections = (
        ("By channel of the first request", funnel.by_channel),
        ("By how you found them", funnel.by_source),
    )
    if funnel.total == Counts():
        return (line("Nobody has been asked yet. Begin with: ", ("infoview due", "strong")),)
    names = [_WORDS.get(name, name) for _, rows in sections for name in rows]
    margin = max(map(len, (*names, "all")))
    lines = [
        line(("  ".join(("  " + " " * margin, *_COLUMNS)), "muted")),
        line(("  " + "all".ljust(margin), "strong"), _cells(funnel.total)),
    ]
    for heading, rows in sections:
        lines += [line(), line((heading, "heading"))] if rows else []
        lines += [line(f"  {_WORDS.get(name, name).ljust(margin)}", _cells(row)) for name, row in rows.items()]
    return tuple(lines)


def _cells(row: Counts) -> str:
    numbers = (row.asked, row.replied, row.accepted, row.interviews, row.referrals)
    cells = [*(f"{number:,}" for number in numbers), _days(row.days_to_reply) or "-"]
    return "".join(f"  {cell:>{len(head)}}" for cell, head in zip(cells, _COLUMNS, strict=True))


def _pace(row: Counts) -> str:
    if row.days_to_reply is None:
        return ""
    return f"; a reply takes {_days(row.days_to_reply)} {'day' if row.days_to_reply == 1 else 'days'}"


def _days(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
