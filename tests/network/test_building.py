"""From notes to the network: contacts, organizations, referrals, and what is doubtful between notes."""

from collections.abc import Mapping

import pytest

from infoview_md.network.index import Index
from infoview_md.network.people import Network
from infoview_md.notes.findings import Finding
from infoview_md.notes.reading import read_note


def index_of(notes: Mapping[str, str]) -> Index:
    """The index of a small vault, written as path to properties, one a line."""
    return Index({path: read_note(path, f"---\n{text}\n---\nbody\n".encode()) for path, text in notes.items()})


def network_of(notes: Mapping[str, str]) -> Network:
    return index_of(notes).network


def short(findings: tuple[Finding, ...]) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.path, one.line) for one in findings]


def found(notes: Mapping[str, str]) -> list[tuple[str, str, int | None]]:
    return short(index_of(notes).findings)


ADA = {"People/Ada.md": "type: contact\nname: Ada Lovelace\naliases: [Countess]"}


# --- Contacts --------------------------------------------------------------------------------------------------------


def test_a_note_makes_a_contact() -> None:
    ada = network_of(ADA).contacts["People/Ada.md"]
    assert (ada.name, ada.path, ada.wanted, ada.recorded) == ("Ada Lovelace", "People/Ada.md", True, True)


def test_a_person_is_only_known_until_one_of_our_notes_names_them() -> None:
    known = {"People/Bo.md": "type: person"}
    assert not network_of(known).contacts["People/Bo.md"].wanted
    for note in ("type: request\ncontact: '[[Bo]]'", "type: interview\ncontact: Ada\nreferrals: ['[[Bo]]']"):
        assert network_of({**known, "x.md": note}).contacts["People/Bo.md"].wanted


def test_a_request_makes_an_unrecorded_contact() -> None:
    network = network_of({"x.md": "type: request\ncontact: '[[Grace Hopper]]'"})
    grace = network.contacts["name:Grace Hopper"]
    assert (grace.name, grace.path, grace.wanted, grace.recorded) == ("Grace Hopper", None, True, False)
    assert [one.path for one in grace.messages] == ["x.md"]
    assert short(network.findings) == [("unrecorded", "x.md", 3)]
    assert network.findings[0].hint == 'record them: infoview new contact "Grace Hopper"'


def test_an_unrecorded_contact_is_one_in_every_spelling() -> None:
    network = network_of(
        {
            "a.md": "type: request\ncontact: '[[People/Grace Hopper|G]]'",
            "b.md": "type: request\ncontact: grace hopper",
            "c.md": "type: interview\ncontact: '[[GRACE HOPPER]]'\nreferrals: [Emmy]",
        }
    )
    assert list(network.contacts) == ["name:Emmy", "name:Grace Hopper"]
    grace = network.contacts["name:Grace Hopper"]
    assert ([one.path for one in grace.messages], [one.path for one in grace.interviews]) == (
        ["a.md", "b.md"],
        ["c.md"],
    )
    assert grace.referred == ("name:Emmy",)


def test_an_unrecorded_contact_becomes_the_note_that_is_made_for_it() -> None:
    request = {"x.md": "type: request\ncontact: '[[Grace Hopper]]'"}
    network = network_of({**request, "People/Grace Hopper.md": "type: contact"})
    assert list(network.contacts) == ["People/Grace Hopper.md"]
    assert not network.findings


def test_a_note_that_is_nobodys_can_be_a_contact() -> None:
    notes = {"x.md": "type: request\ncontact: '[[Grace]]'", "Notes/Grace.md": "title: about Grace"}
    grace = network_of(notes).contacts["Notes/Grace.md"]
    assert (grace.name, grace.recorded, grace.wanted) == ("Grace", False, True)


def test_the_ending_of_a_file_is_no_part_of_a_name() -> None:
    notes = {
        "x.md": "type: request\ncontact: ['[[Grace]]', '[[Grace Hopper]]']",
        "Notes/Grace.MD": "title: about Grace",
    }
    network = network_of({**notes, "People/G.MD": "type: contact\nname: Grace Hopper"})
    assert network.contacts["Notes/Grace.MD"].name == "Grace"
    assert [one.id for one in network.find("g")] == ["People/G.MD"]
    assert network.findings[0].hint == "did you mean [[G|Grace Hopper]]?"


