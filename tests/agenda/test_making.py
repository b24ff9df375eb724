"""An agenda and news that are made from an earlier agenda equal those made from nothing."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.agenda.making import make_agenda
from infoview_md.agenda.news import news_between
from infoview_md.network.index import Changes
from infoview_md.notes.reading import read_note
from tests.agenda.test_properties import vaults
from tests.agenda.vaults import agenda_of, as_note, index_of, moment

NOW = moment("2026-11-23")
ASKED = 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02'


@settings(max_examples=80)
@given(vaults(), vaults(), st.data())
def test_an_agenda_made_from_an_earlier_one_equals_one_made_afresh(
    notes: dict[str, str], others: dict[str, str], data: st.DataObject
) -> None:
    changed = data.draw(st.sets(st.sampled_from(sorted({*notes, *others})), max_size=2))
    later = data.draw(st.sampled_from([NOW, NOW + dt.timedelta(hours=3), NOW + dt.timedelta(days=1)]))
    index = index_of(notes)
    before = make_agenda(index.network, index.settings, NOW)
    now = index.apply(
        Changes(
            read={path: read_note(path, as_note(others[path])) for path in changed if path in others},
            removed=frozenset(path for path in changed if path not in others),
        )
    )
    after = make_agenda(now.network, now.settings, later, before)
    kept = {path: text for path, text in notes.items() if path not in changed}
    fresh = agenda_of({**kept, **{path: others[path] for path in changed if path in others}}, later.isoformat())
    assert after == fresh
    assert list(after.standings) == list(fresh.standings)
    whole = news_between(replace(before, making=None), fresh, then=NOW, now=later)
    assert news_between(before, after, then=NOW, now=later) == whole


def test_what_is_found_for_somebody_is_not_looked_for_again_when_another_note_changed() -> None:
    notes = {"Ada.md": "type: contact", "Bo.md": "type: contact\nrole: engineer"}
    index = index_of(notes)
    before = make_agenda(index.network, index.settings, NOW)
    now = index.apply(Changes(read={"Bo.md": read_note("Bo.md", as_note("type: contact\nrole: baker"))}))
    after = make_agenda(now.network, now.settings, NOW + dt.timedelta(minutes=1), before)
    same = {one.contact.name: one is other for one, other in zip(after.actions, before.actions, strict=True)}
    assert same == {"Ada": True, "Bo": False}


def test_whoever_gave_somebody_is_looked_at_again_when_that_one_was_met() -> None:
    interview = 'type: interview\ncontact: "[[Bo]]"\ndate: 2026-11-10T10:00\nstatus: {}'
    notes = {"Ada.md": "type: contact", "Bo.md": 'type: contact\nreferred_by: "[[Ada]]"', "m.md": ASKED}
    index = index_of({**notes, "i.md": interview.format("cancelled")})
    before = make_agenda(index.network, index.settings, NOW)
    now = index.apply(Changes(read={"i.md": read_note("i.md", as_note(interview.format("held")))}))
    after = make_agenda(now.network, now.settings, NOW, before)
    assert now.network.shape is index.network.shape
    assert "tell-referrer" not in {one.rule for one in before.actions}
    assert "tell-referrer" in {one.rule for one in after.actions}
