"""What a rendered template runs into at every step: looks up parts of data, counts, and refuses.

The calls of these guards are put into a template by `infoview_md.drafting.shape`. They let through plain data and the
few methods listed here, and nothing that could act.
"""
# ruff: noqa: ANN401 - whatever a template has in hand comes by here

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from types import MappingProxyType
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import Context, LoopContext, TemplateReference, Undefined
from jinja2.utils import Namespace, pass_context

from infoview_md.drafting.filters import FILTERS, Filter, as_list, as_text
from infoview_md.drafting.limits import MAX_LIST, Budget, RefusedError
from infoview_md.notes.filenames import without_slashes

__all__ = ["Function", "Guards", "harmless", "refuse_missing"]

_TEXT_METHODS = frozenset(
    (
        *("upper", "lower", "casefold", "capitalize", "title", "swapcase", "strip", "lstrip", "rstrip", "startswith"),
        *("endswith", "split", "rsplit", "splitlines", "removeprefix", "removesuffix", "count", "find", "isdigit"),
        "isalpha",
    )
)
_LIST_METHODS = frozenset({"index", "count"})
_DATE_METHODS = frozenset({"isoformat", "weekday", "isoweekday"})
_DATE_PARTS = frozenset({"year", "month", "day", "hour", "minute"})
_LOOP_PARTS = frozenset(
    ("index", "index0", "first", "last", "length", "revindex", "revindex0", "previtem", "nextitem", "depth", "depth0")
)
_LOOP_METHODS = frozenset({"cycle", "changed"})
_MAPPING_METHODS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "items": lambda value: [tuple(pair) for pair in value.items()],
        "keys": list,
        "values": lambda value: list(value.values()),
        "get": lambda value, key, other=None: value.get(key, other),
    }
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONGEST_ARGUMENT = 200
_STEP = 100
"""Characters that weigh as much as one step."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function that templates may call; nothing else that can be called, may be."""

    name: str
    call: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it."""
        return self.call(*args, **kwargs)


class _Static(str):
    """Text that stands in the template itself, as against text from somebody's data."""

    __slots__ = ()


