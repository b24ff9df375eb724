"""The colours of the pictures and the signs that say the same without colour, as values and as CSS.

Text is told from its ground at least as 4.5 to 1, lines and signs as 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from collections.abc import Mapping
from types import MappingProxyType

from infoview_md.views.drawing import STAGE_COLOURS

__all__ = ["DARK", "LIGHT", "SIGNS", "STAGE_COLOURS", "VARIABLES"]

_GROUND = {
    "paper": ("#ffffff", "#0f172a"),
    "ink": ("#111827", "#f1f5f9"),
    "muted": ("#4b5563", "#cbd5e1"),
    "strand": ("#475569", "#94a3b8"),
    "tie": ("#7c8797", "#64748b"),
    "also": ("#b45309", "#f59e0b"),
    "frame": ("#9aa5b4", "#5b6b82"),
    "frame-fill": ("#f3f5f8", "#182338"),
    "me-fill": ("#1e3a8a", "#bfdbfe"),
    "me-ink": ("#ffffff", "#0f172a"),
}
_FAMILIES = {
    "grey": (("#6b7280", "#f3f4f6"), ("#9ca3af", "#1f2937")),
    "yellow": (("#b45309", "#fef3c7"), ("#fbbf24", "#3b2a0a")),
    "red": (("#b91c1c", "#fee2e2"), ("#f87171", "#421717")),
    "blue": (("#1d4ed8", "#dbeafe"), ("#60a5fa", "#172a54")),
    "green": (("#15803d", "#dcfce7"), ("#4ade80", "#0d3320")),
    "violet": (("#6d28d9", "#ede9fe"), ("#a78bfa", "#2c1d54")),
}
"""Line and fill, on light paper and on dark."""


def _variables(dark: int) -> Mapping[str, str]:
    found = {name: pair[dark] for name, pair in _GROUND.items()}
    for stage, family in (*STAGE_COLOURS.items(), ("other", "grey")):
        found[f"stage-{stage}"], found[f"stage-{stage}-fill"] = _FAMILIES[family][dark]
    return MappingProxyType(found)


LIGHT = _variables(0)
DARK = _variables(1)
"""The custom properties by name without dashes: `stage-met` is the line of a stage, `stage-met-fill` its ground."""


def _css(variables: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in variables.items())


VARIABLES = (
    f":root{{color-scheme:light dark;{_css(LIGHT)}}}\n"
    f"@media (prefers-color-scheme:dark){{:root{{{_css(DARK)}}}}}\n"
    f"@media print{{:root{{{_css(LIGHT)}}}}}\n"
)
"""The custom properties as CSS: light, dark where the reader's system asks for it, and light on paper."""

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "grey": "M6 1.5a4.5 4.5 0 1 0 .01 0z",
        "yellow": "M2 1.5h8l-8 9h8z",
        "red": "M2 2l8 8M10 2l-8 8",
        "blue": "M1.5 2.5h9v8h-9zM1.5 5h9M4 1v2.500M8 1v2.500",
        "green": "M1.500 6.500l3 3.500 6-8",
        "violet": "M3.500 2v8M8.500 2v8",
    }
)
"""A drawing for each colour as the path of an SVG, 12 by 12 pixels: ring, hourglass, cross, calendar, tick, pause."""
