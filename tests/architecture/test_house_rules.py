"""The rules of the house that import contracts cannot see: one clock, one writer, silence, frozen records.

Each rule is a row: what it asks, where it does not hold, how an offence is found, and snippets that break and keep it,
so that every rule is seen to fail. The check reads the source and never runs it.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "infoview_md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One source file: its path in the package, its syntax tree, and what its imported names stand for."""

    path: str
    tree: ast.Module
    imported: Mapping[str, str]

    def full_name(self, node: ast.AST) -> str | None:
        """Write `dt.datetime.now` as `datetime.datetime.now`; None when the name begins with no import."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id)
        if isinstance(node, ast.Attribute):
            stem = self.full_name(node.value)
            return f"{stem}.{node.attr}" if stem else None
        return None


Offence = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: `elsewhere` lists the files and folders (ending in `/`) in which it does not hold."""

    asks: str
    offences: Callable[[Module], Iterator[Offence]]
    elsewhere: tuple[str, ...] = ()
    breaks: tuple[str, ...]
    keeps: tuple[str, ...] = ()

    def holds_in(self, path: str) -> bool:
        return not any(path.startswith(place) if place.endswith("/") else path == place for place in self.elsewhere)


def read_module(source: str, path: str = "somewhere.py") -> Module:
    tree = ast.parse(source)
    imported: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.name if alias.asname else alias.name.split(".")[0]
                imported[alias.asname or name] = name
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return Module(path=path, tree=tree, imported=imported)


@cache
def package_modules() -> tuple[Module, ...]:
    return tuple(
        read_module(file.read_text(encoding="utf-8"), file.relative_to(PACKAGE).as_posix())
        for file in sorted(PACKAGE.rglob("*.py"))
    )


# --- The clock -------------------------------------------------------------------------------------------------------

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "email.utils.formatdate",
    "email.utils.localtime",
    "email.utils.make_msgid",
    "uuid.uuid1",
}


def looks_at_a_clock(module: Module) -> Iterator[Offence]:
    for node in ast.walk(module.tree):
        name = module.full_name(node)
        if name and (name in CLOCKS or name.startswith("time.")):
            yield line_of(node), f"{name} looks at a clock"


# --- The disk --------------------------------------------------------------------------------------------------------

OPENERS = {"open", "io.open", "codecs.open", "os.fdopen"}
WRITING_METHODS = {
    "chmod", "hardlink_to", "mkdir", "rename", "rmdir", "symlink_to", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
WRITING_OS = {
    "chmod", "link", "makedirs", "mkdir", "mkfifo", "open", "remove", "removedirs", "rename", "renames", "replace",
    "rmdir", "symlink", "truncate", "unlink", "utime", "write",
}  # fmt: skip
WRITING = {f"os.{name}" for name in WRITING_OS}
HARMLESS = {"shutil.get_terminal_size", "shutil.which"}
READING_METHODS = {
    "exists", "glob", "is_dir", "is_file", "is_symlink", "iterdir", "lstat", "read_bytes", "read_text", "readlink",
    "rglob", "samefile", "stat",
}  # fmt: skip
READING = {
    "click.File",
    "click.open_file",
    "jinja2.FileSystemLoader",
    "jinja2.PackageLoader",
    "os.access",
    "os.listdir",
    "os.lstat",
    "os.path.exists",
    "os.path.getmtime",
    "os.path.getsize",
    "os.path.isdir",
    "os.path.isfile",
    "os.readlink",
    "os.scandir",
    "os.stat",
    "os.walk",
}


def writes_files(module: Module) -> Iterator[Offence]:
    for call in calls_in(module):
        name = module.full_name(call.func)
        if name and (name in WRITING or (name.startswith(("shutil.", "tempfile.")) and name not in HARMLESS)):
            yield call.lineno, f"{name} writes"
        elif name is None and isinstance(call.func, ast.Attribute) and is_writing_method(call, call.func.attr):
            yield call.lineno, f".{call.func.attr}() writes"
        elif is_opening(module, call) and not is_opened_for_reading(call):
            yield call.lineno, "opens a file, perhaps for writing"


def reads_files(module: Module) -> Iterator[Offence]:
    for call in calls_in(module):
        name = module.full_name(call.func)
        if name in READING:
            yield call.lineno, f"{name} reads"
        elif name is None and isinstance(call.func, ast.Attribute) and call.func.attr in READING_METHODS:
            yield call.lineno, f".{call.func.attr}() reads"
        elif is_opening(module, call):
            yield call.lineno, "opens a file"


def is_writing_method(call: ast.Call, method: str) -> bool:
    if method == "replace":
        # A text's takes two, a date's and a record's take keywords: only a path's takes exactly one.
        return len(call.args) == 1 and not call.keywords
    return method in WRITING_METHODS


def is_opening(module: Module, call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name) and call.func.id not in module.imported:
        return call.func.id == "open"
    name = module.full_name(call.func)
    return name in OPENERS if name else isinstance(call.func, ast.Attribute) and call.func.attr == "open"


def is_opened_for_reading(call: ast.Call) -> bool:
    """Tell whether a mode is given that only reads; for `open(path)` and `path.open()` that is the default."""
    in_order = call.args[0 if isinstance(call.func, ast.Attribute) else 1 :]
    named = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes = [*in_order[:1], *named]
    return all(isinstance(mode, ast.Constant) and mode.value in {"r", "rb", "rt"} for mode in modes)


# --- The terminal ----------------------------------------------------------------------------------------------------


def uses_the_terminal(module: Module) -> Iterator[Offence]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"input", "print"}:
            yield node.lineno, f"calls {node.func.id}()"
        elif (name := module.full_name(node)) in {"sys.stdin", "sys.stdout", "sys.stderr"}:
            yield line_of(node), f"uses {name}"