def harmless(text: str) -> str:
    """Somebody's data, with what would run code in a new note (Templater's `<%`) broken by a zero-width space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text).replace("<%", "<\u200b%")


def refuse_missing(*values: object) -> None:
    """Raise the error that says what is missing, when one of the values is."""
    for value in values:
        if isinstance(value, Undefined):
            str(value)


class Guards:
    """The guards of one sandbox; `missing` makes the value that stands for something that is not there."""

    def __init__(self, missing: Callable[..., Undefined]) -> None:
        self.budget = Budget()
        self.in_path = False
        self._undefined = missing

    def table(self) -> dict[str, Callable[..., Any]]:
        """The guards under the names that changed templates call, and the filters, counted."""
        guards: dict[str, Callable[..., Any]] = {
            " static": self.static,
            " say": self.say,
            " joined": self.joined,
            " part": self.part,
            " member": self.member,
            " sliced": self.sliced,
            " each": self.each,
            " made": self.made,
            " weighed": self.weighed,
            " given": self.given,
            " charged": self.charged,
        }
        filters = {name: self._counted(name, row) for name, row in FILTERS.items()}
        return {name: _with_context(function) for name, function in (guards | filters).items()}

    # What becomes text

    def static(self, _: Context, text: str) -> str:
        """Text of the template itself."""
        self.budget.text(len(text))
        return _Static(text)

    def say(self, context: Context, value: object, label: str) -> str:
        """A value that is printed, or joined to a text; `label` is how the template wrote it."""
        refuse_missing(value)
        if value is None:
            raise RefusedError(f"{label} is empty", how_to_fill(context, label))
        if isinstance(value, Mapping):
            raise RefusedError(f"{label} is a group of values", "name one of them: " + ", ".join(list(value)[:6]))
        if callable(value):
            raise RefusedError(f"{label} is a function", f"call it: {label}(...)")
        text = value if isinstance(value, str) else as_text(list(value) if isinstance(value, range) else value)
        self.budget.text(len(text))
        text = harmless(text)
        return without_slashes(text) if self.in_path else text

    def joined(self, _: Context, texts: Sequence[str]) -> str:
        """Texts joined by `~`."""
        self.budget.text(sum(map(len, texts)))
        return "".join(texts)

    # Parts of values

    def part(self, context: Context, value: object, name: str, label: str) -> Any:
        """`value.name`: of a mapping its value under that name, else one of the few methods and parts allowed."""
        refuse_missing(value)
        if isinstance(value, Mapping):
            return value[name] if name in value else self._mapping_part(value, name, label)
        if value is None:
            owner = label.rpartition(".")[0] or label
            return self.missing(f"{owner} is empty, so there is no {label}", how_to_test(context, owner))
        found = _allowed_part(value, name)
        if found is None:
            return self.missing(f"there is no {label}", "a template can only reach the data it is given")
        self.budget.work(1 + (len(value) // _STEP if isinstance(value, str) else 0))
        return found

    def member(self, context: Context, value: object, key: object, label: str) -> Any:
        """`value[key]`."""
        refuse_missing(key, value)
        if isinstance(key, str):
            return self.part(context, value, key, label)
        known = isinstance(value, str | list | tuple) and isinstance(key, int) and -len(value) <= key < len(value)
        if not known:
            return self.missing(f"there is no {label}", "count from 0, and test first how many there are")
        return value[key]  # type: ignore[index]  # `known` says that it has one

    def sliced(self, context: Context, value: object, *ends: Any) -> Any:
        """`value[from:to]`."""
        refuse_missing(value, *ends)
        if not isinstance(value, str | list | tuple) or not all(end is None or isinstance(end, int) for end in ends):
            raise RefusedError("only a text or a list can be cut with [from:to]")
        return self.made(context, value[slice(*ends)])

    def each(self, _: Context, value: object, weight: int, label: str) -> list[Any]:
        """The members that a loop goes through, all counted before the first; `weight` is the work for one."""
        refuse_missing(value)
        if callable(value) or isinstance(value, TemplateModule | Namespace):
            raise RefusedError(f"{label} is a function, not a list", f"call it: {label}(...)")
        members = as_list(value)
        self.budget.work((len(members) + 1) * weight)
        return members

    # Counting

    def made(self, _: Context, value: Any) -> Any:
        """A value that the template made."""
        self.budget.value(value)
        return value

    def weighed(self, _: Context, value: Any) -> Any:
        """A value that is looked at as a whole."""
        if isinstance(value, str):
            self.budget.work(1 + len(value) // _STEP)
        else:
            self.budget.value(value)
        return value

    def charged(self, _: Context, weight: int) -> None:
        """The work of a body, before it is done."""
        self.budget.work(weight)

    def given(self, context: Context, value: Any, name: str, label: str) -> Any:
        """What a filter works on."""
        if FILTERS[name].takes_nothing:
            return value
        refuse_missing(value)
        if value is None:
            raise RefusedError(f"{label} is empty, so |{name} has nothing to work on", how_to_fill(context, label))
        return value

    def _counted(self, name: str, row: Filter) -> Callable[..., Any]:
        def apply(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
            if name != "default":
                refuse_missing(value, *args, *kwargs.values())
            self.weighed(context, value)
            try:
                return self.made(context, row.apply(value, *args, **kwargs))
            except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
                raise RefusedError(f"|{name} cannot do this: {error}", f"|{name}: {row.meaning}") from error

        return apply

    def numbers(self, *ends: int) -> list[int]:
        """`range`, bounded."""
        numbers = range(*ends)
        if numbers[MAX_LIST : MAX_LIST + 1]:
            raise RefusedError(f"range goes over {MAX_LIST:,} numbers", "use a smaller one")
        return list(numbers)

    # What is not there

    def missing(self, message: str, hint: str = "") -> Undefined:
        """The value of something that is not there: an error as soon as it is used, but `is defined` can ask."""
        return self._undefined(hint=f"{message}\n{hint}")

    def _mapping_part(self, value: Mapping[str, Any], name: str, label: str) -> Any:
        if name in _MAPPING_METHODS:
            return Function(name, partial(_MAPPING_METHODS[name], value))
        owner = label.removesuffix(f".{name}")
        nearest = get_close_matches(name, list(value), n=1)
        return self.missing(
            f"there is no {label}",
            f"did you mean {owner}.{nearest[0]}?" if nearest else f"{owner} has {', '.join(value)}",
        )


def how_to_fill(context: Context, label: str) -> str:
    """What to do about something that is empty: the note to mend, or the option that gives it."""
    owner, dot, name = label.partition(".")
    if not re.fullmatch(r"\w+(?:\.\w+)?", label):
        return "give it another value with |default(...)"
    if not dot:
        return f"give it with --set {owner}=..."
    group = context.resolve_or_missing(owner)
    note = group.get("path") if isinstance(group, Mapping) else None
    place = note or ("Me.md" if owner == "me" else None)
    instead = f'put {{{{ {label} or fill("{name}") }}}} into the template'
    return f"write {name}: into {place}, or {instead}" if place else instead


def how_to_test(context: Context, owner: str) -> str:
    """What to do about a group that is not there."""
    return f"put {{% if {owner} %}} around it" if owner in context else "test first whether there is one"


def _allowed_part(value: object, name: str) -> Any:  # noqa: PLR0911 - one return a kind
    """A method of the value's type, or a part of the value; None when templates may not have it."""
    match value:
        case str() if name in _TEXT_METHODS:
            return Function(name, partial(_text_method, getattr(str, name), value))
        case list() | tuple() if name in _LIST_METHODS:
            return Function(name, partial(getattr(type(value), name), value))
        case dt.date() if name in _DATE_METHODS:
            return Function(name, partial(getattr(type(value), name), value))
        case dt.date() if name in _DATE_PARTS:
            return getattr(value, name, None)
        case dt.timedelta() if name == "days":
            return value.days
        case LoopContext() if name in _LOOP_PARTS:
            return getattr(value, name)
        case LoopContext() if name in _LOOP_METHODS:
            return Function(name, getattr(value, name))
        case Namespace() | TemplateModule() if not name.startswith("_"):
            return getattr(value, name, None)
        case TemplateReference() if not name.startswith("_"):
            return value[name]
    return None


def _text_method(method: Callable[..., Any], text: str, *args: Any) -> Any:
    """A long argument would make some of these take its length times that of the text."""
    if any(isinstance(argument, str) and len(argument) > _LONGEST_ARGUMENT for argument in args):
        raise RefusedError("the text between the brackets is far too long", "shorten it")
    return method(text, *args)


def _with_context(function: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a filter as one that needs the context: such filters are never worked out while compiling."""

    @pass_context
    def call(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return call
