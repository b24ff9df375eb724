"""From a template and its names to a draft: a whole note, not yet written anywhere.

The properties are values until the last moment and are written as YAML in one place, so that no name in a note can
become another property; the finished note is read again and must say the same.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

from infoview_md.drafting.answered import Asked
from infoview_md.drafting.filters import as_list, as_text
from infoview_md.drafting.guards import Function, harmless
from infoview_md.drafting.limits import RefusedError
from infoview_md.drafting.names import (
    FIXED,
    NAMES,
    complete_context,
    plain_answers,
    property_answer,
    property_value,
)
from infoview_md.drafting.questions import QuestionBank, question_key, timing
from infoview_md.drafting.sandbox import Sandbox
from infoview_md.drafting.templates import TemplateProperty, TemplateSet
from infoview_md.drafting.troubles import Source
from infoview_md.errors import InfoviewError, TemplateError, UsageError
from infoview_md.notes import fences
from infoview_md.notes.filenames import file_name, is_name, vault_path, without_slashes
from infoview_md.notes.frontmatter import MAX_BLOCK, plain_value, read_block
from infoview_md.notes.properties import SETTINGS, TYPES
from infoview_md.notes.reading import fill_ins_in
from infoview_md.notes.records import FillIn, Moment, Value
from infoview_md.notes.writing import PropertyValue, write_block

__all__ = ["Draft", "Rendering", "fill_in", "render"]

_OURS = "template_"
_PATH = "template_path"
_USUAL_FOLDER = "Outreach"
_FILL_IN_PROPERTIES = frozenset({"subject"})
"""Only here does an unfinished property do no harm: a date, an address or a link must be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A note that a template has made: where it belongs, what it says, and which spots only the user can fill.

    `properties` are in order, lists are tuples; `text` is the whole note and ends with a line feed.
    """

    template: str
    path: str
    type: str | None
    properties: Mapping[str, PropertyValue]
    text: str
    fill_ins: tuple[FillIn, ...]


def fill_in(prompt: str) -> str:
    """A fill-in as it stands in a note."""
    words = " ".join(prompt.split()).replace("==", "=")
    return f"==✎ {words.strip('=') or 'something of your own'}=="


def render(  # noqa: PLR0913 - what a draft is made from
    templates: TemplateSet,
    name: str,
    context: Mapping[str, object],
    answers: Mapping[str, object] | None = None,
    *,
    bank: QuestionBank | None = None,
    asked: Asked | None = None,
) -> Draft:
    """Make a draft from the template called `name`.

    `context` holds the names of `infoview_md.drafting.names.NAMES`, any of them absent. `answers` are what the user
    gives besides: they answer fill-ins, set properties and are names in the template. Of the questions in the `bank`,
    those that `asked` says they have answered are left out. Raises UnknownError for a template that is not there,
    TemplateError, and UsageError for a bad name or an answer that nothing asks for.
    """
    return Rendering(templates, name, context, answers, bank=bank, asked=asked).draft()


class Rendering:
    """One draft in the making; its parts can be made one by one, to look for faults in each."""

    sandbox_class: type[Sandbox] = Sandbox

    def __init__(  # noqa: PLR0913 - what a draft is made from
        self,
        templates: TemplateSet,
        name: str,
        context: Mapping[str, object],
        answers: Mapping[str, object] | None = None,
        *,
        bank: QuestionBank | None = None,
        asked: Asked | None = None,
    ) -> None:
        self.templates = templates
        self.name = name
        self.answers = dict(answers or {})
        self.asked = asked or Asked()
        self.bank = (bank or QuestionBank()).without(self.asked.by_them)
        self.properties = templates.inherited(name)
        self.spot: str | None = None
        self._check_answers()
        names = complete_context(context)
        names |= {key: value for key, value in plain_answers(self.answers).items() if key not in NAMES}
        names |= {one.name: one for one in self._functions()}
        self.sandbox = self.sandbox_class(names, templates.source)

    def draft(self) -> Draft:
        """The whole note."""
        path = self.path()
        properties = self._properties()
        body = self.sandbox.body(self.name)
        self._check_asked(properties)
        text = self._note(properties, body)
        given = properties.get("type")
        return Draft(
            template=self.name,
            path=path,
            type=given if isinstance(given, str) else None,
            properties=MappingProxyType(properties),
            text=text,
            fill_ins=fill_ins_in(text),
        )

    # The parts of the note

    def path(self) -> str:
        """Where the note goes."""
        made_from = self.properties.get(_PATH)
        if made_from is None:
            return self._usual_path()
        if not isinstance(made_from.value, str):
            message = f"{made_from.where}:{made_from.line}: {_PATH} is not a path"
            raise TemplateError(message, 'write one like "Outreach/{{ today }} {{ contact.name }}.md"')
        self.sandbox.guards.in_path = True
        try:
            path = self._evaluated(made_from, made_from.value, made_from.line)
        finally:
            self.sandbox.guards.in_path = False
        try:
            return vault_path(as_text(path))
        except UsageError as error:
            if is_name(as_text(path)) and ".." not in as_text(path):
                raise
            raise TemplateError(f"{made_from.where}:{made_from.line}: {error.message}", error.hint) from error

    def _usual_path(self) -> str:
        """Where the note of a template goes that does not say it: `Outreach/2026-11-22 Hello - Ada Lovelace.md`."""
        names = _listed_names(self.sandbox.values.get("contacts"))
        today = as_text(self.sandbox.values.get("today"))
        words = f"{today} {file_name(self.name.rpartition('/')[2].removesuffix('.md')).capitalize()}".strip()
        return vault_path(f"{_USUAL_FOLDER}/{words}" + (f" - {without_slashes(names)}" if names else ""))

    def _properties(self) -> dict[str, PropertyValue]:
        made: dict[str, PropertyValue] = {}
        for one in self.properties.values():
            if one.name in self.answers:
                made[one.name] = property_answer(one.name, self.answers[one.name])
            elif not one.name.startswith(_OURS):
                made[one.name] = self.property(one)
        settable = self._settable()
        further = [name for name in self.answers if name in settable and name not in made]
        return made | {name: property_answer(name, self.answers[name]) for name in further}

    def property(self, one: TemplateProperty) -> PropertyValue:
        """The value of one property of the template."""
        value: object = one.value
        if isinstance(value, str):
            value = self._evaluated(one, value, one.line)
        elif isinstance(value, tuple):
            value = [self._evaluated(one, member, one.line) if isinstance(member, str) else member for member in value]
        try:
            return property_value(value)
        except ValueError as error:
            raise TemplateError(f"{one.where}:{one.line}: {one.name}: {error}", "name one part of it") from error

    def _evaluated(self, one: TemplateProperty, text: str, line: int) -> object:
        self.spot = one.name
        value = self.sandbox.value(Source(one.where, text, line))
        self.spot = None
        return value

    def _note(self, properties: Mapping[str, PropertyValue], body: str) -> str:
        try:
            block = write_block(properties)
        except ValueError as error:
            raise TemplateError(f"{self.templates.read(self.name).where}:1: {error}", "change that property") from error
        if len(block) > MAX_BLOCK:
            message = f"{self.templates.read(self.name).where}:1: the properties are over {MAX_BLOCK:,} characters"
            raise TemplateError(message, "put long text into the body")
        text = f"---\n{block}---\n{body.rstrip()}\n" if body.strip() else f"---\n{block}---\n"
        _check_says(text, properties)
        return text

    # Answers

    def _check_answers(self) -> None:
        settable = self._settable()
        for key in self.answers:
            if key in FIXED or (key in NAMES and key not in settable):
                raise UsageError(f"{key} cannot be set: the command gives it", "set a property or a fill-in")
            if key.startswith(_OURS):
                raise UsageError(f"{key} cannot be set: it belongs to the template", "change a copy of the template")

    def _settable(self) -> frozenset[str]:
        """The properties of the template, and those that its type of note may have besides."""
        kind = self.templates.type_of(self.name)
        known = frozenset(TYPES[kind].properties) if kind is not None and kind in TYPES else frozenset()
        return known | frozenset(self.properties) | frozenset(SETTINGS if kind == "me" else ())

    def _check_asked(self, properties: Mapping[str, PropertyValue]) -> None:
        """Every answer must have been asked for somewhere, even if not this time; a typing mistake has not."""
        seen = self.sandbox.seen
        for _ in range(2):
            for other in sorted(seen.templates):
                if self.templates.source(other) is not None:
                    self.sandbox.learn(other)
        asked = seen.names | seen.keys | set(properties)
        for key in self.answers:
            if key not in asked:
                known = sorted((seen.keys | set(properties) | (seen.names - set(NAMES))) - {"fill", "type", "contact"})
                nearest = get_close_matches(key, known, n=1)
                hint = f"did you mean {nearest[0]}?" if nearest else "it asks for " + ", ".join(known)
                raise UsageError(f"the template {self.name} does not ask for {key}", hint)

    # The functions of a template

    def _functions(self) -> tuple[Function, ...]:
        return (
            Function("fill", self._fill),
            Function("questions", self._questions),
            Function("question_groups", self._question_groups),
            Function("asked_before", self._asked_before),
            Function("timing", self._timing),
        )

    def _fill(self, prompt: str, key: str | None = None) -> object:
        if key is not None and self.answers.get(key) not in (None, ""):
            return harmless(str(self.answers[key]))
        if self.spot is not None and self.spot not in _FILL_IN_PROPERTIES:
            hint = f"give it with --set {key}=..." if key else "put the fill-in into the body"
            raise RefusedError(f"a fill-in cannot stand in {self.spot}", hint)
        return fill_in(prompt)

    def _questions(
        self, minutes: int = 20, topic: str | None = None, count: int | str | None = None, phase: str | None = None
    ) -> list[str]:
        return [one.text for one in self.bank.choose(minutes, topic, _whole(count), phase)]

    def _question_groups(
        self, minutes: int = 20, topic: str | None = None, count: int | str | None = None, phase: str | None = None
    ) -> list[dict[str, object]]:
        groups: dict[str, list[str]] = {}
        for one in self.bank.choose(minutes, topic, _whole(count), phase):
            groups.setdefault(one.phase, []).append(one.text)
        return [{"phase": phase, "questions": texts} for phase, texts in groups.items()]

    def _asked_before(self, question: str) -> list[str]:
        return list(self.asked.by_others.get(question_key(question), ()))

    def _timing(self, minutes: int) -> dict[str, int]:
        plan = timing(minutes)
        return {
            "small_talk": plan.small_talk,
            "questions": plan.questions,
            "closing": plan.closing,
            "count": plan.count,
        }


def _whole(count: int | str | None) -> int | None:
    """A number that may have come with `--set`."""
    if isinstance(count, str):
        if not count.isdecimal():
            raise RefusedError(f"{count} is no number of questions", "write digits only")
        return int(count)
    return count


def _listed_names(people: object) -> str:
    return " and ".join(as_text(one.get("name")) for one in as_list(people) if isinstance(one, Mapping))


def _check_says(text: str, properties: Mapping[str, PropertyValue]) -> None:
    """Read the note that was made as any note is read: it must say what it was made from."""
    block = fences.split(text).block
    read = read_block(block) if block is not None else None
    said = [(one.name, plain_value(one.value)) for one in read.properties] if read and read.readable else []
    if said != [(name, _as_read(value)) for name, value in properties.items()]:
        raise InfoviewError("the draft does not read back as it was made", "please report this; nothing was written")


def _as_read(value: PropertyValue) -> Value:
    match value:
        case dt.datetime():
            return value.isoformat(timespec="seconds")
        case dt.date() | Moment():
            return str(value)
        case list() | tuple():
            return tuple(_as_read(member) for member in value)
    return value
