"""The shape of a template, checked and changed before it is compiled.

Only known kinds of nodes pass. Every way by which a template could reach an attribute, make a long text or loop without
end is replaced by a call of one of the guards in `infoview_md.drafting.guards`, which look like filters with a blank in
their names, so that no template can name them.
"""
# ruff: noqa: N802 - Jinja's visitor wants the names of its nodes

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TypeVar

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from infoview_md.drafting.filters import FILTERS
from infoview_md.drafting.limits import RefusedError

__all__ = ["TESTS", "Seen", "describe", "guarded", "only_expression", "refusals"]

TESTS = (
    *("defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping"),
    *("sequence", "iterable", "odd", "even", "divisibleby", "in", "eq", "equalto", "==", "ne", "!=", "lt", "lessthan"),
    *("<", "le", "<=", "gt", "greaterthan", ">", "ge", ">="),
)
"""Jinja's tests that a template may use behind `is`."""

_MAX_DEPTH = 60
_MAX_LOOPS = 8
_ALLOWED = (
    *(
        nodes.Template,
        nodes.Output,
        nodes.Extends,
        nodes.For,
        nodes.If,
        nodes.Macro,
        nodes.CallBlock,
        nodes.FilterBlock,
    ),
    *(nodes.With, nodes.Block, nodes.Include, nodes.Import, nodes.FromImport, nodes.Assign, nodes.AssignBlock),
    *(nodes.Name, nodes.NSRef, nodes.Const, nodes.TemplateData, nodes.Tuple, nodes.List, nodes.Dict, nodes.Pair),
    *(nodes.Keyword, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem, nodes.Getattr, nodes.Slice),
    *(nodes.Concat, nodes.Compare, nodes.Operand, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Add, nodes.Sub),
    *(nodes.Mod, nodes.Pow, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos),
)
_Made = TypeVar("_Made", bound=nodes.Node)


class Seen:
    """What the sources compiled so far speak of: names, fill-in keys, other templates."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.keys: set[str] = set()
        self.templates: set[str] = set()


def guarded(tree: nodes.Template, offset: int, seen: Seen) -> nodes.Template:
    """Check a parsed template, shift its lines by `offset`, note what it speaks of, and put the guards in.

    Raises RefusedError with the line.
    """
    for node in _walk(tree, offset):
        _check(node)
        _note(node, seen)
    _check_extends(tree)
    changed: nodes.Template = _Guard().visit(tree)
    return changed


def refusals(tree: nodes.Template, offset: int) -> Iterator[RefusedError]:
    """Everything for which `guarded` would refuse a template, where that raises the first; shifts the lines as well."""
    try:
        for node in _walk(tree, offset):
            try:
                _check(node)
            except RefusedError as error:
                yield error
        _check_extends(tree)
    except RefusedError as error:
        yield error


def only_expression(tree: nodes.Template) -> nodes.Expr | None:
    """The expression, when a source is exactly one `{{ expression }}`; keeps its type instead of becoming text."""
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as expression])] if not isinstance(expression, nodes.TemplateData):
            return expression
    return None


def describe(node: nodes.Node | None) -> str:  # noqa: PLR0911 - one return a kind
    """An expression as its writer would know it again: `contact.email`, `questions(...)`."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=attr):
            return f"{describe(inner)}.{attr}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=value)):
            return f"{describe(inner)}.{value}" if isinstance(value, str) else f"{describe(inner)}[{value}]"
        case nodes.Filter(node=inner, name=name) if inner is not None:
            return f"{describe(inner)}|{name}"
        case nodes.Call(node=inner):
            return f"{describe(inner)}(...)"
        case nodes.Const(value=value):
            return repr(value)
        case nodes.CondExpr(expr1=first, expr2=second):
            return describe(first) if second is None else f"{describe(first)} or {describe(second)}"
        case nodes.Or(left=left, right=right):
            return f"{describe(left)} or {describe(right)}"
    return "this expression"


def _walk(tree: nodes.Template, offset: int) -> Iterator[nodes.Node]:
    """Every node, its line set to that in the file; without recursion, as deep as it may be and no deeper."""
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 1, 0, 0)]
    while waiting:
        node, line, depth, loops = waiting.pop()
        line = node.lineno or line  # Jinja forgets some
        node.lineno = line + offset
        loops += isinstance(node, nodes.For)
        if depth > _MAX_DEPTH or loops > _MAX_LOOPS:
            raise RefusedError("the template is nested too deeply", "take it apart", node.lineno)
        yield node
        waiting.extend((child, line, depth + 1, loops) for child in node.iter_child_nodes())


def _check(node: nodes.Node) -> None:
    if type(node) not in _ALLOWED:
        raise RefusedError(f"{type(node).__name__} is not known in a template", "leave it out", node.lineno)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        raise RefusedError(f"there is no filter {node.name}", _nearest(node.name, FILTERS), node.lineno)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        raise RefusedError(f"there is no test {node.name}", _nearest(node.name, TESTS), node.lineno)
    if isinstance(node, nodes.For) and node.recursive:
        raise RefusedError("a loop cannot be recursive here", "write the loops out", node.lineno)


