"""Prints the parts of the docs that come from the code's own tables; run by cog inside the pages (`make docs`)."""

from collections.abc import Iterable

from click.testing import CliRunner

from infoview_md.agenda.news import KINDS
from infoview_md.agenda.stages import STAGES
from infoview_md.cli import infoview
from infoview_md.cli.frame import COMMANDS
from infoview_md.disk.hearing import deafnesses
from infoview_md.disk.supervising import TROUBLES
from infoview_md.drafting.filters import FILTERS
from infoview_md.drafting.names import FUNCTIONS, NAMES
from infoview_md.drafting.proofreading import CHECKS
from infoview_md.network.warmth import WARMTH
from infoview_md.notes.findings import CODES
from infoview_md.notes.properties import PROPERTIES, SETTINGS, SYNONYMS, TYPES


def types() -> None:
    """The note types with their properties."""
    _head("type", "what it is", "properties")
    for name, row in TYPES.items():
        properties = ", ".join(f"**{one}**" if one in row.required else one for one in row.properties)
        _row(f"`{name}`", row.meaning, properties)


def properties() -> None:
    """The properties with their kinds."""
    _head("property", "value", "meaning")
    for name, row in PROPERTIES.items():
        kind = " or ".join(f"`{one}`" for one in row.choices) or row.kind
        _row(f"`{name}`", kind, row.meaning)


def synonyms() -> None:
    """Other tools' names for our properties."""
    _head("type", "property", "also read as")
    for type_name, rows in SYNONYMS.items():
        for name, others in rows.items():
            _row(type_name, f"`{name}`", ", ".join(f"`{one}`" for one in others))


def settings() -> None:
    """The settings of Me.md."""
    _head("setting", "default", "unit", "meaning", "why")
    for name, row in SETTINGS.items():
        _row(f"`{name}`", str(row.default or ""), row.unit, row.meaning, row.reason)


def stages() -> None:
    """The stages, in order."""
    _head("stage", "what it means")
    for name, row in STAGES.items():
        _row(f"`{name}`", row.meaning)


def findings() -> None:
    """All finding codes."""
    _head("code", "severity", "what it says", "what to do")
    for code, row in sorted(CODES.items()):
        _row(f"`{code}`", row.severity.value, _braces(row.message), _braces(row.hint))


def checks() -> None:
    """The findings of proofreading, in the order of a letter; they stand in the table of all findings too."""
    print("The codes are " + ", ".join(f"`{code}`" for code in CHECKS) + ".")


def commands() -> None:
    """Every command's help, as it prints it."""
    for name in COMMANDS:
        print(f"\n## {name}\n\n```text\n{_help(name)}```")


def warmth() -> None:
    """The steps of a chain of introductions."""
    _head("step", "means", "cold", "why")
    for kind, row in WARMTH.items():
        _row(f"`{kind}`", row.meaning, str(row.cost), row.why)


def news() -> None:
    """The kinds of news, in the order in which they are told."""
    _head("kind", "what it tells")
    for name, row in KINDS.items():
        _row(f"`{name}`", row.meaning)


def troubles() -> None:
    """What is said of the watch itself."""
    _head("it says", "it means", "what to do")
    known_then = {"root": "‹vault›", "now_at": "‹new name›", "why": "‹reason›"}
    _rows((row.says.format(**known_then), row.means, row.do) for row in TROUBLES.values())


def polling() -> None:
    """Why a vault is looked at every few seconds."""
    _head("because", "what to do", "listening is tried again")
    for row in deafnesses("‹kind›", "‹reason›"):
        _row(row.because, row.advice, "every five minutes" if row.passing else "no")


def template_names() -> None:
    """What a template may name."""
    _head("name", "has")
    for name, parts in NAMES.items():
        _row(f"`{name}`", ", ".join(f"`{one}`" for one in parts))


def template_functions() -> None:
    """What a template may call."""
    _head("function", "what it gives")
    _rows((f"`{name}`", meaning) for name, meaning in FUNCTIONS.items())


def template_filters() -> None:
    """What a template may put behind a bar."""
    _head("filter", "what it does")
    _rows((f"`{name}`", row.meaning) for name, row in FILTERS.items())


def _help(name: str) -> str:
    return CliRunner(env={"COLUMNS": "90"}).invoke(infoview, [name, "--help"], prog_name="infoview").output


def _braces(text: str) -> str:
    return text.replace("{", "‹").replace("}", "›").replace(":,", "")


def _rows(rows: Iterable[tuple[str, ...]]) -> None:
    for row in rows:
        _row(*row)


def _head(*cells: str) -> None:
    _row(*cells)
    print("|" + " --- |" * len(cells))


def _row(*cells: str) -> None:
    print("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
