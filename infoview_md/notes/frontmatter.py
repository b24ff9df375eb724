"""The properties of a note, read as Obsidian reads them: the only room that knows YAML.

Obsidian reads YAML 1.2 core with the npm package `yaml` 2.7.0; PyYAML speaks YAML 1.1. So every scalar is taken as text
here, and its value follows the 1.2 core schema (see `nodes`). The parser's events are read one by one, with limits on
size, depth and aliases, because a deeply nested text kills the process inside the C parser's recursion.
"""

import re
from bisect import bisect_right
from dataclasses import replace
from typing import cast

import yaml
from frontmatter.default_handlers import YAMLHandler

from infoview_md.errors import UsageError
from infoview_md.notes import fences
from infoview_md.notes.complaints import advice, began_earlier, in_plain_words, is_about_an_escape
from infoview_md.notes.dialects import swap
from infoview_md.notes.findings import Finding, Severity, finding
from infoview_md.notes.nodes import (
    NULL,
    Block,
    Keyed,
    Node,
    Property,
    Scalar,
    Sequence,
    is_number,
    is_too_long_number,
    plain_value,
)
from infoview_md.notes.records import Value

__all__ = ["Block", "Keyed", "Node", "ObsidianHandler", "Property", "Scalar", "Sequence", "plain_value", "read_block"]

MAX_BLOCK = 100_000
"""Characters. The largest block seen in the wild was under 20,000."""
MAX_DEPTH = 50
MAX_WEIGHT = 20_000
"""Nodes after aliases are written out; a long text weighs more than one."""

