"""A network that is renewed equals one that is built, and so does all that networks of one shape share."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.network.graph import graph_of
from infoview_md.network.index import Changes, Index
from infoview_md.network.insights import referral_forest
from infoview_md.network.mentions import mentions
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note
from tests.agenda.test_properties import vaults
from tests.agenda.vaults import as_note, index_of, moment

NOTES = {
    "Me.md": "name: Imogen\nsent: x",
    "Ada.md": 'type: contact\nrole: engineer\norganization: Engines\nreferred_by: "[[Bo]]"\n\nSee [[Bo]].',
    "Bo.md": "type: contact\naliases: [Bob]",
    "Mill.md": "type: organization\nfield: flour",
    "m.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\nreplied:',
    "i.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\nreferrals: ["[[Cy]]"]\nstatus: held',
    "p.md": 'type: prep\ncontact: "[[Ada]]"\nmedium: phone',
}


def after(before: Index, notes: Mapping[str, str]) -> Index:
    before.network  # noqa: B018 - what is there already is what is renewed
    return before.apply(Changes(read={path: read_note(path, as_note(text)) for path, text in notes.items()}))


def shape_is_kept(path: str, old: str, new: str) -> bool:
    before = index_of(NOTES)
    assert old in NOTES[path]
    now = after(before, {path: NOTES[path].replace(old, new)})
    built = index_of({**NOTES, path: NOTES[path].replace(old, new)})
    assert_same(now.network, built.network)
    return now.network.shape is before.network.shape


def assert_same(renewed: Network, built: Network) -> None:
    now = moment("2026-11-23")
    assert renewed == built
    assert list(renewed.contacts) == list(built.contacts)
    assert graph_of(renewed, now) == graph_of(built, now)
    assert referral_forest(renewed) == referral_forest(built)
    assert renewed.shared(mentions) == mentions(built)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("Ada.md", "engineer", "baker"),
        ("Ada.md", "See", "Look at"),
        ("Mill.md", "flour", "bread"),
        ("m.md", "replied:", "replied: 2026-11-20"),
        ("m.md", "2026-11-02", "2026-12-02"),
        ("i.md", "held", "no-show"),
        ("p.md", "phone", "video"),
    ],
)
def test_what_names_nobody_keeps_the_shape(path: str, old: str, new: str) -> None:
    assert shape_is_kept(path, old, new)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("Me.md", "Imogen", "Imo"),
        ("Ada.md", "Engines", "Looms"),
        ("Ada.md", 'referred_by: "[[Bo]]"', 'referred_by: "[[Cy]]"'),
        ("Ada.md", "See [[Bo]]", "See [[Mill]]"),
        ("Ada.md", "role: engineer", "role: engineer\nfield: bridges"),
        ("Bo.md", "Bob", "Robert"),
        ("m.md", "request", "update"),
        ("i.md", "2026-11-10", "2026-11-11"),
        ("i.md", "[[Cy]]", "[[Bo]]"),
        ("i.md", "type: interview", "type: prep"),
        ("Bo.md", "type: contact", "type: book"),
        ("Bo.md", "aliases: [Bob]", "aliases: [Bob"),
    ],
)
def test_what_may_name_somebody_makes_another_shape(path: str, old: str, new: str) -> None:
    assert not shape_is_kept(path, old, new)


@settings(max_examples=60)
@given(st.data())
def test_a_renewed_network_equals_one_that_is_built(data: st.DataObject) -> None:
    notes = data.draw(vaults())
    index = index_of(notes)
    for _ in range(3):
        other = data.draw(vaults())
        changed = {path: other.get(path, "") for path in data.draw(st.sets(st.sampled_from(sorted(notes)), max_size=2))}
        index, notes = after(index, changed), {**notes, **changed}
        assert_same(index.network, index_of(notes).network)
