"""What holds for the agenda of any vault: order does not matter, sending does not nag, a pause leaves nothing late."""

import datetime as dt
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from infoview_md.agenda.agenda import Agenda
from infoview_md.agenda.making import make_agenda
from infoview_md.network.building import build_network
from infoview_md.notes.reading import Read
from infoview_md.notes.records import Settings
from tests.agenda.vaults import agenda_of, index_of, moment

few = settings(max_examples=50)
"""Whole vaults take their time."""
TODAY = dt.date(2026, 11, 23)
NAMES = ("Ada", "Babbage", "Clement")
TYPES = ("request", "follow-up", "referral-request", "thank-you", "update", "confirmation", "announcement")

days = st.integers(min_value=-60, max_value=0).map(lambda number: TODAY + dt.timedelta(days=number))
all_days = st.integers(min_value=-60, max_value=40).map(lambda number: TODAY + dt.timedelta(days=number))
names = st.sampled_from(NAMES)
bodies = st.sampled_from(["", "\n\n==✎ more==\n"])


def line(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """A property that may be missing."""
    return st.one_of(st.just(""), values.map(lambda value: f"{name}: {value}\n"))


@st.composite
def contacts(draw: st.DrawFn) -> str:
    return (
        "type: contact\n"
        + draw(line("organization", st.sampled_from(["Engines", "Looms"])))
        + draw(line("referred_by", names.map(lambda name: f'"[[{name}]]"')))
        + draw(line("last_contact", days))
        + draw(line("follow_up", all_days))
        + draw(line("paused_until", all_days))
        + draw(line("keep_in_touch", st.integers(min_value=1, max_value=100)))
    )


@st.composite
def messages(draw: st.DrawFn) -> str:
    name = draw(names)
    text = f'type: {draw(st.sampled_from(TYPES))}\ncontact: "[[{name}]]"\n' + draw(line("sent", days))
    if draw(st.booleans()):
        text += f"replied: {draw(days)}\n" + draw(line("reply", st.sampled_from(["accepted", "declined", "later"])))
    text += draw(line("later_on", all_days)) + draw(line("about", names.map(lambda one: f'"[[{one}]]"')))
    return text + draw(bodies)


@st.composite
def interviews(draw: st.DrawFn) -> str:
    status = st.sampled_from(["scheduled", "held", "cancelled", "no-show"])
    return (
        f'type: interview\ncontact: "[[{draw(names)}]]"\n'
        + draw(line("date", all_days.map(lambda day: f"{day}T10:00")))
        + draw(line("status", status))
        + draw(line("referrals", st.sampled_from([*NAMES, "Dorothy"]).map(lambda name: f'["[[{name}]]"]')))
        + draw(line("may_follow_up", st.sampled_from(["true", "false"])))
        + draw(line("follow_up", all_days))
        + draw(bodies)
    )


@st.composite
def vaults(draw: st.DrawFn, *, me: bool = True) -> dict[str, str]:
    notes = {f"{name}.md": draw(contacts()) for name in NAMES}
    notes |= {f"m{number}.md": text for number, text in enumerate(draw(st.lists(messages(), max_size=7)))}
    notes |= {f"i{number}.md": text for number, text in enumerate(draw(st.lists(interviews(), max_size=3)))}
    if draw(st.booleans()):
        notes["p.md"] = f'type: prep\ncontact: "[[{draw(names)}]]"' + draw(bodies)
    if me:
        notes["Me.md"] = "name: Mary\n" + draw(line("accepted", all_days)) + draw(line("paused_from", all_days))
        notes["Me.md"] += draw(line("paused_until", all_days))
    return notes


def summary(agenda: Agenda) -> list[tuple[str, str, str, dt.date, str | None, str | None]]:
    return [(one.contact.id, one.stage, one.rule, one.due, one.note, one.command) for one in agenda.actions]


@few
@given(vaults(), st.randoms(use_true_random=False))
def test_the_order_of_the_notes_does_not_matter(notes: dict[str, str], chance: random.Random) -> None:
    expected = agenda_of(notes, str(TODAY))
    records = [one.record for one in index_of(notes).readings.values() if isinstance(one, Read)]
    chance.shuffle(records)
    own = index_of(notes).settings
    assert make_agenda(build_network(records), own, moment(str(TODAY))) == expected


@few
@given(vaults(), names, st.sampled_from(TYPES), days)
def test_a_sent_message_never_makes_an_earlier_action_due_again(
    notes: dict[str, str], name: str, type_name: str, sent: dt.date
) -> None:
    before = agenda_of(notes, str(TODAY)).for_contact(f"{name}.md")
    message = f'type: {type_name}\ncontact: "[[{name}]]"\nsent: {sent}'
    after = agenda_of({**notes, "new.md": message}, str(TODAY)).for_contact(f"{name}.md")
    for action in after:
        same = [one.due for one in before if one.rule == action.rule]
        assert action.due > sent or (same and action.due >= min(same)) or action.any_day, action


@few
@given(vaults(me=False))
def test_a_pause_over_the_whole_time_leaves_nothing_overdue(notes: dict[str, str]) -> None:
    me = f"paused_from: {TODAY - dt.timedelta(days=100)}\npaused_until: {TODAY + dt.timedelta(days=10)}"
    assert not agenda_of({**notes, "Me.md": me}, str(TODAY)).overdue
    assert not agenda_of({**notes, "Me.md": me}, str(TODAY + dt.timedelta(days=11))).overdue


@few
@given(vaults(), st.integers(min_value=-300, max_value=300))
def test_moving_everything_by_weeks_moves_what_is_due_by_as_much(notes: dict[str, str], weeks: int) -> None:
    shift = dt.timedelta(weeks=weeks)

    def moved(text: str) -> str:
        return re.sub(r"\d{4}-\d\d-\d\d", lambda found: str(dt.date.fromisoformat(found[0]) + shift), text)

    here = agenda_of(notes, str(TODAY))
    there = agenda_of({path: moved(text) for path, text in notes.items()}, str(TODAY + shift))
    assert summary(there) == [(who, stage, rule, due + shift, *rest) for who, stage, rule, due, *rest in summary(here)]


@few
@given(vaults())
def test_every_contact_has_a_stage_and_a_sentence_that_says_why(notes: dict[str, str]) -> None:
    agenda = agenda_of(notes, str(TODAY))
    assert set(agenda.standings) == set(agenda.network.contacts)
    for one in agenda.standings.values():
        assert one.because.endswith(".")
    for action in agenda.actions:
        assert action.because[0].isupper()
        assert action.because.endswith(".")
        assert "{" not in action.because + action.text + (action.command or "")


def test_settings_may_come_without_a_profile() -> None:
    network = index_of({"Ada.md": "type: contact"}).network
    assert make_agenda(network, Settings(), moment("2026-11-23")).due(within=0)
