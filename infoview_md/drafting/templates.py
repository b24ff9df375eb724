"""The templates there are: the bundled ones, the user's own in front of them, and what each one says.

Texts come in as values, so nothing outside of the two folders can be reached, however a template is named.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal

from infoview_md.drafting.troubles import Source
from infoview_md.errors import TemplateError, UnknownError
from infoview_md.notes import fences
from infoview_md.notes.findings import Severity
from infoview_md.notes.frontmatter import Scalar, Sequence, plain_value, read_block
from infoview_md.notes.records import Value
from infoview_md.notes.text import fold, visible

__all__ = ["QUESTIONS", "TemplateInfo", "TemplateProperty", "TemplateSet", "TemplateText"]

QUESTIONS = "Questions.md"
"""The question bank stands among the templates and is none."""
_BUNDLED = "bundled"
_SUFFIX = ".md"
_SUMMARY = "template_summary"
_EXTENDS = re.compile(r"\s*(?>\{#.*?#\}\s*)*+\{%[-+]?\s*extends\s+([\"'])(?P<name>[^\"'\n]*)\1\s*[-+]?%\}", re.DOTALL)
# A value that begins with braces is a mapping to YAML and an expression to everybody else.
_BARE_VALUE = re.compile(r"(?P<before>(?:\"[^\"]*\"|'[^']*'|[^\s:#\"'\[{-][^:]*):[ \t]+)(?P<value>\{[{%].*)")
_BARE_MEMBER = re.compile(r"(?P<before>[ \t]*-[ \t]+)(?P<value>\{[{%].*)")
_OPEN_LIST = re.compile(r"[^:]+:[ \t]*(?:#.*)?")
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_UNCLEAR = re.compile(r"\{[{%]|[}%]\}|\s#")
_QUOTE_IT = 'put the value in quotes: name: "{{ ... }}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInfo:
    """One line of the list of templates; `problem` says why the summary is not there."""

    name: str
    summary: str
    origin: Literal["bundled", "own"]
    path: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateProperty:
    """One property of a template: its value before rendering, its line, and the file that it stands in."""

    name: str
    value: Value
    line: int
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """One template, taken apart. `extends` is the name of the template that it changes, or None."""

    where: str
    origin: Literal["bundled", "own"]
    properties: Mapping[str, TemplateProperty]
    body: str
    body_line: int
    extends: str | None

    @property
    def source(self) -> Source:
        """The body, for the sandbox."""
        return Source(self.where, self.body, self.body_line)


@dataclass(frozen=True, slots=True)
class TemplateSet:
    """The bundled templates and the user's own: file name (with `/` below a folder) to bytes.

    `own_folder` is where the user's own are, in the vault; it is only shown.
    """

    bundled: Mapping[str, bytes]
    own: Mapping[str, bytes] = field(default_factory=dict)
    own_folder: str = "Templates/Infoview"

    def names(self) -> tuple[TemplateInfo, ...]:
        """Every template from which a note can be made, by name; a template that cannot be read is listed too."""
        infos = {fold(name): self._info(name) for name in (*self.bundled, *self.own) if _is_template(name)}
        return tuple(info for key in sorted(infos) if (info := infos[key]) is not None)

    def text(self, name: str) -> str:
        """A template's whole text, as it would be copied into the vault. Raises UnknownError, TemplateError."""
        found = self._find(name)
        if found is None:
            raise self._unknown(name)
        return _decoded(*found[:2])

    def read(self, name: str) -> TemplateText:
        """Take the template called `name` apart. Raises UnknownError, or TemplateError when it cannot be read."""
        found = self._find(name)
        if found is None:
            raise self._unknown(name)
        return _read(*found)

    def troubles(self, name: str) -> tuple[TemplateError, ...]:
        """Everything for which the template called `name` cannot be read, where `read` raises the first."""
        found = self._find(name)
        if found is None:
            raise self._unknown(name)
        where, data, _ = found
        try:
            parts = _parts(where, data)
        except TemplateError as error:
            return (error,)
        return tuple(_property_troubles(where, parts.block or ""))

    def source(self, name: str) -> Source | None:
        """The body of a template that another one extends or includes; None when there is none of that name."""
        found = self._find(name)
        return _read(*found).source if found else None

    def inherited(self, name: str) -> Mapping[str, TemplateProperty]:
        """The properties of a template on top of those of the templates that it extends; its own win, empty or not."""
        chain: list[TemplateText] = []
        text = self.read(name)
        while True:
            if any(text.where == earlier.where for earlier in chain):
                message = f"{text.where}:{text.body_line}: the template extends itself"
                raise TemplateError(message, f'to build on the bundled one, write {{% extends "{_BUNDLED}/{name}" %}}')
            chain.append(text)
            if text.extends is None:
                break
            if self._find(text.extends) is None:
                unknown = self._unknown(text.extends)
                raise TemplateError(f"{text.where}:{text.body_line}: {unknown.message}", unknown.hint)
            text = self.read(text.extends)
        merged: dict[str, TemplateProperty] = {}
        for one in reversed(chain):
            merged.update(one.properties)
        return MappingProxyType(merged)

    def type_of(self, name: str) -> str | None:
        """The type of the notes that a template makes. Raises UnknownError, TemplateError."""
        given = self.inherited(name).get("type")
        return given.value if given and isinstance(given.value, str) else None

    def _find(self, name: str) -> tuple[str, bytes, Literal["bundled", "own"]] | None:
        folder, slash, rest = name.partition("/")
        if slash and fold(folder) == _BUNDLED:
            return self._in(self.bundled, rest, "bundled")
        return self._in(self.own, name, "own") or self._in(self.bundled, name, "bundled")

    def _in(
        self, texts: Mapping[str, bytes], name: str, origin: Literal["bundled", "own"]
    ) -> tuple[str, bytes, Literal["bundled", "own"]] | None:
        wanted = _key(name)
        for file, data in texts.items():
            if _key(file) == wanted:
                return f"{_BUNDLED if origin == 'bundled' else self.own_folder}/{file}", data, origin
        return None

    def _info(self, name: str) -> TemplateInfo | None:
        shown = _stem(unicodedata.normalize("NFC", name))
        where, _, origin = self._find(name) or (name, b"", "own")
        try:
            properties = self.inherited(name)
        except TemplateError as error:
            return TemplateInfo(name=shown, summary="", origin=origin, path=where, problem=error.message)
        except UnknownError as error:
            return TemplateInfo(name=shown, summary="", origin=origin, path=where, problem=error.message)
        if not properties:
            return None  # a part of others, made to be included
        summary = properties.get(_SUMMARY)
        text = str(summary.value) if summary and summary.value is not None else ""
        return TemplateInfo(name=shown, summary=text, origin=origin, path=where)

    def _unknown(self, name: str) -> UnknownError:
        folder, slash, rest = name.partition("/")
        name = rest if slash and fold(folder) == _BUNDLED else name
        known = sorted({_stem(file) for file in (*self.bundled, *self.own) if _is_template(file)})
        nearest = get_close_matches(_stem(name), known, n=1)
        hint = f"did you mean {nearest[0]}?" if nearest else "there are " + ", ".join(known)
        return UnknownError(f"no template is called {visible(name)}", hint)


