"""What a template can reach, and how much it can do: data only, and never for long."""

import datetime as dt
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.drafting.guards import Function
from infoview_md.drafting.limits import MAX_SOURCE
from infoview_md.drafting.sandbox import Sandbox
from infoview_md.drafting.troubles import Source
from infoview_md.errors import TemplateError

ADA = {"name": "Ada Lovelace", "email": None, "path": "People/Ada Lovelace.md"}


def rendered(template: str, **values: object) -> str:
    texts = {"main": template, "other": "from the other: {{ n|default('nothing') }}"}

    def load(name: str) -> Source | None:
        return Source(f"{name}.md", texts[name]) if name in texts else None

    return Sandbox({"contact": ADA, "referrer": None, **values}, load).body("main")


def refusal(template: str, **values: object) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        rendered(template, **values)
    return caught.value


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("Dear {{ contact.name }},", "Dear Ada Lovelace,"),
        ("{{ contact['name'] }}", "Ada Lovelace"),
        ("{% if referrer %}x{% else %}y{% endif %}", "y"),
        ("{% for n in [1, 2, 3] if n != 2 %}{{ loop.index }}{{ n }}{{ loop.length }}{% endfor %}", "112232"),
        ("{% for n in [1, 2] %}{{ loop.cycle('a', 'b') }}{% endfor %}", "ab"),
        ("{% for a, b in pairs.items() %}{{ a }}={{ b }}{% endfor %}", "x=1"),
        ("{% for n in one %}{{ n }}{% endfor %}", "single"),
        ("{% for n in contact.email %}{{ n }}{% else %}none{% endfor %}", "none"),
        ("{% macro hi(who) %}Hi {{ who }}{% endmacro %}{{ hi('Ada') }}", "Hi Ada"),
        ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}", "<x>"),
        ("{% set x %}a{{ 1 }}{% endset %}{{ x }}", "a1"),
        ("{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "3"),
        ("{% filter upper %}a{{ 'b' }}{% endfilter %}", "AB"),
        ("{% with n = 2 %}{{ n * 3 }}{% endwith %}", "6"),
        ("{% include 'other' %}", "from the other: nothing"),
        ("{% set n = 7 %}{% include 'other' %}", "from the other: 7"),
        ("{% include 'missing' ignore missing %}x", "x"),
        ("{% include ['missing', 'other'] %}", "from the other: nothing"),
        ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
        ("{{ 'x' ~ 1 ~ contact.name[:3] }}", "x1Ada"),
        ("{{ [1, 2] + [3] }}", "1, 2, 3"),
        ("{{ '-' * 3 }}", "---"),
        ("{{ 7 // 2 }} {{ 7 % 2 }} {{ 2 ** 8 }} {{ -1 }} {{ 1 / 2 }}", "3 1 256 -1 0.5"),
        ("{{ true }} {{ false }} {{ 3.0 }}", "yes no 3"),
        ("{{ day }} {{ now }} {{ day.year }}", "2026-11-22 2026-11-22 14:30 2026"),
        ("{{ (other_day - day).days }}", "2"),
        ("{{ data.items }}", "a, b"),
        ("{{ contact.nope is defined }}", "no"),
        ("{{ contact.nope|default('x') }}", "x"),
        ("{{ referrer.name|default('x') }}", "x"),
        ("{{ contact.name.upper().split()|join('-') }}", "ADA-LOVELACE"),
        ("{{ 'O\\'Brien' }} & <b>", "O'Brien & <b>"),
        ("a\n", "a\n"),
        ("{% if true %}\nx\n{% endif %}\n", "x\n"),
        ("{{ shout('hi') }}", "HI"),
    ],
)
def test_ordinary_jinja_works(template: str, expected: str) -> None:
    values = {
        "pairs": {"x": 1},
        "one": "single",
        "day": dt.date(2026, 11, 22),
        "other_day": dt.date(2026, 11, 24),
        "now": dt.datetime(2026, 11, 22, 14, 30),
        "data": {"items": ["a", "b"]},
        "shout": Function("shout", str.upper),
    }
    assert rendered(template, **values) == expected


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("a\nDear {{ contact.nmae }},", "main.md:2: there is no contact.nmae", "did you mean contact.name?"),
        ("{{ contact['nmae'] }}", "main.md:1: there is no contact.nmae", "did you mean contact.name?"),
        ("{% if contact.nmae %}{% endif %}", "main.md:1: there is no contact.nmae", "did you mean contact.name?"),
        ("{{ contat.name }}", "main.md:1: nothing is called contat here", "did you mean contact?"),
        ("{{ zzz }}", "main.md:1: nothing is called zzz here", "give it with --set zzz=..."),
        ("{{ contact.email }}", "main.md:1: contact.email is empty", "write email: into People/Ada Lovelace.md"),
        ("{{ 'to ' ~ contact.email }}", "main.md:1: contact.email is empty", 'fill("email")'),
        ("{{ contact.email|upper }}", "main.md:1: contact.email is empty, so |upper", "People/Ada Lovelace.md"),
        ("{{ referrer.name }}", "main.md:1: referrer is empty, so there is no referrer.name", "{% if referrer %}"),
        ("{{ contact }}", "main.md:1: contact is a group of values", "name, email, path"),
        ("{{ contact.items }}", "main.md:1: contact.items is a function", "contact.items(...)"),
        ("{{ 'a'|uper }}", "main.md:1: there is no filter uper", "did you mean upper?"),
        ("{{ 1 is ood }}", "main.md:1: there is no test ood", "did you mean odd?"),
        ("a\nb {% if %}", "main.md:2: expected an expression", "{% endif %}"),
        ("a\n{% if true %}\nb", "main.md:3: the text ends before everything in it is closed", "close what was opened"),
        ("{{ a", "main.md:1: unexpected end of template", ""),
        ("{% include 'nothing' %}", "main.md:1: no template is called nothing", "template folder"),
        ("{% include '../secret' %}", "main.md:1: no template is called ../secret", ""),
        ("{% include '/etc/passwd' %}", "main.md:1: no template is called /etc/passwd", ""),
        ("{{ 1 / 0 }}", "main.md:1: division by zero", ""),
        ("{{ 'a' < 1 }}", "main.md:1: '<' not supported", ""),
        ("{{ contact.name + 1 }}", "main.md:1: + is for numbers only", "join texts with ~"),
        ("{{ contact.email + 1 }}", "main.md:1: one side of + is empty", ""),
        ("{{ [1][3] }}", "main.md:1: there is no", "count from 0"),
        ("{% for a in range %}{% endfor %}", "main.md:1: range is a function, not a list", ""),
        ("{% autoescape true %}{% endautoescape %}", "main.md:1: ", ""),
        ("{{ '%s' % 1 }}", "main.md:1: % is for numbers only", ""),
        ("{% for x in [] recursive %}{% endfor %}", "main.md:1: a loop cannot be recursive", ""),
        ("x\n{% extends 'other' %}", "main.md:2: extends must come first", ""),
        ("{% extends 'other' %}\n\nlost", "main.md:3: this text would be lost", "{% block"),
    ],
)
def test_a_trouble_names_template_line_and_remedy(template: str, message: str, hint: str) -> None:
    error = refusal(template)
    assert error.message.startswith(message)
    assert hint in error.hint