_Parser: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE_TAG = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({"!", *(_CORE_TAG + kind for kind in ("str", "int", "float", "bool", "null", "seq", "map"))})
_PLAIN_SCALARS = frozenset({None, *(_CORE_TAG + kind for kind in ("int", "bool", "null"))})
_NOT_TEXT_KEYS = frozenset({"on", "off", "yes", "no", "true", "false", "null", "~", ""})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WIKILINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_NBSP_AFTER_COLON = re.compile(r"^[^\s:#]+:\u00a0", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]+(#[^\s#][^\n]*)")
_TEMPLATE = re.compile(r"\{\{.{0,300}?\}\}|<%.{0,300}?%>|\{%.{0,300}?%\}")
_TOO_DEEP = re.compile(rf"[\[{{](?:\s*[\[{{]){{{MAX_DEPTH}}}")


class _UnreadableError(Exception):
    """Ends the reading of one block, carrying its finding; never leaves this module."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.message)
        self.found = found


def read_block(block: str, path: str = "", first_line: int = 2) -> Block:
    """Read the text between the fences, whose first line is line `first_line` of the note at `path`.

    Never raises on any text and needs time and memory in proportion to its length.
    """
    reader = _BlockReader(block, path, first_line)
    try:
        properties = reader.read()
    except _UnreadableError as unreadable:
        return Block((), (*reader.findings, unreadable.found), readable=False)
    return Block(properties, tuple(reader.findings))


class _BlockReader:
    """Reads one block, event by event. Lives for one call of `read_block`."""

    def __init__(self, block: str, path: str, first_line: int) -> None:
        self.block = block
        self.path = path
        self.first_line = first_line
        self.findings: list[Finding] = []
        self.line_feeds = [match.start() for match in re.finditer("\n", block)]
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.open_anchors: list[str] = []
        self.first_anchor: int | None = None
        self.weight = 0
        self.name: str | None = None

    def read(self) -> tuple[Property, ...]:
        self._refuse_early()
        self.swapped = swap(self.block)
        parser = _Parser(self.swapped.text)
        try:
            self.events = iter(parser.get_event, None)
            return self._document()
        except yaml.MarkedYAMLError as error:
            raise _UnreadableError(self._syntax_finding(error)) from error
        except yaml.YAMLError as error:
            raise _UnreadableError(self._syntax(self.first_line, str(error).split("\n", 1)[0])) from error
        finally:
            parser.dispose()

    # What is refused before the parser sees the text

    def _refuse_early(self) -> None:
        if len(self.block) > MAX_BLOCK:
            if deep := _TOO_DEEP.search(self.block, 0, MAX_BLOCK):
                raise self._unreadable("yaml-depth", self._line(deep.start()), limit=MAX_DEPTH)
            raise self._unreadable("fm-too-large", self.first_line - 1, limit=MAX_BLOCK)
        if control := _CONTROL.search(self.block):
            name = f"U+{ord(control[0]):04X}"
            raise self._unreadable("control-char", self._line(control.start()), char=name)
        if marker := re.search(r"^(<{7}|>{7}) ", self.block, re.MULTILINE):
            line = self._line(marker.start())
            raise _UnreadableError(finding("conflict-markers", self.path, line, severity=Severity.ERROR))

    # From events to properties

    def _document(self) -> tuple[Property, ...]:
        next(self.events)  # the stream's start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return ()
        event = next(self.events)
        if not isinstance(event, yaml.MappingStartEvent):
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0] and event.value in NULL:
                return ()
            raise self._not_a_mapping(event)
        properties = self._properties(event)
        next(self.events)  # the document's end
        if isinstance(after := next(self.events), yaml.DocumentStartEvent):
            raise _UnreadableError(self._syntax(self._line(_start(after)), "a second document begins here"))
        return properties

    def _properties(self, start: yaml.MappingStartEvent) -> tuple[Property, ...]:
        if start.anchor:
            self.open_anchors.append(start.anchor)
            self.first_anchor = self._line(_start(start))
        properties: dict[str, Property] = {}
        twice: set[str] = set()
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self.name = None
            key = self._node(event, 1)
            self.name = key.text if isinstance(key, Scalar) else None
            value = self._value(next(self.events), 1)
            if not isinstance(key, Scalar):
                self._odd_key(key)
                continue
            if key.plain:
                self._doubt_key(key)
            if key.text in properties:
                self._stands_twice(key.text, properties[key.text].line, key.line)
                twice.add(key.text)
            else:
                properties[key.text] = Property(key.text, key.line, value)
                self._doubt_value(value)
        return tuple(one for name, one in properties.items() if name not in twice)

    def _value(self, event: yaml.Event, depth: int) -> Node:
        node = self._node(event, depth)
        return node if isinstance(node, Scalar) else self._as_written(node)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event)
        event = cast("yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent", event)
        line = self._line(_start(event))
        if depth > MAX_DEPTH:
            raise self._unreadable("yaml-depth", line, limit=MAX_DEPTH)
        before = self.weight
        self.weight += 1
        if event.anchor and self.first_anchor is None:
            self.first_anchor = line
        self.open_anchors.append(event.anchor or "")
        self._doubt_tag(event.tag, line)
        node = self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._collection(event, depth)
        self.open_anchors.pop()
        if event.anchor:
            self.anchors[event.anchor] = (node, self.weight - before)
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = self.swapped.back(event.value, event.style)
        self.weight += len(text) // 100
        plain = not event.style and event.tag in _PLAIN_SCALARS
        if not event.style and "#" in self.block and (comment := _COMMENT.match(self.block, _end(event))):
            self._report("yaml-comment", self._line(_end(event)), value=comment[1].rstrip())
        return Scalar(text, self._line(_start(event)), plain, (_start(event), _end(event)))

    def _collection(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent, depth: int) -> Node:
        start = _start(event)
        line = self._line(start)
        if isinstance(event, yaml.SequenceStartEvent):
            members: list[Node] = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                members.append(self._value(inner, depth + 1))
            return Sequence(tuple(members), line, (start, _end(inner)))
        entries: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(inner := next(self.events), yaml.MappingEndEvent):
            key = self._node(inner, depth + 1)
            name = key.text if isinstance(key, Scalar) else self._source(key)
            if name in lines:
                self._stands_twice(name, lines[name], key.line)
            lines[name] = key.line
            entries[name] = self._value(next(self.events), depth + 1)
        return Keyed(tuple(entries.items()), line, (start, _end(inner)))

    def _aliased(self, event: yaml.AliasEvent) -> Node:
        """The node an alias stands for, in the alias's own place."""
        name, line = event.anchor or "", self._line(_start(event))
        if name in self.open_anchors:
            raise self._unreadable("yaml-alias", self.first_anchor or line)
        if name not in self.anchors:
            raise _UnreadableError(self._syntax(line, f"*{name} stands for a value that is nowhere"))
        node, weight = self.anchors[name]
        self.weight += weight
        if self.weight > MAX_WEIGHT:
            raise self._unreadable("yaml-alias", self.first_anchor or line)
        return replace(node, line=line, span=(_start(event), _end(event)))

    def _as_written(self, node: Sequence | Keyed) -> Node:
        """Read `[[Ada]]` without quotes as the link it was meant to be, and `{{ x }}` as the template it is."""
        source = self._source(node)
        if isinstance(node, Sequence) and _WIKILINK.fullmatch(source):
            self._report("link-unquoted", node.line, value=source)
            return Scalar(source, node.line, plain=False, span=node.span)
        if isinstance(node, Keyed) and source.startswith("{{"):
            self._report("template-in-note", node.line, value=source)
            return Scalar("", node.line, plain=True, span=node.span)
        return node

    # What is doubtful but readable

    def _odd_key(self, key: Node) -> None:
        if self._source(key).startswith("{"):
            self._report("template-in-note", key.line, value=self._source(key))
        else:
            self._report("fm-key-type", key.line, name=self._source(key))

    def _doubt_key(self, key: Scalar) -> None:
        if key.text.lower() in _NOT_TEXT_KEYS or is_number(key.text):
            self._report("fm-key-type", key.line, name=key.text or "an empty name")

    def _doubt_value(self, value: Node) -> None:
        if not isinstance(value, Scalar):
            return
        if value.plain and is_too_long_number(value.text):
            self._report("yaml-number", value.line, digits=len(value.text))
        if _TEMPLATE.search(value.text):
            self._report("template-in-note", value.line, value=_short(value.text))

    def _doubt_tag(self, tag: str | None, line: int) -> None:
        if tag and tag not in _PLAIN_TAGS:
            shown = "!!" + tag.removeprefix(_CORE_TAG) if tag.startswith(_CORE_TAG) else tag
            severity = None if tag.startswith(_CORE_TAG) else Severity.ERROR
            self._report("yaml-tag", line, severity, tag=shown)

    def _stands_twice(self, name: str, first: int, second: int) -> None:
        self._report("dup-key", second, name=name, first=first, second=second)

    # What ends the reading

    def _not_a_mapping(self, event: yaml.Event) -> _UnreadableError:
        if nbsp := _NBSP_AFTER_COLON.search(self.block):
            return self._unreadable("yaml-nbsp", self._line(nbsp.start()))
        what = "a list" if isinstance(event, yaml.SequenceStartEvent) else "plain text"
        return self._unreadable("fm-not-mapping", self._line(_start(event)), what=what)

    def _syntax_finding(self, error: yaml.MarkedYAMLError) -> Finding:
        problem = error.problem or "it is no YAML"
        mark = error.problem_mark or error.context_mark
        if error.context_mark is not None and began_earlier(problem):
            mark = error.context_mark
        at = min(mark.index if mark else 0, max(len(self.block) - 1, 0))
        line = self._line(at)
        text = self._line_text(line)
        if is_about_an_escape(problem):
            return finding("bad-escape", self.path, line, problem=in_plain_words(problem))
        if _TEMPLATE.search(text):
            return finding("template-in-note", self.path, line, severity=Severity.ERROR, value=_short(text.strip()))
        if _NBSP_AFTER_COLON.match(text):
            return finding("yaml-nbsp", self.path, line)
        if self.block[at : at + 1] == "\t":
            problem = "found a tab character"
        return self._syntax(line, in_plain_words(problem))

    def _syntax(self, line: int, problem: str) -> Finding:
        return finding("yaml-syntax", self.path, line, problem=problem, advice=advice(self._line_text(line)))

    def _unreadable(self, code: str, line: int, **words: object) -> _UnreadableError:
        return _UnreadableError(finding(code, self.path, line, severity=None, property_name=self.name, **words))

    def _report(self, code: str, line: int, severity: Severity | None = None, **words: object) -> None:
        found = finding(code, self.path, line, severity=severity, property_name=self.name, **words)
        self.findings.append(found)

    # Where things stand

    def _line(self, index: int) -> int:
        return self.first_line + bisect_right(self.line_feeds, index - 1)

    def _line_text(self, line: int) -> str:
        number = line - self.first_line
        start = self.line_feeds[number - 1] + 1 if number > 0 else 0
        return self.block[start : self.line_feeds[number] if number < len(self.line_feeds) else len(self.block)]

    def _source(self, node: Node) -> str:
        return self.block[node.span[0] : node.span[1]]


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark else 0


def _short(text: str, width: int = 60) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


class ObsidianHandler(YAMLHandler):
    """A python-frontmatter handler that sees what Obsidian sees: `frontmatter.load(path, handler=ObsidianHandler())`.

    `load` gives plain values under YAML 1.2 core (dates and times stay text) and raises UsageError, with the line,
    where the properties cannot be read.
    """

    FM_BOUNDARY = fences.CLOSING

    def detect(self, text: str) -> bool:
        """Whether the text begins with properties."""
        return fences.split(_without_bom(text)).block is not None

    def split(self, text: str) -> tuple[str, str]:
        """Take the text apart into the block and the body."""
        parts = fences.split(_without_bom(text))
        return parts.block or "", parts.body

    def load(self, fm: str, **_: object) -> dict[str, object]:
        """Read a block; lists are lists here, as others expect them."""
        block = read_block(fm)
        if not block.readable:
            worst = block.findings[-1]
            raise UsageError(f"line {worst.line}: {worst.message}", worst.hint)
        return {one.name: _with_lists(plain_value(one.value)) for one in block.properties}


def _with_lists(value: Value) -> object:
    match value:
        case tuple():
            return [_with_lists(member) for member in value]
        case dict():
            return {key: _with_lists(member) for key, member in value.items()}
        case _:
            return value


def _without_bom(text: str) -> str:
    return text.removeprefix("\ufeff")
