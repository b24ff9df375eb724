"""Which options of `new` a template has a use for, by what it refers to; reads templates and renders nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.agenda.wording import joined
from infoview_md.drafting.limits import RefusedError
from infoview_md.drafting.sandbox import Sandbox
from infoview_md.drafting.shape import Seen, guarded
from infoview_md.drafting.templates import TemplateSet
from infoview_md.drafting.troubles import Source
from infoview_md.errors import TemplateError, UnknownError, UsageError

__all__ = ["OPTIONS", "refuse_useless"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """An option of `new`, the name by which a template reaches it, and what a template that has no use for it lacks.

    What is an `answer`, as one given by `--set`, also fills properties and fill-ins of that name.
    """

    flag: str
    name: str
    lacks: str
    answer: bool = False


OPTIONS: Mapping[str, _Option] = MappingProxyType(
    {
        "on": _Option(flag="--on", name="interview", lacks="speaks of no interview"),
        "about": _Option(flag="--about", name="about", lacks="reports on nobody"),
        "topic": _Option(flag="--topic", name="topic", lacks="chooses no questions by topic", answer=True),
        "count": _Option(flag="--questions", name="count", lacks="chooses no number of questions", answer=True),
    }
)
"""The options that some templates would pass over in silence, by what scripts call them."""


def refuse_useless(templates: TemplateSet, name: str, given: Collection[str]) -> None:
    """Raise UsageError for one of the `given` options that the template called `name` would pass over.

    A template that cannot be read is not judged here: to make a note from it says what is wrong.
    """
    for option in (option for key, option in OPTIONS.items() if key in given):
        if _uses(templates, name, option) is False:
            users = [one.name for one in templates.names() if _uses(templates, one.name, option)]
            text = templates.read(name)
            instead = f", or use {option.name} in {text.where}" if text.origin == "own" else ""
            whose = f"; {option.flag} is for {joined(users)}" if users else ""
            raise UsageError(
                f"the template {name} {option.lacks}, so {option.flag} has no use there",
                f"leave it out{instead}{whose}",
            )


def _uses(templates: TemplateSet, name: str, option: _Option) -> bool | None:
    """Whether a template has a use for an option; None when the template cannot be read."""
    try:
        seen = _seen_in(templates, name)
        answered = seen.keys.union(templates.inherited(name)) if option.answer else ()
    except (TemplateError, UnknownError, RefusedError):
        return None
    return option.name in seen.names or option.name in answered


def _seen_in(templates: TemplateSet, name: str) -> Seen:
    """What a template speaks of, with all on which it builds and all that it may include."""
    seen, reader = Seen(), Sandbox({}, templates.source)
    for one in templates.inherited(name).values():
        for value in one.value if isinstance(one.value, tuple) else (one.value,):
            if isinstance(value, str) and "{" in value:
                _note(reader, Source(one.where, value, one.line), seen)
    waiting, known = [name], {name}
    while waiting:
        text = templates.read(waiting.pop())
        _note(reader, text.source, seen)
        further = seen.templates.union({text.extends} if text.extends else ()) - known
        known |= further
        waiting += [one for one in sorted(further) if templates.source(one) is not None]
    return seen


def _note(reader: Sandbox, source: Source, seen: Seen) -> None:
    guarded(reader.parsed(source), source.line - 1, seen)
