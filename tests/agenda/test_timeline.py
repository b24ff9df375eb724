from infoview_md.agenda.timeline import Event, timeline
from tests.agenda.vaults import day, index_of, moment, notes_in

NOTES = """
=== Me.md
timezone: Europe/London
=== Ada.md
type: contact
last_contact: 2026-11-20
=== r.md
type: request
contact: "[[Ada]]"
channel: linkedin
sent: 2026-10-01
replied: 2026-10-02
reply: later
later_on: 2026-10-12
=== f.md
type: follow-up
contact: "[[Ada]]"
sent: 2026-10-12
replied: 2026-10-12
reply: accepted
=== i1.md
type: interview
contact: "[[Ada]]"
date: 2026-10-19T10:00
status: cancelled
=== i2.md
type: interview
contact: "[[Ada]]"
date: 2026-10-21T20:00-08:00
medium: video
duration: 20
referrals: ["[[Grace]]", "[[Mary]]"]
=== t.md
type: thank-you
contact: "[[Ada]]"
sent: 2026-10-22
replied: 2026-10-23
=== u.md
type: referral-request
contact: "[[Ada]]"
=== j.md
type: interview
contact: "[[Charles]]"
date: 2026-09-30
referrals: "[[Ada]]"
=== k.md
type: interview
contact: "[[Ada]]"
date: 2026-12-01
"""


def told(name: str, now: str = "2026-11-23") -> list[str]:
    network = index_of(notes_in(NOTES)).network
    contact = next(one for one in network.contacts.values() if one.name == name)
    return [f"{one.day} {one.words} ({one.note})" for one in timeline(contact, network, moment(now))]


def test_a_timeline_tells_all_that_happened_in_order() -> None:
    assert told("Ada") == [
        "2026-09-30 Charles gave you their name (j.md)",
        "2026-10-01 asked for an interview (linkedin) (r.md)",
        "2026-10-02 they asked you to write again on 12 October (r.md)",
        "2026-10-12 asked again (f.md)",
        "2026-10-12 they said yes (f.md)",
        "2026-10-19 interview cancelled (i1.md)",
        "2026-10-22 interview (video, 20 minutes) (i2.md)",
        "2026-10-22 they named Grace and Mary (i2.md)",
        "2026-10-22 thanked them (t.md)",
        "2026-10-23 they answered (t.md)",
        "2026-11-20 in contact (Ada.md)",
        "2026-12-01 interview planned (k.md)",
        "None referral request drafted (u.md)",
    ]


def test_a_timeline_tells_of_an_unrecorded_contact_too() -> None:
    assert told("Grace") == ["2026-10-22 Ada gave you their name (i2.md)"]


def test_a_contact_of_whom_nothing_is_known_has_no_timeline() -> None:
    network = index_of({"Ada.md": "type: contact"}).network
    assert timeline(network.contacts["Ada.md"], network, moment("2026-11-23")) == ()


def test_an_event_is_a_value() -> None:
    assert Event(day=day("2026-11-23"), words="a", note="b") == Event(day=day("2026-11-23"), words="a", note="b")
