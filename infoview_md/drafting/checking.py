"""Looks for faults in templates: reads every line of them, tries them out on an example, and goes on after each fault.

Faults are findings about the files of templates, so that they are told and counted like those of notes.
"""
# ruff: noqa: ANN401 - values of templates are of any kind

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, partial
from typing import Any

from jinja2 import Template, nodes
from jinja2.exceptions import TemplateRuntimeError
from jinja2.runtime import Context
from jinja2.utils import pass_context

from infoview_md.drafting.context import ONE_FOR_ALL, template_context
from infoview_md.drafting.drafts import Draft, Rendering
from infoview_md.drafting.example import ADA, EXAMPLE_NOW, GRACE, MARY, example_index
from infoview_md.drafting.limits import RefusedError
from infoview_md.drafting.names import FUNCTIONS, NAMES
from infoview_md.drafting.proofreading import Sheet, proofread
from infoview_md.drafting.questions import QuestionBank
from infoview_md.drafting.sandbox import Sandbox
from infoview_md.drafting.shape import describe, refusals
from infoview_md.drafting.templates import QUESTIONS, TemplateSet
from infoview_md.drafting.troubles import Source, in_plain_words, nothing_called
from infoview_md.errors import InfoviewError, TemplateError, UnknownError
from infoview_md.network.index import Index
from infoview_md.notes import fences
from infoview_md.notes.findings import Finding, finding
from infoview_md.notes.reading import Read, read_note
from infoview_md.notes.records import MessageNote

__all__ = ["template_faults"]

_PLACE = re.compile(r"(?P<where>.+?):(?P<line>[0-9]+): (?P<message>.*)", re.DOTALL)
_ALWAYS_THERE = frozenset((*NAMES, *FUNCTIONS, "loop", "self", "super", "caller", "varargs", "kwargs"))
_ANY_MAPPING = frozenset({"items", "keys", "values", "get"})
_GONE_ON_AFTER = (
    RefusedError,
    TemplateRuntimeError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
_MARK = "✎"
_ABOUT_THE_DAY = frozenset({"fill-in-left", "thank-you-late"})
"""Checks of which a template is innocent."""


def template_faults(
    templates: TemplateSet, name: str | None = None, *, bank: QuestionBank, extra: Mapping[str, object]
) -> tuple[Finding, ...]:
    """All faults of the template called `name`, or of all there are, by file and line.

    `extra` are the properties of the user's own that contacts have besides, each with a value. Raises UnknownError for
    a template that is not there.
    """
    checker = _Checker(templates, bank, extra)
    names = [name] if name else [*templates.bundled, *templates.own]
    wanted = dict.fromkeys(one for one in names if one.rpartition("/")[2].lower() != QUESTIONS.lower())
    found = [fault for one in wanted for fault in checker.faults(one)]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.path, one.line or 0, one.message)))


