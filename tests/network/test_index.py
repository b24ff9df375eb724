"""The index: incremental equals whole, whatever the order of the changes."""

from random import Random
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.network.index import Changes, Index, note_type
from infoview_md.notes.findings import finding, in_order
from infoview_md.notes.properties import Recognition
from infoview_md.notes.reading import NotOurs, Read, Reading, Unreadable, read_note
from infoview_md.notes.records import NoteRecord, Settings

ME = (
    "---\ntype: me\nname: Imogen\nretry_after: 9\ncontact_types: mentor\ncontact_tags: [x]\ncontact_folders: CRM\n---\n"
)


def read(path: str, text: str) -> Reading:
    return read_note(path, text.encode())


def test_an_empty_index_is_an_index() -> None:
    index = Index()
    assert index.me is None
    assert index.settings == Settings()
    assert index.recognition == Recognition()
    assert not index.network.contacts
    assert not index.findings
    assert not index.counts()


def test_the_settings_are_those_of_the_profile() -> None:
    index = Index({"Me.md": read("Me.md", ME)})
    assert index.me is not None
    assert index.me.name == "Imogen"
    assert index.settings.retry_after == 9
    assert index.recognition == Recognition(types=("mentor",), tags=("x",), folders=("CRM",))


def test_a_profile_that_cannot_be_read_gives_the_defaults() -> None:
    index = Index({"Me.md": read("Me.md", "---\nname: x: y\n---\n")})
    assert index.me is None
    assert index.settings == Settings()


def test_readings_are_kept_by_path_in_order() -> None:
    index = Index({"b.md": NotOurs("b.md"), "a.md": NotOurs("a.md")})
    assert list(index.readings) == ["a.md", "b.md"]
    assert isinstance(index.readings, MappingProxyType)


def test_changes_give_a_new_index_and_leave_the_old() -> None:
    old = Index({"a.md": read("a.md", "---\ntype: contact\n---\n"), "b.md": NotOurs("b.md")})
    new = old.apply(Changes(read={"c.md": NotOurs("c.md")}, removed=frozenset({"a.md", "never.md"})))
    assert (list(old.readings), list(new.readings)) == (["a.md", "b.md"], ["b.md", "c.md"])
    assert (len(old.network.contacts), len(new.network.contacts)) == (1, 0)


def test_a_note_that_is_both_gone_and_read_is_there() -> None:
    changes = Changes(read={"a.md": NotOurs("a.md")}, removed=frozenset({"a.md"}))
    assert list(Index({"a.md": NotOurs("a.md")}).apply(changes).readings) == ["a.md"]


def test_an_unreadable_note_is_not_a_deleted_note() -> None:
    request = read("x.md", "---\ntype: request\ncontact: '[[Ada]]'\n---\n")
    old = Index({"x.md": request, "People/Ada.md": read("People/Ada.md", "---\ntype: contact\n---\n")})
    new = old.apply(Changes(read={"People/Ada.md": read("People/Ada.md", "---\ntype: contact\nx: y: z\n---\n")}))
    assert list(new.readings) == list(old.readings)
    assert list(new.network.contacts) == ["People/Ada.md"]
    assert [(one.code, one.path) for one in new.findings] == [("yaml-syntax", "People/Ada.md")]


def test_notes_are_counted_by_type_in_the_order_of_the_table() -> None:
    texts = {
        "o.md": "type: organization",
        "i.md": "type: interview\ncontact: Ada",
        "t.md": "type: thank-you\ncontact: Ada",
        "r.md": "type: request\ncontact: Ada",
        "r2.md": "type: request\ncontact: Ada",
        "p.md": "type: person",
        "c.md": "type: contact",
        "q.md": "type: prep\ncontact: Ada",
        "x.md": "type: book",
        "People/broken.md": "x: y: z",
        "Me.md": "type: me",
    }
    index = Index({path: read(path, f"---\n{text}\n---\n") for path, text in texts.items()})
    assert list(index.counts().items()) == [
        ("me", 1),
        ("contact", 1),
        ("person", 1),
        ("request", 2),
        ("thank-you", 1),
        ("prep", 1),
        ("interview", 1),
        ("organization", 1),
    ]


