"""Where templates are rendered: Jinja with nothing in it but data, and with bounds on everything.

One sandbox serves one draft and is thrown away, so that a budget cannot leak from one note into the next. A template
can reach what it is given and the texts that `load` gives, nothing else: no object with methods that act, no file, no
clock. Every trouble ends as a TemplateError that names the template and the line.
"""
# ruff: noqa: ANN401 - values of templates are of any kind

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import BlockReference, Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from infoview_md.drafting.guards import Function, Guards, refuse_missing
from infoview_md.drafting.limits import MAX_CODE, MAX_SOURCE, RefusedError
from infoview_md.drafting.shape import TESTS, Seen, describe, guarded, only_expression
from infoview_md.drafting.troubles import Source, located, nothing_called, refused_syntax

__all__ = ["Sandbox"]

_MAX_POWER = 64
_CALL = 50
"""Steps that calling one of our functions weighs: the question bank is sorted anew each time."""
_CODE = re.compile(r"\{[{%].*?(?:[%}]\}|\Z)", re.DOTALL)


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders templates with `values`; `load` gives the source of a named template, or None."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})
    intercepted_unops = frozenset({"+", "-"})

    def __init__(self, values: Mapping[str, Any], load: Callable[[str], Source | None]) -> None:
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # nothing is worked out while compiling, where no budget counts
            autoescape=False,
            undefined=_missing_among(tuple(values)),
            loader=_Loader(load),
            auto_reload=False,
        )
        self.values = dict(values)
        self.seen = Seen()
        self.guards = Guards(self.undefined)
        self.filters = self.guards.table()
        known = self.tests
        self.tests = {name: known[name] for name in TESTS}
        self.globals = {"range": Function("range", self.guards.numbers), "namespace": Namespace}

    # What a draft asks for

    def body(self, name: str) -> str:
        """Render the template called `name`."""
        with located(Source(name, "")):
            template = self.get_template(name)
            return _in_one(template.root_render_func(template.new_context(self.values)))

    def value(self, source: Source) -> Any:
        """Evaluate a text: a value of any kind when it is one `{{ expression }}`, else a text."""
        if "{" not in source.text:
            return source.text
        with located(source):
            tree = self.parsed(source)
            expression = only_expression(tree)
            if expression is None:
                template = self._compiled(tree, source)
                return _in_one(template.root_render_func(template.new_context(self.values)))
            label, line = describe(expression), expression.lineno
            tree.body = [nodes.Assign(nodes.Name("result", "store", lineno=line), expression, lineno=line)]
            return self._result(self._compiled(tree, source), label)

    def learn(self, name: str) -> None:
        """Read a template that may be included, for what it speaks of, without rendering it."""
        with located(Source(name, "")):
            self.get_template(name)

    def compiled(self, source: Source) -> Template:
        """Compile a source, with the guards in it."""
        return self._compiled(self.parsed(source), source)

    # From text to code

    def parsed(self, source: Source) -> nodes.Template:
        """Parse a source. Raises RefusedError."""
        if len(source.text) > MAX_SOURCE:
            raise RefusedError(f"the template is longer than {MAX_SOURCE:,} characters", "split it", source.line)
        if sum(map(len, _CODE.findall(source.text))) > MAX_CODE:
            message = f"the template has over {MAX_CODE:,} characters between braces"
            raise RefusedError(message, "split it", source.line)
        try:
            return self._parse(source.text, source.where, None)
        except TemplateSyntaxError as error:
            refused = refused_syntax(error)
            refused.line = error.lineno + source.line - 1
            raise refused from error

    def _compiled(self, tree: nodes.Template, source: Source) -> Template:
        guarded(tree, source.line - 1, self.seen).set_environment(self)
        code = self.compile(tree, source.where, source.where)
        return self.template_class.from_code(self, code, self.make_globals(None))

    def _result(self, template: Template, label: str) -> Any:
        context = template.new_context(self.values)
        for _ in template.root_render_func(context):
            pass
        result = context.vars["result"]
        refuse_missing(result)
        if callable(result) or isinstance(result, Mapping | Namespace):
            raise RefusedError(f"{label} is no single value", "name the part that you mean")
        return result

    # What Jinja asks a sandbox

    def is_safe_callable(self, obj: Any) -> bool:
        """Only our functions and what templates define themselves."""
        return isinstance(obj, Function | Macro | BlockReference | Undefined) or obj is Namespace

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called, and count it."""
        if not self.is_safe_callable(function):
            raise RefusedError("this cannot be called", "a template can only call the functions it is given")
        for value in (*args, *(value for name, value in kwargs.items() if not name.startswith("_"))):
            self.guards.weighed(context, value)
        if isinstance(function, Function):
            self.guards.budget.work(_CALL)
        result = context.call(function, *args, **kwargs)
        return self.guards.made(context, result) if isinstance(function, Function) else result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Do arithmetic, bounded: texts and lists are only added, numbers stay small."""
        refuse_missing(left, right)
        if left is None or right is None:
            raise RefusedError(f"one side of {operator} is empty", "give it another value with |default(...)")
        match left, right:
            case (str(), str()) if operator == "+":
                self.guards.budget.text(len(left) + len(right))
            case (str() as text, int() as times) | (int() as times, str() as text) if operator == "*":
                self.guards.budget.text(len(text) * max(times, 0))
            case (list() | tuple(), list() | tuple()) if operator == "+":
                pass  # counted when made; both are short
            case (str() | list() | tuple(), _) | (_, str() | list() | tuple()):
                raise RefusedError(f"{operator} is for numbers only", "join texts with ~ or |join")
        if operator == "**" and isinstance(right, int | float) and abs(right) > _MAX_POWER:
            raise RefusedError("a number grows far too large", "use smaller numbers")
        return self.guards.made(context, self.binop_table[operator](left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Turn a number's sign."""
        refuse_missing(arg)
        return self.guards.made(context, self.unop_table[operator](arg))


class _Loader(BaseLoader):
    """Finds templates by asking a function, and compiles them guarded."""

    def __init__(self, load: Callable[[str], Source | None]) -> None:
        self._load = load

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:  # noqa: A002, ARG002 - as in Jinja
        """Find and compile one template."""
        source = self._load(name)
        if source is None or not isinstance(environment, Sandbox):
            raise TemplateNotFound(name)
        return environment.compiled(source)


def _missing_among(names: tuple[str, ...]) -> type[Undefined]:
    class Missing(StrictUndefined):
        """Something that is not there; its message names the nearest of `names`."""

        __slots__ = ()

        @property
        def _undefined_message(self) -> str:
            return self._undefined_hint or nothing_called(str(self._undefined_name), names)

    return Missing


def _in_one(pieces: Iterator[str]) -> str:
    """Join what was rendered; a `<` and a `%` from two pieces of data must not begin a Templater command together."""
    parts: list[str] = []
    for piece in pieces:
        if piece.startswith("%") and parts and parts[-1].endswith("<"):
            parts.append("\u200b")
        if piece:
            parts.append(piece)
    return "".join(parts)