class _Checker:
    """Tries templates out on the example."""

    def __init__(self, templates: TemplateSet, bank: QuestionBank, extra: Mapping[str, object]) -> None:
        self.templates = templates
        self.bank = bank
        self.extra = extra

    @cached_property
    def _index(self) -> Index:
        return example_index()

    def faults(self, name: str) -> list[Finding]:
        """All faults of one template."""
        unreadable = [_as_finding(one) for one in self.templates.troubles(name)]
        if unreadable:
            return unreadable
        text = self.templates.read(name)
        try:
            properties = self.templates.inherited(name)
        except (TemplateError, UnknownError) as error:
            return [_as_finding(error, where=text.where)]
        values = [one for one in text.properties.values() if one.name != "template_summary"]
        members = [
            (one, value) for one in values for value in (one.value if isinstance(one.value, tuple) else [one.value])
        ]
        sources = [Source(one.where, value, one.line) for one, value in members if isinstance(value, str)]
        known = set(self.extra) | {one.name for one in properties.values()}
        found = list(_read_through([*sources, text.source], self._set_elsewhere(name), known))
        if properties:
            found += self._tried_out(name, {(one.path, one.line) for one in found})
        return found

    def _set_elsewhere(self, name: str) -> set[str]:
        """The names that the templates set on which this one builds."""
        found: set[str] = set()
        above = self.templates.read(name).extends
        seen: set[str] = set()
        while above and above not in seen:
            seen.add(above)
            try:
                found |= _names_set(_tree(self.templates.read(above).source))
            except RefusedError:  # told of that template
                break
            above = self.templates.read(above).extends
        return found

    def _tried_out(self, name: str, told: set[tuple[str, int | None]]) -> list[Finding]:
        found: list[Finding] = []
        for context in self._contexts(self.templates.type_of(name)):
            trial = _Trial(self.templates, name, context, bank=self.bank)
            faults = [
                one for one in trial.faults() if (one.path, one.line) not in told and (one.line or not told)
            ]  # what has no line follows from what was told
            told |= {(one.path, one.line) for one in faults}
            found += faults
            if not faults and not told:
                found += self._in_the_note(name, trial.made)
        return found

    def _contexts(self, type_name: str | None) -> Iterator[Mapping[str, object]]:
        network = self._index.network
        ada, grace, mary = (network.find_named(one)[0] for one in (ADA, GRACE, MARY))
        groups = [([ada], mary), ([grace], None)]
        groups += [([ada, grace], None)] if type_name in ONE_FOR_ALL else []
        for people, about in groups:
            context = template_context(
                network, people, paths=self._index.readings, now=EXAMPLE_NOW, about=about, type_name=type_name
            )
            if isinstance(prep := context["prep"], dict):
                prep["questions"] = ["How did you begin?"]
            for one in (context["contact"], *_listed(context["contacts"])):
                if isinstance(one, dict):
                    one.update({key: value for key, value in self.extra.items() if key not in one})
            yield context

    def _in_the_note(self, name: str, draft: Draft | None) -> list[Finding]:
        """What is wrong with the note that a template makes, told of the template."""
        if draft is None:
            return []
        where = self.templates.read(name).where
        reading = read_note(draft.path, draft.text.encode())
        found = list(reading.findings)
        if isinstance(reading, Read) and isinstance(reading.record, MessageNote):
            parts = fences.split(draft.text)
            sheet = Sheet(
                note=reading.record,
                body=parts.body,
                first_line=parts.body_line,
                network=self._index.network,
                now=EXAMPLE_NOW,
                block=parts.block,
            )
            found += proofread(sheet, off=_ABOUT_THE_DAY)
        faults = [
            dataclasses.replace(one, path=where, line=None, message=f"{one.message} ({_place_in_note(one)})")
            for one in found
        ]
        if draft.text.count(_MARK) != len(draft.fill_ins):
            faults.append(_fault(where, None, "a fill-in is cut, so that nobody would notice it", "leave it whole"))
        return faults