def _is_template(name: str) -> bool:
    return _key(name) != _key(QUESTIONS) and name.lower().endswith(_SUFFIX)


def _stem(name: str) -> str:
    return name[: -len(_SUFFIX)] if name.lower().endswith(_SUFFIX) else name


def _key(name: str) -> str:
    return fold(_stem(name.strip()))


def _parts(where: str, data: bytes) -> fences.Split:
    parts = fences.split(_decoded(where, data))
    trouble = next((one for one in parts.findings if one.code != "empty-note"), None)
    if trouble is not None:
        raise TemplateError(f"{where}:{trouble.line}: {trouble.message}", trouble.hint)
    return parts


def _read(where: str, data: bytes, origin: Literal["bundled", "own"]) -> TemplateText:
    parts = _parts(where, data)
    properties = _properties(where, parts.block) if parts.block is not None else {}
    extends = _EXTENDS.match(parts.body)
    return TemplateText(
        where=where,
        origin=origin,
        properties=MappingProxyType(properties),
        body=parts.body,
        body_line=parts.body_line,
        extends=extends["name"] if extends else None,
    )


def _decoded(where: str, data: bytes) -> str:
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        message = f"{where}:{line}: the template is not UTF-8 text: byte {at} is 0x{error.object[error.start]:02x}"
        raise TemplateError(message, "save it as UTF-8 in your editor") from error
    return text.replace("\r\n", "\n")


def _properties(where: str, block: str) -> dict[str, TemplateProperty]:
    for error in _property_troubles(where, block):
        raise error
    return {
        one.name: TemplateProperty(name=one.name, value=plain_value(one.value), line=one.line, where=where)
        for one in read_block(_with_quotes(where, block), where).properties
    }


def _property_troubles(where: str, block: str) -> Iterator[TemplateError]:
    try:
        read = read_block(_with_quotes(where, block), where)
    except TemplateError as error:
        yield error
        return
    for trouble in read.findings:
        if trouble.severity is Severity.ERROR or not read.readable:
            hint = _QUOTE_IT if trouble.code == "template-in-note" else trouble.hint
            yield TemplateError(f"{where}:{trouble.line}: {trouble.message}", hint)
    for one in read.properties:
        for member in one.value.members if isinstance(one.value, Sequence) else (one.value,):
            if not isinstance(member, Scalar) or _is_swallowed(member):
                message = f"{where}:{member.line}: {visible(one.name)} is neither a text nor a list of texts"
                yield TemplateError(message, _QUOTE_IT)


def _is_swallowed(scalar: Scalar) -> bool:
    """Whether the reader of notes has taken a mapping like `{{ name }}` for nothing."""
    return scalar.plain and not scalar.text and scalar.span[1] > scalar.span[0]


def _with_quotes(where: str, block: str) -> str:
    """Put `name: {{ name }}` in quotes, before YAML sees it."""
    lines: list[str] = []
    in_list = False
    for number, line in enumerate(block.split("\n"), 2):
        bare = _BARE_VALUE.fullmatch(line) or (_BARE_MEMBER.fullmatch(line) if in_list else None)
        if bare and _UNCLEAR.search(_EXPRESSION.sub("", bare["value"].rstrip())):
            raise TemplateError(f"{where}:{number}: it is not clear where this value ends", _QUOTE_IT)
        if line.startswith(("{{", "{%")):
            raise TemplateError(f"{where}:{number}: a property's name cannot be made by the template", "write the name")
        if line[:1] not in {"", " ", "\t", "-", "#"}:
            in_list = _OPEN_LIST.fullmatch(line) is not None
        lines.append(bare["before"] + _double_quoted(bare["value"].rstrip()) if bare else line)
    return "\n".join(lines)


def _double_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