def test_a_record_of_no_type_is_our_fault() -> None:
    with pytest.raises(TypeError):
        note_type(NoteRecord(path="x.md"))


def test_findings_stand_by_path_and_line_each_once() -> None:
    late, early = finding("utf16", "b.md", 9), finding("utf16", "b.md", 1)
    whole = finding("empty-note", "b.md")
    assert in_order([late, early, late, whole, finding("bom", "a.md", 1)]) == (
        finding("bom", "a.md", 1),
        whole,
        early,
        late,
    )


NAMES = ("Ada", "Bo", "Cy", "Di")
PATHS = ("Me.md", *(f"People/{name}.md" for name in NAMES), "Archive/Ada.md", "r1.md", "r2.md", "i1.md", "Orgs/Bo.md")
PATHS += ("People/Ada.sync-conflict-20261122-101500-ABCDEFG.md", "People/Ada (1).md", "Notes/Cy.md")
LINKS = st.sampled_from(
    [f"'[[{name}]]'" for name in NAMES] + ["Ada", "bo", "'[[Me]]'", "'[[People/Ada]]'", "Countess", "'[[i1]]'"]
)
TEXTS = st.one_of(
    st.builds(
        "type: contact\nname: {}\nreferred_by: {}\norganization: {}".format, st.sampled_from(NAMES), LINKS, LINKS
    ),
    st.builds("type: person\nmet_via: {}\naliases: Countess".format, LINKS),
    st.builds("type: request\ncontact: {}\nsent: 2026-11-0{}".format, LINKS, st.integers(1, 9)),
    st.builds("type: thank-you\ncontact: [{}, {}]\ninterview: {}".format, LINKS, LINKS, LINKS),
    st.builds(
        "type: interview\ncontact: {}\nreferrals: [{}, {}]\nmay_mention: {}".format,
        LINKS,
        LINKS,
        LINKS,
        st.sampled_from(["true", "false", ""]),
    ),
    st.builds("type: organization\nname: {}".format, st.sampled_from(NAMES)),
    st.sampled_from(["title: x", "x: y: z", "type: contact\ntype: contact", "type: update\nsent: 2026-11-22", ""]),
)
STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(PATHS), TEXTS, max_size=4),
        st.frozensets(st.sampled_from(PATHS), max_size=3),
    ),
    max_size=8,
)


@settings(max_examples=200)
@given(STEPS, st.randoms(use_true_random=False))
def test_an_index_brought_up_to_date_equals_one_built_afresh(
    steps: list[tuple[dict[str, str], frozenset[str]]], random: Random
) -> None:
    kept: dict[str, Reading] = {}
    index = Index()
    for texts, removed in steps:
        readings = {path: read(path, f"---\n{text}\n---\nbody [[Ada]]\n") for path, text in texts.items()}
        index = index.apply(Changes(read=readings, removed=removed))
        assert index.network is index.network
        kept = {path: one for path, one in kept.items() if path not in removed} | readings
    shuffled = list(kept.items())
    random.shuffle(shuffled)
    fresh = Index(dict(shuffled))
    assert index.readings == fresh.readings
    assert index.network == fresh.network
    assert index.findings == fresh.findings
    assert list(index.network.contacts) == list(fresh.network.contacts)
    assert list(index.counts().items()) == list(fresh.counts().items())


@given(st.dictionaries(st.sampled_from(PATHS), TEXTS))
def test_a_network_holds_together(texts: dict[str, str]) -> None:
    index = Index({path: read(path, f"---\n{text}\n---\n") for path, text in texts.items()})
    network = index.network
    for ident, contact in network.contacts.items():
        assert contact.id == ident
        assert contact.organization is None or ident in network.organizations[contact.organization].contacts
        assert contact.recorded == (contact.note is not None)
        assert contact.wanted or not (contact.messages or contact.interviews or contact.preps)
    for one in network.referrals:
        assert one.by != one.to
        assert one.to in network.contacts[one.by].referred
        assert one.by in network.contacts[one.to].referred_by
        assert all(isinstance(index.readings[path], Read) for path in one.evidence)
    assert set(network.named_in.values()) <= network.contacts.keys()
    for found in index.findings:
        assert found.path in index.readings
        assert not isinstance(index.readings[found.path], Unreadable) or found.code != "same-name"