# --- Errors and records ----------------------------------------------------------------------------------------------


def catches_everything(module: Module) -> Iterator[Offence]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            if node.type is None:
                yield node.lineno, "catches everything"
            elif broad := broad_names(node.type):
                yield node.lineno, f"catches {broad}"
        elif isinstance(node, ast.Call) and module.full_name(node.func) == "contextlib.suppress":
            for argument in node.args:
                if broad := broad_names(argument):
                    yield node.lineno, f"suppresses {broad}"


def broad_names(caught: ast.expr) -> str | None:
    names = {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)}
    return " and ".join(sorted(names & {"BaseException", "Exception"})) or None


def has_changeable_records(module: Module) -> Iterator[Offence]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if module.full_name(call.func if call else decorator) != "dataclasses.dataclass":
                continue
            given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords} if call else {}
            missing = [part for part in ("frozen", "slots") if given.get(part) != "True"]
            if missing:
                yield node.lineno, f"{node.name} is not {' and '.join(missing)}"


# --- How a module opens ----------------------------------------------------------------------------------------------


def says_nothing_about_itself(module: Module) -> Iterator[Offence]:
    if not ast.get_docstring(module.tree):
        yield 1, "has no docstring"


def hides_its_public_names(module: Module) -> Iterator[Offence]:
    targets = [
        target
        for node in module.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    if not any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
        yield 1, "has no __all__"


def calls_in(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def line_of(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


RULES = {
    "one clock": Rule(
        asks="only disk/clock.py asks what time it is; everywhere else, now and today are arguments",
        offences=looks_at_a_clock,
        elsewhere=("disk/clock.py",),
        breaks=(
            "import datetime as dt\nnow = dt.datetime.now()",
            "import datetime\ntoday = datetime.date.today()",
            "from datetime import date\ntoday = date.today()",
            "from datetime import datetime as d\nmake = d.utcnow",
            "import time\ntime.sleep(1)",
            "from time import monotonic\nstart = monotonic()",
            "from email.utils import make_msgid\nname = make_msgid()",
        ),
        keeps=(
            "import datetime as dt\nmidnight = dt.time(0)\nday = dt.date(2026, 11, 22)",
            "def late(time):\n    return time.hour > 20",
        ),
    ),
    "one writer": Rule(
        asks="only disk/files.py writes, moves or deletes files",
        offences=writes_files,
        elsewhere=("disk/files.py",),
        breaks=(
            "open('a.md', 'w')",
            "open('a.md', mode='rb+')",
            "open('a.md', how)",
            "path.open('xb')",
            "import io\nio.open('a.md', 'a')",
            "path.write_text('hello')",
            "path.replace(other)",
            "path.parent.mkdir(parents=True)",
            "import os\nos.replace('a', 'b')",
            "from os import unlink as forget\nforget('a')",
            "import shutil\nshutil.copy('a', 'b')",
            "import tempfile\ntempfile.mkstemp()",
        ),
        keeps=(
            "open('a.md')",
            "open('a.md', 'rb')",
            "path.open(mode='r')",
            "text.replace('a', 'b')",
            "day.replace(year=2026)",
            "import dataclasses\ndataclasses.replace(record)",
            "import shutil\nshutil.get_terminal_size()",
            "import webbrowser\nwebbrowser.open('page')",
        ),
    ),
    "one disk": Rule(
        asks="only the rooms in disk/ look at files",
        offences=reads_files,
        elsewhere=("disk/",),
        breaks=(
            "open('a.md')",
            "path.open()",
            "path.read_text()",
            "path.parent.exists()",
            "import os\nos.scandir('.')",
            "import os.path\nos.path.isfile('a')",
            "from jinja2 import FileSystemLoader\nFileSystemLoader('templates')",
        ),
        keeps=("path.with_suffix('.md')", "import webbrowser\nwebbrowser.open('page')"),
    ),
    "silence": Rule(
        asks="only the command line talks to the terminal",
        offences=uses_the_terminal,
        elsewhere=("cli/",),
        breaks=(
            "print('done')",
            "answer = input()",
            "import sys\nsys.stderr.write('done')",
            "from sys import stdout as o\no",
        ),
        keeps=("page.print()", "import sys\nsys.intern('a')"),
    ),
    "narrow excepts": Rule(
        asks="what is caught is named, so that our own faults are not taken for the user's",
        offences=catches_everything,
        elsewhere=("cli/__init__.py",),  # the one door, where even our own faults become an exit status
        breaks=(
            "try:\n    pass\nexcept:\n    pass",
            "try:\n    pass\nexcept Exception:\n    pass",
            "try:\n    pass\nexcept (ValueError, BaseException) as error:\n    raise error",
            "import contextlib\nwith contextlib.suppress(Exception):\n    pass",
        ),
        keeps=("try:\n    pass\nexcept (ValueError, OSError):\n    pass",),
    ),
    "frozen records": Rule(
        asks="every dataclass is frozen and slotted: a record never changes",
        offences=has_changeable_records,
        breaks=(
            "from dataclasses import dataclass\n@dataclass\nclass A: pass",
            "import dataclasses as dc\n@dc.dataclass(frozen=True)\nclass A: pass",
            "from dataclasses import dataclass\n@dataclass(frozen=False, slots=True)\nclass A: pass",
        ),
        keeps=("from dataclasses import dataclass\n@dataclass(kw_only=True, slots=True, frozen=True)\nclass A: pass",),
    ),
    "a docstring": Rule(
        asks="every module opens by saying what it is for and what it must not do",
        offences=says_nothing_about_itself,
        breaks=("", "import os", "# A comment is none."),
        keeps=('"""What it is for."""',),
    ),
    "public names": Rule(
        asks="every module lists its public names in __all__",
        offences=hides_its_public_names,
        elsewhere=("__main__.py", *(f"{room.name}/__init__.py" for room in PACKAGE.iterdir() if room.is_dir())),
        breaks=("", "def plan(): pass"),
        keeps=('__all__ = ["plan"]', "__all__: list[str] = []"),
    ),
}


def test_the_package_is_where_the_rules_look_for_it() -> None:
    assert {"errors.py", "notes/findings.py"} <= {module.path for module in package_modules()}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_package_keeps_the_rule(rule: Rule) -> None:
    found = [
        f"infoview_md/{module.path}:{line}: {what}"
        for module in package_modules()
        if rule.holds_in(module.path)
        for line, what in rule.offences(module)
    ]
    assert not found, "\n".join([rule.asks, *found])


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule in RULES.values() for source in rule.breaks])
def test_a_rule_finds_what_breaks_it(rule: Rule, source: str) -> None:
    assert list(rule.offences(read_module(source)))


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule in RULES.values() for source in rule.keeps])
def test_a_rule_leaves_alone_what_keeps_it(rule: Rule, source: str) -> None:
    assert not list(rule.offences(read_module(source)))


def test_a_rule_does_not_hold_elsewhere() -> None:
    assert not RULES["one disk"].holds_in("disk/scan.py")
    assert not RULES["one clock"].holds_in("disk/clock.py")
    assert RULES["one clock"].holds_in("disk/watch.py")


@pytest.mark.parametrize("name", ["base", "common", "data", "helpers", "info", "manager", "misc", "util", "utils"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert not [module.path for module in package_modules() if name in Path(module.path).with_suffix("").parts]
