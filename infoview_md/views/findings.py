"""Findings as lines: one by one for `check`, or together by kind."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from infoview_md.notes.findings import Finding, Severity
from infoview_md.views.lines import Line, Look, Style, counted, line, one_line

__all__ = ["finding_counts", "finding_line", "finding_lines", "hint_line"]

_STYLES: Mapping[Severity, Style] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "muted"}
_WORST_FIRST = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def finding_line(finding: Finding) -> Line:
    """One finding as `path:line: severity CODE message`; what is about a whole file stands on its line 1."""
    where = f"{one_line(finding.path)}:{finding.line or 1}:"
    return line(
        where, " ", (finding.severity.value, _STYLES[finding.severity]), f" {finding.code} {one_line(finding.message)}"
    )


def hint_line(finding: Finding) -> Line:
    """What to do about a finding, indented below it."""
    return line((f"  {one_line(finding.hint)}", "muted"))


def finding_lines(findings: Iterable[Finding], look: Look | None = None, *, most: int | None = None) -> list[Line]:
    """Findings, the errors first, those of one kind together with what to do about them; at most `most` of them."""
    look = look or Look()
    ordered = sorted(
        findings, key=lambda one: (_WORST_FIRST.index(one.severity), one.code, one.hint, one.path, one.line or 0)
    )
    if not ordered:
        return []
    lines = [line((finding_counts(ordered), "heading"))]
    shown = ordered if most is None else ordered[:most]
    for _, group in groupby(shown, key=lambda one: (one.severity, one.code, one.hint)):
        alike = list(group)
        lines += [*map(finding_line, alike), hint_line(alike[0])]
    if len(shown) < len(ordered):
        lines.append(line((f"{look.ellipsis} and {len(ordered) - len(shown):,} more: infoview check", "muted")))
    return lines


def finding_counts(findings: Sequence[Finding]) -> str:
    """How many there are of each severity: `Findings: 1 error, 2 warnings`."""
    numbers = Counter(one.severity for one in findings)
    plurals = {Severity.INFO: "info"}
    counts = (counted(numbers[one], one.value, plurals.get(one, "")) for one in _WORST_FIRST if numbers[one])
    return "Findings: " + ", ".join(counts)