class _Forgiving(Sandbox):
    """A sandbox that notes what goes wrong, by place, and puts nothing in its stead; what is endless still ends it."""

    def __init__(self, values: Mapping[str, Any], load: Callable[[str], Source | None]) -> None:
        super().__init__(values, load)
        self.faults: dict[tuple[str, int], Finding] = {}
        nothing: dict[str, Any] = {" each": []}
        self.filters = {name: self._noting(one, nothing.get(name, "")) for name, one in self.filters.items()}

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call, and note what goes wrong."""
        return self._noted(lambda: super(_Forgiving, self).call(context, function, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Do arithmetic, and note what goes wrong."""
        return self._noted(lambda: super(_Forgiving, self).call_binop(context, operator, left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Turn a sign, and note what goes wrong."""
        return self._noted(lambda: super(_Forgiving, self).call_unop(context, operator, arg))

    def _noting(self, function: Callable[..., Any], nothing: Any) -> Callable[..., Any]:
        @pass_context
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._noted(lambda: function(*args, **kwargs), nothing)

        return call

    def _noted(self, act: Callable[[], Any], nothing: Any = "") -> Any:
        try:
            return act()
        except _GONE_ON_AFTER as error:
            place = _place_now()
            if place is None or self.guards.budget.steps < 0 or self.guards.budget.characters < 0:
                raise
            if place not in self.faults:
                self.faults[place] = _fault(*place, *in_plain_words(error))
            return nothing


class _Trial(Rendering):
    """A rendering that goes on after a fault; `made` is the note when there was none."""

    sandbox_class = _Forgiving
    made: Draft | None = None

    def faults(self) -> list[Finding]:
        found: list[Finding] = []
        parts: list[Callable[[], object]] = [self.path]
        parts += [partial(self.property, one) for one in self.properties.values() if one.name[:9] != "template_"]
        parts.append(partial(self.sandbox.body, self.name))
        for part in parts:
            self.spot = None
            try:
                part()
            except InfoviewError as error:
                found.append(_as_finding(error, where=self.templates.read(self.name).where))
        if isinstance(self.sandbox, _Forgiving):
            found += self.sandbox.faults.values()
        if not found:
            try:
                self.made = self.draft()
            except InfoviewError as error:
                found.append(_as_finding(error, where=self.templates.read(self.name).where))
        return found


def _place_now() -> tuple[str, int] | None:
    """The template, and its line, that is being rendered."""
    frame = inspect.currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            return template.name or "", template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return None


# Reading without rendering: also what the example never reaches


def _read_through(sources: Sequence[Source], known_names: set[str], known_parts: set[str]) -> Iterator[Finding]:
    trees: list[tuple[Source, nodes.Template]] = []
    for source in sources:
        try:
            tree = _tree(source)
        except RefusedError as error:
            yield _fault(source.where, error.line or source.line, error.message, error.hint)
            continue
        for refused in refusals(tree, source.line - 1):
            yield _fault(source.where, refused.line or source.line, refused.message, refused.hint)
        trees.append((source, tree))
    set_here = known_names.union(*(_names_set(tree) for _, tree in trees))
    for source, tree in trees:
        yield from _unknown_names(source, tree, set_here)
        yield from _unknown_parts(source, tree, known_parts)


def _tree(source: Source) -> nodes.Template:
    return Sandbox({}, lambda _: None).parsed(source)


def _names_set(tree: nodes.Template) -> set[str]:
    """Every name that a template sets itself: loops, `set`, macros and their parameters, imports."""
    found = {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
    found |= {one.name for one in tree.find_all(nodes.Macro)} | {one.name for one in tree.find_all(nodes.NSRef)}
    found |= {one.target for one in tree.find_all(nodes.Import)}
    for one in tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in one.names}
    return found


def _unknown_names(source: Source, tree: nodes.Template, known: set[str]) -> Iterator[Finding]:
    asked = {one.name for one in _asked_about(tree) if isinstance(one, nodes.Name)}
    sayable = sorted(_ALWAYS_THERE | known)
    told: set[str] = set()
    for one in tree.find_all(nodes.Name):
        if one.ctx == "load" and one.name not in _ALWAYS_THERE | known | asked | told | {"range", "namespace"}:
            told.add(one.name)
            message, _, hint = nothing_called(one.name, sayable).partition("\n")
            yield _fault(source.where, one.lineno, message, hint)


def _unknown_parts(source: Source, tree: nodes.Template, extra: set[str]) -> Iterator[Finding]:
    asked = {id(one) for one in _asked_about(tree)}
    for one in tree.find_all(nodes.Getattr):
        if not isinstance(one.node, nodes.Name) or id(one) in asked:
            continue
        parts = NAMES.get(one.node.name)
        if not parts or one.attr in parts or one.attr in _ANY_MAPPING or (one.attr in extra and "referred_by" in parts):
            continue
        nearest = get_close_matches(one.attr, parts, n=1)
        hint = f"did you mean {one.node.name}.{nearest[0]}?" if nearest else f"it has {', '.join(parts)}"
        yield _fault(source.where, one.lineno, f"there is no {describe(one)}", hint)


def _asked_about(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What a template itself knows may be missing: what stands before `|default` or `is defined`."""
    for one in tree.find_all((nodes.Filter, nodes.Test)):
        if one.name in {"default", "defined", "undefined"} and one.node is not None:
            yield one.node


# As findings


def _fault(where: str, line: int | None, problem: str, advice: str) -> Finding:
    return finding("template-error", where, line, problem=problem, advice=advice)


def _as_finding(error: InfoviewError, where: str = "") -> Finding:
    found = _PLACE.fullmatch(error.message)
    if found is None:
        return _fault(where, None, error.message, error.hint)
    return _fault(found["where"], int(found["line"]), found["message"], error.hint)


def _place_in_note(one: Finding) -> str:
    return f"on line {one.line} of the note that it makes" if one.line else "in the note that it makes"


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else ()
