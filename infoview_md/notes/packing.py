"""Findings as JSON has them and back, for what is kept between commands. Loaded apart from the readings."""

from typing import Any

from infoview_md.notes.findings import Finding, Severity

__all__ = ["Packed", "pack_finding", "unpack_finding"]

Packed = Any
"""What JSON can hold."""


def pack_finding(one: Finding, path: str = "") -> Packed:
    """A finding as a list; `path` is where it is taken to be when it says nothing else."""
    other = one.path if one.path != path else None
    return [one.code, one.severity, one.line, one.property, one.message, one.hint, other]


def unpack_finding(kept: Packed, path: str = "") -> Finding:
    """The finding that was packed with the same `path`."""
    code, severity, line, name, message, hint, other = kept
    return Finding(
        code=code,
        severity=_SEVERITIES[severity],
        path=path if other is None else other,
        line=line,
        property=name,
        message=message,
        hint=hint,
    )


_SEVERITIES = {str(one): one for one in Severity}