def test_an_unreadable_note_still_stands_for_its_contact() -> None:
    notes = {"x.md": "type: request\ncontact: '[[Grace]]'", "People/Grace.md": "broken: x: y"}
    network = network_of(notes)
    assert network.contacts["People/Grace.md"].wanted
    assert not network.findings


@pytest.mark.parametrize("text", ["Countess", "ada lovelace"])
def test_a_bare_name_may_be_a_name_or_an_alias(text: str) -> None:
    network = network_of({**ADA, "x.md": f"type: request\ncontact: {text}"})
    assert [one.path for one in network.contacts["People/Ada.md"].messages] == ["x.md"]
    assert not network.findings


@pytest.mark.parametrize(
    ("target", "nearest"),
    [
        ("Countess", "[[Ada|Countess]]"),
        ("Ada Lovelace", "[[Ada|Ada Lovelace]]"),
        ("Ada Lovelase", "[[Ada]]"),
    ],
)
def test_an_alias_never_resolves_a_link_but_is_the_hint(target: str, nearest: str) -> None:
    network = network_of({**ADA, "x.md": f"type: request\ncontact: '[[{target}]]'"})
    assert not network.contacts["People/Ada.md"].messages
    assert f"name:{target}" in network.contacts
    assert short(network.findings) == [("link-unresolved", "x.md", 3)]
    assert network.findings[0].hint == f"did you mean {nearest}?"


def test_an_alias_of_two_is_nobodys() -> None:
    notes = {
        "People/A.md": "type: contact\naliases: [Sam]",
        "People/B.md": "type: contact\naliases: [sam]",
        "x.md": "type: request\ncontact: Sam",
    }
    network = network_of(notes)
    assert "name:Sam" in network.contacts
    assert network.findings[0].hint == "did you mean [[A|Sam]] or [[B|Sam]]?"


def test_an_endless_name_is_not_guessed_at() -> None:
    network = network_of({**ADA, "x.md": f"type: request\ncontact: '[[{'Ada ' * 5000}]]'"})
    assert [one.code for one in network.findings] == ["unrecorded"]
    assert len(network.findings[0].message) < 700


@pytest.mark.parametrize(
    ("target", "words"),
    [("Me", "your own profile"), ("Engines", "not about a person"), ("x", "not about a person")],
)
def test_a_contact_that_is_no_person_is_told_and_left_out(target: str, words: str) -> None:
    notes = {
        "Me.md": "type: me",
        "Orgs/Engines.md": "type: organization",
        "x.md": f"type: request\ncontact: ['[[{target}]]', Ada]",
    }
    network = network_of(notes)
    assert list(network.contacts) == ["name:Ada"]
    assert [one.code for one in network.findings] == ["link-elsewhere", "unrecorded"]
    assert words in network.findings[0].message


def test_a_link_to_one_of_two_is_told_with_both_paths() -> None:
    notes = {
        "Archive/Sam Lee.md": "type: contact",
        "People/Sam Lee.md": "type: contact",
        "People/Bob.md": "type: contact\nname: Bob\nreferred_by: '[[Sam Lee]]'",
    }
    (first, _) = index_of(notes).findings
    assert (first.code, first.path, first.line) == ("link-ambiguous", "People/Bob.md", 4)
    assert "People/Sam Lee.md, Archive/Sam Lee.md; People/Sam Lee.md is used" in first.message
    assert first.hint == "write the path into the link: [[People/Sam Lee]]"
    assert network_of(notes).referrals[0].by == "People/Sam Lee.md"


@pytest.mark.parametrize(
    ("type_name", "name"), [("thank-you", "interview"), ("prep", "interview"), ("update", "about")]
)
def test_a_link_that_a_message_reports_on_is_followed(type_name: str, name: str) -> None:
    note = f"type: {type_name}\ncontact: Ada\n{name}: '[[2026-11-22 Ada]]'"
    assert ("link-unresolved", "x.md", 4) in found({"x.md": note})
    assert ("link-unresolved", "x.md", 4) not in found({"x.md": note, "2026-11-22 Ada.md": "x: 1"})


def test_a_hint_is_safe_to_paste() -> None:
    network = network_of({"x.md": 'type: request\ncontact: "O\'Brien; rm -rf ~"'})
    assert network.findings[0].hint.endswith('infoview new contact "O\'Brien; rm -rf ~"')


# --- Referrals -------------------------------------------------------------------------------------------------------


