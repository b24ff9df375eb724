"""The catalogue's `tpl` cases: a vault's own template, however wrong, makes a good note or none, and says why.

Each template is put into the vault as it stands, as `Templates/Infoview/T.md`: it needs no wrapping, because a template
without `template_path` has a usual place.
"""

import datetime as dt
import faulthandler
import sys
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import frontmatter
import pytest

from infoview_md import ObsidianHandler, Vault
from infoview_md.errors import TemplateError
from tests.bad_inputs.catalogue import cases, check_rows, content, digests
from tests.command_line import infoview

CASES = cases("tpl")
OWN = "Templates/Infoview/T.md"
MADE = "Outreach/2026-11-23 T - Ada.md"


@pytest.fixture(autouse=True)
def hang_guard() -> Iterator[None]:
    """End the run instead of waiting for ever; nothing here takes a second."""
    assert sys.__stderr__ is not None
    faulthandler.dump_traceback_later(120, exit=True, file=sys.__stderr__)
    yield
    faulthandler.cancel_dump_traceback_later()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The template cannot be used: the place of the trouble, what is said, what is advised; and no note is left."""

    line: int = 1
    says: str
    advises: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A note: its properties, read again, and its body."""

    properties: Mapping[str, object] = field(default_factory=dict)
    body: str = ""


OUTCOMES: MappingProxyType[str, Refused | Made] = MappingProxyType(
    {
        "TPL-01": Refused(says="there is no contact.nmae", advises="did you mean contact.name?"),
        "TPL-03": Refused(line=2, says="expected an expression", advises="close what was opened"),
        "TPL-05": Refused(says="range goes over 10,000 numbers", advises="use a smaller one"),
        "TPL-07": Refused(says="there is no filter center", advises="there are date, day"),
        "TPL-09": Refused(
            says="no template is called ../secret", advises="only the bundled templates and your template"
        ),
        "TPL-11": Refused(says="nothing is called cycler here", advises="correct the template"),
        "TPL-13": Made(properties={"name": "x\nstage: accepted", "stage": "sent"}),
        "TPL-15": Made(properties={"name": 'Dwayne "The Rock" J'}),
        "TPL-17": Refused(says="the template is not UTF-8 text: byte 3 is 0xe9", advises="save it as UTF-8"),
        "TPL-19": Made(properties={"a": 1}),
        "TPL-21": Made(body="a\n"),
        "TPL-23": Made(body="see\n[[Ada Lovelace of London]]\ntoday\n"),
    }
)
"""What the catalogue's templates come to; the further ones below reach for the same by other ways."""

FURTHER: MappingProxyType[str, Refused] = MappingProxyType(
    {
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}": Refused(
            says="the template does far too much", advises="use smaller loops"
        ),
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}": Refused(
            says="the template goes round in a circle", advises="what calls itself"
        ),
        "{{ 'x' * 1000000000 }}": Refused(says="the template makes far too much text", advises="cut the text"),
        "{{ 9 ** 9 ** 9 ** 9 }}": Refused(says="a number grows far too large", advises="use smaller numbers"),
        "{{ 'x'.__class__.__mro__ }}": Refused(says="there is no 'x'.__class__", advises="only reach the data"),
        "{{ ''.format.__globals__ }}": Refused(says="there is no ''.format", advises="only reach the data"),
        "a\n{% include '/etc/passwd' %}": Refused(line=2, says="no template is called /etc/passwd", advises="only"),
        "{% extends '../../Me.md' %}": Refused(says="no template is called ../../Me.md", advises="there are T"),
    }
)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    root = tmp_path / "vault"
    infoview("init", str(root), "--set", "name=Imogen Clough")
    infoview("--vault", str(root), "new", "contact", "Ada")
    (root / "Templates/secret.md").write_text("the user's own", encoding="utf-8")
    return Vault(root)


def test_every_case_has_a_row() -> None:
    check_rows("tpl", OUTCOMES)


@pytest.mark.parametrize("case", [name for name, row in OUTCOMES.items() if isinstance(row, Refused)])
def test_a_template_that_cannot_be_used_makes_no_note(case: str, vault: Vault) -> None:
    row = OUTCOMES[case]
    assert isinstance(row, Refused)
    refuse(vault, template_of(case), row)


@pytest.mark.parametrize("template", FURTHER)
def test_nothing_is_reached_by_another_way(template: str, vault: Vault) -> None:
    refuse(vault, template.encode(), FURTHER[template])


@pytest.mark.parametrize("case", [name for name, row in OUTCOMES.items() if isinstance(row, Made)])
def test_a_template_that_can_be_used_makes_a_note_that_parses_back(case: str, vault: Vault) -> None:
    row = OUTCOMES[case]
    assert isinstance(row, Made)
    (vault.root / OWN).write_bytes(template_of(case))
    before = digests(vault.root)
    draft = Vault(vault.root, today=dt.date(2026, 11, 23)).draft("T", "Ada", **CASES[case]["input"]["context"])
    made = vault.create(draft)
    assert digests(vault.root).keys() - before.keys() == {MADE}
    data = (vault.root / made.path).read_bytes()
    assert data.startswith(b"---\n")
    note = frontmatter.loads(data.decode(), handler=ObsidianHandler())
    assert (made.path, dict(note.metadata), data.decode().partition("---\n")[2].partition("---\n")[2]) == (
        MADE,
        row.properties,
        row.body,
    )


def test_the_commands_way_to_the_same_note(vault: Vault) -> None:
    (vault.root / OWN).write_bytes(template_of("TPL-13"))
    answer = infoview("--vault", str(vault.root), "new", "T", "Ada", "--set", "n=x\nstage: accepted")
    assert (answer.status, answer.lines) == (0, [MADE])
    assert frontmatter.load(vault.root / MADE, handler=ObsidianHandler()).metadata == {
        "name": "x\nstage: accepted",
        "stage": "sent",
    }


@pytest.mark.parametrize("case", OUTCOMES)
def test_a_list_of_templates_with_this_one_in_it(case: str, vault: Vault) -> None:
    bundled = infoview("--vault", str(vault.root), "templates").lines
    (vault.root / OWN).write_bytes(template_of(case))
    answer = infoview("--vault", str(vault.root), "templates")
    assert (answer.status, answer.err) == (0, "")
    assert [line.split() for line in answer.lines if line.split()[0] != "T"] == [line.split() for line in bundled]


def template_of(case: str) -> bytes:
    given = CASES[case]["input"]["template"]
    return given.encode() if isinstance(given, str) else content(given)


def refuse(vault: Vault, template: bytes, row: Refused) -> None:
    (vault.root / OWN).write_bytes(template)
    before = digests(vault.root)
    began = time.process_time()
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError) as refused:
            Vault(vault.root).draft("T", "Ada")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert refused.value.message.startswith(f"{OWN}:{row.line}: {row.says}")
    assert row.advises in refused.value.hint
    assert peak < 30_000_000
    assert time.process_time() - began < 20, "seconds of work; a guard against endless work, not a measure"
    answer = infoview("--vault", str(vault.root), "new", "T", "Ada")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith(f"infoview: {refused.value.message}\n")
    assert digests(vault.root) == before