def test_a_trouble_in_an_included_template_names_that_template() -> None:
    texts = {"main": "a\n{% include 'part' %}", "part": "b\n\n{{ oops }}"}
    sandbox = Sandbox({}, lambda name: Source(f"{name}.md", texts[name], 5) if name in texts else None)
    with pytest.raises(TemplateError, match=r"^part\.md:7: nothing is called oops here"):
        sandbox.body("main")


def test_a_syntax_error_in_an_included_template_names_that_template() -> None:
    texts = {"main": "{% include 'part' %}", "part": "b\n{% endif %}"}
    sandbox = Sandbox({}, lambda name: Source(f"{name}.md", texts[name], 5) if name in texts else None)
    with pytest.raises(TemplateError, match=r"^part\.md:6: "):
        sandbox.body("main")


ESCAPES = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ contact.__class__ }}",
    "{{ contact['__class__'] }}",
    "{{ [].__class__ }}",
    "{{ ().__class__.__bases__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ 'x{0.__class__}'.format(1) }}",
    "{{ '{a}'.format_map(contact) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ namespace.__init__.__globals__ }}",
    "{% set n = namespace() %}{{ n.__class__ }}",
    "{{ range.__call__ }}",
    "{{ range.call }}",
    "{{ shout.call.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m.__call__ }}{{ m._func }}",
    "{% for x in [1] %}{{ loop._iterable }}{{ loop.__class__ }}{% endfor %}",
    "{% import 'other' as o %}{{ o.__class__ }}",
    "{% import 'other' as o %}{{ o.__dict__|length }}",
    "{% import 'other' as o %}{{ o._body_stream|length }}",
    "{% set n = namespace() %}{{ n._Namespace__attrs|length }}",
    "{% if self.__class__ %}{% endif %}",
    "{{ contact.name.encode('idna') }}",
    "{{ contact.update({'a': 1}) }}",
    "{{ contact.pop('name') }}",
    "{{ numbers.append(1) }}",
    "{{ numbers.sort() }}",
    "{{ day.__class__.today() }}",
    "{{ day.strftime('%1000000000d') }}",
    "{{ day.today() }}",
    "{{ lipsum() }}",
    "{{ joiner() }}",
    "{{ get_flashed_messages }}",
    "{{ dict() }}",
    "{{ _ }}",
    "{% if 1.__class__ %}{% endif %}",
    "{% set x = ''.__class__ %}{{ x }}",
]