def test_a_referral_is_told_by_an_interview_or_by_the_contact() -> None:
    network = network_of(
        {
            **ADA,
            "People/Bo.md": "type: contact\nreferred_by: '[[Ada]]'",
            "i.md": "type: interview\ncontact: '[[Ada]]'\nreferrals: ['[[Bo]]', '[[Cy]]']\nmay_mention: true",
        }
    )
    assert [(one.by, one.to, one.evidence, one.may_mention) for one in network.referrals] == [
        ("People/Ada.md", "People/Bo.md", ("People/Bo.md", "i.md"), True),
        ("People/Ada.md", "name:Cy", ("i.md",), True),
    ]
    assert network.contacts["People/Bo.md"].referred_by == ("People/Ada.md",)
    assert network.contacts["People/Ada.md"].referred == ("People/Bo.md", "name:Cy")
    assert network.named_in["i.md", 4, "bo"] == "People/Bo.md"
    assert network.referral("People/Ada.md", "name:Cy") is network.referrals[1]


def test_no_is_no_whoever_else_said_yes() -> None:
    notes = {
        f"{number}.md": f"type: interview\ncontact: Ada\nreferrals: [Bo]\nmay_mention: {answer}"
        for number, answer in enumerate(("true", "false", ""))
    }
    assert network_of(notes).referrals[0].may_mention is False


def test_an_interview_with_two_refers_from_both() -> None:
    network = network_of({"i.md": "type: interview\ncontact: [Ada, Bo]\nreferrals: [Cy]"})
    assert network.contacts["name:Cy"].referred_by == ("name:Ada", "name:Bo")


def test_nobody_refers_themselves() -> None:
    notes = {
        "People/Ada.md": "type: contact\nname: Ada\nreferred_by: '[[Ada]]'",
        "i.md": "type: interview\ncontact: '[[Bo]]'\nreferrals: ['[[bo]]']",
    }
    network = network_of(notes)
    assert network.referrals == ()
    assert [one for one in found(notes) if one[0] == "ref-self"] == [
        ("ref-self", "People/Ada.md", 4),
        ("ref-self", "i.md", 4),
    ]


def test_a_ring_is_told_once_and_kept() -> None:
    notes = {
        "People/A.md": "type: contact\nname: Ann\nreferred_by: '[[C]]'",
        "People/B.md": "type: contact\nname: Ben\nreferred_by: '[[A]]'",
        "People/C.md": "type: contact\nname: Cat\nreferred_by: '[[B]]'",
        "People/D.md": "type: contact\nname: Dan\nreferred_by: '[[C]]'",
    }
    network = network_of(notes)
    assert len(network.referrals) == 4
    assert short(network.findings) == [("ref-loop", "People/A.md", 4)]
    assert network.findings[0].message == "Ann, Ben, Cat referred each other in a ring"


def test_two_rings_are_told_as_two() -> None:
    notes = {
        name: f"type: interview\ncontact: {by}\nreferrals: [{to}]"
        for name, by, to in (
            ("a.md", "a1", "a2"),
            ("b.md", "a2", "a1"),
            ("c.md", "a1", "b1"),
            ("d.md", "b1", "b2"),
            ("e.md", "b2", "b1"),
        )
    }
    loops = [one for one in index_of(notes).findings if one.code == "ref-loop"]
    assert [(one.path, one.line, one.message.split(" referred")[0]) for one in loops] == [
        ("a.md", 4, "a1, a2"),
        ("d.md", 4, "b1, b2"),
    ]


def test_a_chain_of_five_thousand_is_an_ordinary_network() -> None:
    notes = {f"P{n}.md": f"type: contact\nreferred_by: '[[P{n - 1}]]'" for n in range(1, 5000)}
    network = network_of({**notes, "P0.md": "type: contact"})
    assert len(network.referrals) == 4999
    assert not network.findings


def test_a_known_persons_note_makes_no_contacts() -> None:
    notes = {
        "People/Bo.md": "type: person\nmet_through: a party in Leeds",
        "People/Cy.md": "type: person\nreferred_by: ['[[Di]]', '[[Nobody]]']",
        "People/Di.md": "type: person",
    }
    network = network_of(notes)
    assert list(network.contacts) == ["People/Bo.md", "People/Cy.md", "People/Di.md"]
    assert not any(one.wanted for one in network.contacts.values())
    assert [(one.by, one.to) for one in network.referrals] == [("People/Di.md", "People/Cy.md")]
    assert not network.findings


