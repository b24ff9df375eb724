import datetime as dt

import pytest

from infoview_md.agenda.approach import Advice, first_move
from infoview_md.agenda.making import make_agenda
from infoview_md.network.warmth import warmest_chains
from infoview_md.notes.records import Settings
from tests.agenda.vaults import index_of, moment

NOW = moment("2026-11-23")


def advice(notes: dict[str, str], target: str) -> Advice:
    """What to do first about a contact or an organization by its id; notes are properties, and then a body."""
    network = index_of(notes).network
    wanted = network.contacts.get(target) or network.organizations[target]
    return first_move(wanted, warmest_chains(network, target, NOW), make_agenda(network, Settings(), NOW))


def talk(who: str, more: str = "") -> str:
    return f'type: interview\ncontact: "[[{who}]]"\ndate: 2026-11-02\n{more}'


THANKS = 'type: thank-you\ncontact: "[[Ada]]"\nsent: 2026-11-03'
ASKED = 'type: request\ncontact: "[[Bob]]"\nsent: 2026-06-01'
ASKED_AGAIN = 'type: follow-up\ncontact: "[[Bob]]"\nsent: 2026-06-15'


def test_what_is_due_for_them_comes_first() -> None:
    found = advice({"talk.md": talk("Ada", 'referrals: "[[Bob]]"'), "Bob.md": "type: contact"}, "Bob.md")
    assert found == Advice(
        text="Bob: draft a request that names Ada",
        because="Ada gave you their name on 2 November.",
        due=dt.date(2026, 11, 9),
        command='infoview new request "Bob"',
        note="talk.md",
    )


def test_without_room_for_one_more_request_the_referral_is_used_all_the_same() -> None:
    notes = {"talk.md": talk("Ada", 'referrals: "[[Zoë]]"'), "Zoë.md": "type: contact"}
    for number in range(5):
        notes[f"P{number}.md"] = f"type: contact\norganization: O{number}"
        notes[f"out {number}.md"] = f'type: request\ncontact: "[[P{number}]]"\nsent: 2026-11-20'
    assert advice(notes, "Zoë.md") == Advice(
        text="draft a request to Zoë that names Ada", command='infoview new request "Zoë"'
    )


def test_after_silence_the_referrer_is_asked_for_a_word() -> None:
    notes = {
        "Bob.md": "type: contact",
        "talk.md": talk("Ada", 'referrals: "[[Bob]]"'),
        "1.md": ASKED,
        "2.md": ASKED_AGAIN,
    }
    found = advice(notes, "Bob.md")
    assert found.text == "tell Ada how it went with Bob, and ask for a word"
    assert found.command == 'infoview new update "Ada" --about "Bob"'
    assert found.because is not None
    assert found.because.startswith("You asked on 1 June")


def test_after_silence_nobody_who_asked_not_to_be_named_is_asked_for_a_word() -> None:
    notes = {
        "Bob.md": "type: contact",
        "talk.md": talk("Ada", 'referrals: "[[Bob]]"\nmay_mention: false'),
        "1.md": ASKED,
        "2.md": ASKED_AGAIN,
    }
    found = advice(notes, "Bob.md")
    assert (found.text, found.command) == ("let it rest with Bob for now", None)


def test_whom_you_met_is_asked_for_an_introduction_to_a_colleague() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Bob.md": "type: contact\norganization: Mill",
        "talk.md": talk("Ada"),
    }
    assert advice(notes, "Bob.md") == Advice(
        text="ask Ada for an introduction to Bob", command='infoview new referral-request "Ada"'
    )


def test_whom_you_only_wrote_to_has_to_answer_first() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Cyd.md": "type: contact\norganization: Mill",
        "out.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-20',
    }
    found = advice(notes, "Cyd.md")
    assert (found.text, found.command) == ("Ada: send a follow-up", 'infoview new follow-up "Ada"')


def test_with_whom_a_talk_is_arranged_you_talk_first() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "out.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02\nreplied: 2026-11-04\nreply: accepted',
        "plan.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2027-01-20',
        "prep.md": 'type: prep\ncontact: "[[Ada]]"\ndate: 2027-01-20',
        "sure.md": 'type: confirmation\ncontact: "[[Ada]]"\nsent: 2026-11-20',
        "Bob.md": "type: contact\norganization: Mill",
    }
    found = advice(notes, "Bob.md")
    assert (found.text, found.command) == ("ask Ada when you talk", None)


@pytest.mark.parametrize(
    ("ada", "text", "command"),
    [
        ("type: person", "write to Ada, if you know them", 'infoview new request "Ada"'),
        ("type: contact\nlast_contact: 2026-11-20", "Ada: say hello", 'infoview new update "Ada"'),
    ],
)
def test_whom_you_know_you_write_to(ada: str, text: str, command: str) -> None:
    found = advice({"Ada.md": ada}, "Ada.md")
    assert (found.text, found.command) == (text, command)


def test_of_whom_you_keep_a_note_only_you_know_whether_you_know_them() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Aunt.md": "type: person\norganization: Mill",
        "talk.md": talk("Ada"),
        "thanks.md": THANKS,
    }
    assert advice(notes, "Aunt.md").text == (
        "write to Aunt yourself, if you know them; else ask Ada for an introduction to Aunt"
    )


def test_a_stranger_gets_a_request_without_an_introduction() -> None:
    assert advice({"Bob.md": "type: contact"}, "Bob.md").command == 'infoview new request "Bob"'
    me = "type: me\naccepted: 2026-11-01"
    found = advice({"Bob.md": "type: contact", "Me.md": me}, "Bob.md")
    assert found == Advice(
        text="draft a request to Bob that says why you write to them of all people",
        command='infoview new request "Bob"',
    )


def test_at_an_organization_of_strangers_begin_with_whom_the_agenda_proposes() -> None:
    notes = {"Zoë.md": "type: contact\norganization: Mill", "Ada.md": "type: person\norganization: Weir"}
    assert advice(notes, "organization:Mill").command == 'infoview new request "Zoë"'


def test_at_an_organization_without_anybody_find_somebody_first() -> None:
    found = advice({'Ada & "Co".md': "type: organization"}, 'Ada & "Co".md')
    assert found.text == "find somebody who works there, and make a note about them"
    assert found.command == """infoview new contact NAME --set 'organization=Ada & "Co"'"""


def test_who_shares_a_name_is_named_by_path() -> None:
    notes = {
        "Work/Ada.md": "type: contact\norganization: Mill",
        "Home/Ada.md": "type: contact",
        "talk.md": talk("Work/Ada"),
        "Bob.md": "type: contact\norganization: Mill",
    }
    assert advice(notes, "Bob.md").command == 'infoview new referral-request "Work/Ada.md"'