@pytest.mark.parametrize("template", ESCAPES)
def test_nothing_but_data_can_be_reached(template: str) -> None:
    values = {"numbers": [1], "day": dt.date(2026, 11, 22), "shout": Function("shout", str.upper)}
    refusal(template, **values)
    assert values["numbers"] == [1]


GREEDY = [
    "{{ range(10 ** 15) }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x' * 10**9 }}",
    "{{ [1] * 10**9 }}",
    "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a = n.a ~ n.a %}{% endfor %}",
    "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a = [n.a, n.a]|join %}{% endfor %}",
    "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a = n.a|replace('x', 'xx') %}{% endfor %}",
    "{% set n = namespace(a='xx') %}{% for i in range(60) %}{% set n.a %}{{ n.a }}{{ n.a }}{% endset %}{% endfor %}",
    "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
    "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = [n.a, n.a] %}{% endfor %}",
    "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = (n.a, n.a) %}{% endfor %}",
    "{% set n = namespace(a={}) %}{% for i in range(60) %}{% set n.a = {1: n.a, 2: n.a} %}{% endfor %}",
    "{% set n = namespace(k=[]) %}{% set b = range(9999) %}{% for i in b %}{% set n.k = [n.k, b[:]] %}{% endfor %}",
    "{% for i in range(999) %}" + "text " * 9000 + "{% endfor %}",
    "{% macro m() %}" + "text " * 9000 + "{% endmacro %}{% for i in range(999) %}{% set a = m() %}{% endfor %}",
    "{% set x %}{% for i in range(999) %}" + "text " * 9000 + "{% endfor %}{% endset %}",
    "{% set b = 'x' * 90000 %}{{ b|replace('x', b) }}",
    "{% set b = 'x' * 90000 %}{{ range(9999)|join(b) }}",
    "{% set b = 'x' * 90000 %}{% set i = [b, 'y'] %}{{ [" + "i," * 1500 + "] }}",
    "{% set b = 'x' * 90000 %}{% set i = [b, 'y'] %}{{ [" + "i," * 1500 + "]|listed }}",
    "{% set b = 'X' * 90000 %}{{ [" + "b," * 1500 + "]|sort }}",
    "{% set b = 'X' * 90000 %}{{ [" + "b," * 1500 + "]|unique }}",
    "{% set b = ' x' * 45000 %}{{ [" + "b," * 1500 + "]|plain }}",
    "{% set b = 'x' * 90000 %}{% for i in range(999) %}{{ b.strip('y' * 90000) }}{% endfor %}",
    "{% set b = 'x ' * 45000 %}{% for i in range(99) %}{{ b|wordwrap(10 ** 9) }}{% endfor %}",
    "x" * (MAX_SOURCE + 1),
]

ENDLESS = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
    "{% for i in range(9999) if false %}{% endfor %}" * 40,
    "{{ '%1000000000d' % 1 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 9 ** 64 ** 2 }}",
    "{{ 9999999999 * 9999999999 * 9999999999 }}",
    "{{ " + "9" * 5000 + " }}",
    "{% set b = range(9999) %}{% for i in b %}{% if b == b %}{% endif %}{% endfor %}",
    "{% set b = range(9999) %}{% for i in b %}{% if i in b %}{% endif %}{% endfor %}",
    "{% set b = range(9999) %}{% for i in b %}{{ b|join|length }}{% endfor %}",
    "{% set b = 'x' * 50000 %}{% for i in range(9999) %}{{ b.count('x') }}{% endfor %}",
    "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% block a %}{{ self.a() }}{% endblock %}",
    "{% include 'main' %}",
    "{% for i in range(9999) %}{% include 'other' %}{% endfor %}",
    "{% import 'main' as m %}",
    "{% for i in range(9999) %}" + "{% set a = 1 %}" * 50 + "{% endfor %}",
    "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "{{ " + "[" * 500 + "]" * 500 + " }}",
    "{{ " + "not " * 4000 + "1 }}",
    "{{ " + "- " * 4000 + "1 }}",
    "{{ " + "1 + " * 4000 + "1 }}",
    "{{ contact" + ".a" * 4000 + " }}",
    "{{ 1" + "|string" * 2000 + " }}",
    "{{ 1 if " * 1000 + "1" + " }}",
    "{% if 1 %}" * 150 + "{% endif %}" * 150,
    "{% for x in [1] %}" * 25 + "{% endfor %}" * 25,
    "{% with %}" * 120 + "{% endwith %}" * 120,
    "{% for i in range(9999) %}{{ [[ '[[' * 40000 ]]|length }}{{ ('[[' * 40000)|wordwrap(9) }}{% endfor %}",
    "{% for i in range(9999) %}{% set q = slow() %}{% endfor %}",
    "{{ a }}" * 9000,
]


