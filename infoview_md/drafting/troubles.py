"""From whatever a template brings about to an error that says where and what to do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from types import TracebackType

from jinja2 import Template
from jinja2.exceptions import (
    SecurityError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplatesNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.parser import Parser

from infoview_md.drafting.limits import RefusedError
from infoview_md.errors import TemplateError

__all__ = ["Source", "in_plain_words", "located", "nothing_called", "refused_syntax"]

_TROUBLES = (
    *(RefusedError, TemplateSyntaxError, TemplateNotFound, TemplateRuntimeError, RecursionError, MemoryError),
    *(SyntaxError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
)
"""What a template can bring about; whatever else arrives is a fault of ours."""


@dataclass(frozen=True, slots=True)
class Source:
    """One template's text: `where` names its file in messages, `line` is the line of the file on which it begins."""

    where: str
    text: str
    line: int = 1


@contextmanager
def located(source: Source) -> Iterator[None]:
    """Turn whatever rendering `source` brings about into a TemplateError with the name and the line of a template."""
    try:
        yield
    except _TROUBLES as error:
        where, line = _place(error, source)
        message, hint = in_plain_words(error)
        raise TemplateError(f"{where}:{line}: {message}", hint) from error


def refused_syntax(error: TemplateSyntaxError) -> RefusedError:
    """What Jinja says about a text that it cannot read, with the line in that text."""
    message = (error.message or "the template cannot be read").rstrip(".")
    hint = "expressions stand in {{ }}, statements in {% %}"
    if message.startswith("Unexpected end of template"):
        message = "the text ends before everything in it is closed"
    if "end of" in str(error.message).lower():
        hint = "close what was opened: {% endif %}, {% endfor %}, {% endblock %}"
    return RefusedError(message[:1].lower() + message[1:], hint, error.lineno)


def nothing_called(name: str, names: Sequence[str]) -> str:
    """The message, and on a second line the hint, about a name that a template does not know."""
    nearest = get_close_matches(name, names, n=1)
    hint = f"did you mean {nearest[0]}?" if nearest else f"give it with --set {name}=..., or correct the template"
    return f"nothing is called {name} here\n{hint}"


def _place(error: BaseException, source: Source) -> tuple[str, int]:
    """The innermost template, and its line, in a traceback through compiled templates and the parser."""
    where, line, trace = source.where, source.line, error.__traceback__
    for frame, frame_line in _frames(trace):
        template, within, given = (frame.get(name) for name in ("__jinja_template__", "self", "source"))
        if isinstance(template, Template):
            where, line = template.name or where, template.get_corresponding_lineno(frame_line)
        elif isinstance(given, Source):
            where, line = given.where, given.line
            source = given
        elif isinstance(within, Parser):
            line = within.stream.current.lineno + source.line - 1
    if isinstance(error, RefusedError) and error.line is not None:
        line = error.line
    return where, line


def _frames(trace: TracebackType | None) -> Iterator[tuple[dict[str, object], int]]:
    """The names that each frame knows, and the line that it is on."""
    while trace is not None:
        frame = trace.tb_frame
        known = dict(frame.f_locals)
        known["__jinja_template__"] = frame.f_globals.get("__jinja_template__")
        yield known, trace.tb_lineno
        trace = trace.tb_next


def in_plain_words(error: BaseException) -> tuple[str, str]:  # noqa: PLR0911 - one return a kind
    """What happened, and what to do about it."""
    match error:
        case RefusedError():
            return error.message, error.hint
        case UndefinedError():
            message, _, hint = (error.message or "").partition("\n")
            return message, hint
        case TemplatesNotFound() | TemplateNotFound():
            reach = "only the bundled templates and your template folder can be reached"
            return f"no template is called {error.message}", reach
        case RecursionError():
            return "the template goes round in a circle, or is nested too deeply", "look for what calls itself"
        case SecurityError():
            return "the template reaches for something that is no data", "use the data it is given"
        case ValueError() if "integer string conversion" in str(error):
            return "a number has far too many digits", "shorten it"
        case KeyError():
            return f"there is no {error}", "check the spelling"
        case MemoryError() | SyntaxError():
            return "the template is too complicated", "take it apart"
    return str(error).partition("\n")[0] or type(error).__name__, ""