def test_a_known_persons_note_counts_once_one_of_ours_names_them() -> None:
    notes = {
        "People/Bo.md": "type: person\nreferred_by: '[[Cy]]'",
        "People/Cy.md": "type: person\nreferred_by: '[[Di]]'",
        "x.md": "type: request\ncontact: '[[Bo]]'",
    }
    network = network_of(notes)
    assert {one.name: one.wanted for one in network.contacts.values()} == {"Bo": True, "Cy": True, "Di": True}
    assert short(network.findings) == [("unrecorded", "People/Cy.md", 3)]


# --- Organizations ---------------------------------------------------------------------------------------------------


def test_an_organization_is_one_in_every_way_of_naming_it() -> None:
    network = network_of(
        {
            "Orgs/Engines.md": "type: organization\nname: Analytical Engines Ltd\naliases: [AE]",
            "People/A.md": "type: contact\norganization: '[[Engines]]'",
            "People/B.md": "type: contact\norganization: analytical engines ltd",
            "People/C.md": "type: person\norg: AE",
            "People/D.md": "type: contact\norganization: ['[[Orgs/Engines|AE]]', Elsewhere]",
            "People/E.md": "type: contact\norganization: engines",
        }
    )
    assert list(network.organizations) == ["Orgs/Engines.md"]
    engines = network.organizations["Orgs/Engines.md"]
    assert engines.name == "Analytical Engines Ltd"
    assert engines.contacts == tuple(f"People/{letter}.md" for letter in "ABCDE")
    assert network.contacts["People/D.md"].organization == "Orgs/Engines.md"


def test_an_organization_needs_no_note() -> None:
    network = network_of(
        {
            "People/A.md": "type: contact\norganization: '[[Engines Ltd|Engines]]'",
            "People/B.md": "type: contact\norganization: ENGINES LTD",
            "People/C.md": "type: contact\norganization: R/D Labs",
            "People/D.md": "type: contact\norganization: '[[Orgs/Engines Ltd]]'",
        }
    )
    assert {one.name: one.contacts for one in network.organizations.values()} == {
        "Engines Ltd": ("People/A.md", "People/B.md", "People/D.md"),
        "R/D Labs": ("People/C.md",),
    }
    assert not network.findings


def test_any_note_can_be_an_organization_but_none_of_our_others() -> None:
    network = network_of(
        {
            "Wiki/Engines.md": "title: x",
            "People/A.md": "type: contact\norganization: '[[Engines]]'",
            "People/B.md": "type: contact\norganization: '[[A]]'",
            "People/C.md": "type: contact\norganization: '[[x]]'",
            "x.md": "type: request\ncontact: '[[A]]'",
        }
    )
    organizations = {one.name: one.path for one in network.organizations.values()}
    assert organizations == {"Engines": "Wiki/Engines.md", "A": None, "x": None}


# --- Between notes ---------------------------------------------------------------------------------------------------


def test_a_copy_that_a_sync_tool_left_counts_nobody_twice() -> None:
    copy = "People/Ada.sync-conflict-20261122-101500-ABCDEFG.md"
    notes = {**ADA, copy: ADA["People/Ada.md"], "x.md": "type: request\ncontact: '[[Ada]]'"}
    network = network_of(notes)
    assert list(network.contacts) == ["People/Ada.md"]
    assert short(network.findings) == [("sync-conflict", copy, None)]
    assert "People/Ada.md" in network.findings[0].message


def test_a_copy_of_somebody_elses_note_is_none_of_our_business() -> None:
    assert found({"a.md": "x: 1", "a (conflicted copy).md": "x: 1"}) == []


def test_two_notes_with_one_name_are_told_and_both_kept() -> None:
    notes = {"People/Sam.md": "type: contact\nname: Sam", "Archive/Sam.md": "type: contact\nname: Sam"}
    assert len(network_of(notes).contacts) == 2
    assert found(notes) == [("same-name", "People/Sam.md", 3)]


def test_links_in_the_body_make_no_contact() -> None:
    readings = {"People/Bob.md": read_note("People/Bob.md", b"---\ntype: contact\n---\n[[Ada]] `[[Cy]]`\n")}
    assert list(Index(readings).network.contacts) == ["People/Bob.md"]


def test_contacts_stand_by_name() -> None:
    notes = {"b.md": "type: contact\nname: ada", "a.md": "type: contact\nname: Zoë", "c.md": "type: contact\nname: Bo"}
    assert [one.name for one in network_of(notes).contacts.values()] == ["ada", "Bo", "Zoë"]