def _nearest(name: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(name, list(known), n=1)
    return f"did you mean {nearest[0]}?" if nearest else "there are " + ", ".join(known)


def _note(node: nodes.Node, seen: Seen) -> None:
    match node:
        case nodes.Name(name=name, ctx="load"):
            seen.names.add(name)
        case nodes.Call(node=nodes.Name(name="fill"), kwargs=keywords):
            seen.keys.update(
                word.value.value for word in keywords if word.key == "key" and isinstance(word.value, nodes.Const)
            )
        case nodes.Include(template=nodes.Const(value=str(name))) | nodes.Import(template=nodes.Const(value=str(name))):
            seen.templates.add(name)
        case nodes.FromImport(template=nodes.Const(value=str(name))):
            seen.templates.add(name)


def _check_extends(tree: nodes.Template) -> None:
    """A template extends one other, named in quotes, first of all; then only its blocks count."""
    found = list(tree.find_all(nodes.Extends))
    if not found:
        return
    body = [node for node in tree.body if not _is_blank(node)]
    if len(found) > 1 or body[0] is not found[0] or not isinstance(found[0].template, nodes.Const):
        raise RefusedError("extends must come first, with a name in quotes", "move it to the top", found[0].lineno)
    for node in body[1:]:
        if isinstance(node, nodes.Output):
            hint = "put it into {% block name %}...{% endblock %}, with the name of a block that the other template has"
            raise RefusedError("this text would be lost: it stands outside of every block", hint, _first_line(node))


def _is_blank(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(child, nodes.TemplateData) and not child.data.strip() for child in node.nodes
    )


def _first_line(node: nodes.Output) -> int:
    first = node.nodes[0]
    blank = len(first.data) - len(first.data.lstrip()) if isinstance(first, nodes.TemplateData) else 0
    return node.lineno + (first.data.count("\n", 0, blank) if isinstance(first, nodes.TemplateData) else 0)


class _Guard(NodeTransformer):
    """Puts the guards in."""

    def visit_Template(self, node: nodes.Template) -> nodes.Node:
        return self._counted(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:
        return self._counted(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:
        return self._counted(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Node:
        return self._counted(node)

    def visit_For(self, node: nodes.For) -> nodes.Node:
        weight, label = _weight(node), describe(node.iter)
        self.generic_visit(node)
        node.iter = _guard(" each", node.iter, weight, label)
        return node

    def visit_Output(self, node: nodes.Output) -> nodes.Node:
        node.nodes = [self._said(child) for child in node.nodes]
        return node

    def _said(self, child: nodes.Expr) -> nodes.Expr:
        if isinstance(child, nodes.TemplateData):
            return _guard(" static", _at(child, nodes.Const(child.data)))
        return _guard(" say", self.visit(child), describe(child))

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:
        label = describe(node)
        return _guard(" part", self.visit(node.node), node.attr, label)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        label = describe(node)
        inner = self.visit(node.node)
        if isinstance(node.arg, nodes.Slice):
            ends = [self.visit(end) if end else None for end in (node.arg.start, node.arg.stop, node.arg.step)]
            return _guard(" sliced", inner, *ends)
        return _guard(" member", inner, self.visit(node.arg), label)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        said = [_guard(" say", self.visit(child), describe(child)) for child in node.nodes]
        return _guard(" joined", _at(node, nodes.List(said)))

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:
        label = describe(node.node)
        self.generic_visit(node)
        if node.node is not None:
            node.node = _guard(" given", node.node, node.name, label)
        return node

    def visit_Test(self, node: nodes.Test) -> nodes.Node:
        self.generic_visit(node)
        if node.name not in {"defined", "undefined"}:
            node.node = _guard(" weighed", node.node)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        node.expr = _guard(" weighed", node.expr)
        for operand in node.ops:
            operand.expr = _guard(" weighed", operand.expr)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:
        self.generic_visit(node)
        return _guard(" made", node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        self.generic_visit(node)
        return _guard(" made", node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return node if node.ctx == "store" else _guard(" made", node)

    def _counted(self, node: "nodes.Template | nodes.Macro | nodes.CallBlock | nodes.Block") -> nodes.Node:
        weight = _weight(node)
        self.generic_visit(node)
        charge = _guard(" charged", _at(node, nodes.Const(weight)))
        node.body.insert(0, _at(node, nodes.ExprStmt(charge)))
        return node


def _weight(node: nodes.Node) -> int:
    """How many nodes one run through a body evaluates, at most; loops in it count their own runs besides."""
    return sum(1 for _ in node.find_all(nodes.Node))


def _at(place: nodes.Node, made: _Made) -> _Made:
    made.lineno = place.lineno
    return made


def _guard(name: str, node: nodes.Node, *arguments: object) -> nodes.Filter:
    given = [value if isinstance(value, nodes.Expr) else _at(node, nodes.Const(value)) for value in arguments]
    return _at(node, nodes.Filter(node, name, given, [], None, None))