@pytest.mark.parametrize("template", [*ENDLESS, *GREEDY], ids=lambda template: template[:60])
def test_no_template_can_use_up_time(template: str) -> None:
    began = time.process_time()
    refusal(template, slow=Function("slow", lambda: sorted(range(999))[:3]))
    assert time.process_time() - began < 5  # the worst takes a tenth of this on a slow machine


@pytest.mark.parametrize("template", GREEDY, ids=lambda template: template[:60])
def test_no_template_can_use_up_memory(template: str) -> None:
    tracemalloc.start()
    try:
        refusal(template)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_a_template_that_is_nested_too_deeply_to_read_is_named_with_its_line() -> None:
    texts = {"main": "a\n{% include 'deep' %}", "deep": "\n\n{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"}
    sandbox = Sandbox({}, lambda name: Source(f"{name}.md", texts[name], 10) if name in texts else None)
    with pytest.raises(TemplateError, match=r"^deep\.md:12: the template goes round"):
        sandbox.body("main")


def test_the_same_template_always_stops_at_the_same_place() -> None:
    template = "{% for i in range(9999) %}{{ i }}{% for j in range(99) %}{% endfor %}{% endfor %}"
    assert refusal(template).message == refusal(template).message


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{{ a }}", {"a": "<% tp.x %>"}),
        ("{{ a }}{{ b }}", {"a": "<", "b": "% tp.x %>"}),
        ("{{ a ~ b }}", {"a": "<", "b": "% tp.x %>"}),
        ("<{{ b }}", {"b": "% tp.x %>"}),
        ("{% set x %}{{ a }}{{ b }}{% endset %}{{ x }}", {"a": "<", "b": "% tp.x %>"}),
        ("{% macro m() %}{{ a }}{{ b }}{% endmacro %}{{ m() }}", {"a": "<", "b": "% tp.x %>"}),
        ("{{ [a, b]|join('') }}", {"a": "<", "b": "% tp.x %>"}),
        ("{{ a }}", {"a": "<\x00% tp.x %>"}),
    ],
)
def test_data_cannot_become_a_templater_command(template: str, values: dict[str, object]) -> None:
    assert "<%" not in rendered(template, **values)


def test_the_templates_own_templater_commands_stay() -> None:
    assert rendered("<% tp.date.now() %>") == "<% tp.date.now() %>"


def test_control_characters_in_data_are_left_out() -> None:
    assert rendered("{{ a }}", a="x\x1b[31m\x00y\r\nz\tt") == "x[31my\nz\tt"


def test_a_single_expression_keeps_its_kind() -> None:
    sandbox = Sandbox({"n": 20, "day": dt.date(2026, 11, 22), "none_yet": None, "them": ["a"]}, lambda _: None)
    sources = [
        "{{ n }}",
        "{{ day }}",
        "{{ none_yet }}",
        "{{ them }}",
        "{{ n > 3 }}",
        "{{ n }} minutes",
        "plain",
        "{ x }",
    ]
    values = [sandbox.value(Source("t.md", source)) for source in sources]
    assert values == [20, dt.date(2026, 11, 22), None, ["a"], True, "20 minutes", "plain", "{ x }"]


@pytest.mark.parametrize("source", ["{{ nothing }}", "{{ n.items }}", "{{ f }}", "{{ {'a': 1} }}", "{{ n"])
def test_an_expression_without_a_single_value_is_refused_with_its_line(source: str) -> None:
    sandbox = Sandbox({"n": {}, "f": Function("f", str)}, lambda _: None)
    with pytest.raises(TemplateError, match=r"^t\.md:4: "):
        sandbox.value(Source("t.md", source, 4))


PIECES = st.sampled_from(
    [
        *(
            "{{ ",
            " }}",
            "{% ",
            " %}",
            "{#",
            "#}",
            "for x in ",
            "endfor",
            "if ",
            "endif",
            "set x = ",
            "block a",
            "endblock",
        ),
        *(
            "macro m()",
            "endmacro",
            "m()",
            "contact",
            ".name",
            "['",
            "']",
            "(",
            ")",
            "|",
            "join",
            "1",
            "'a'",
            "~",
            " + ",
            "*",
        ),
        *(
            "is ",
            "defined",
            "range(3)",
            "\n",
            " ",
            "-",
            "text",
            ",",
            "include 'other'",
            "extends 'other'",
            "not ",
            "else",
        ),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_template_renders_or_is_refused(template: str) -> None:
    with suppress(TemplateError):
        rendered(template)
