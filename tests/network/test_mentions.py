from infoview_md.network.index import Changes, Index
from infoview_md.network.mentions import mentions
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note


def network_of(notes: dict[str, tuple[str, str]]) -> Network:
    """The network of notes, each a pair of properties and body."""
    read = {path: read_note(path, f"---\n{block}\n---\n{body}\n".encode()) for path, (block, body) in notes.items()}
    return Index().apply(Changes(read=read)).network


def said(notes: dict[str, tuple[str, str]]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.source, one.target, one.evidence) for one in mentions(network_of(notes))]


ADA = ("type: contact", "")
BOB = ("type: contact", "")


def test_a_link_in_the_note_of_one_contact_to_another_is_a_mention() -> None:
    notes = {"People/Ada.md": ("type: contact", "She knows [[Bob]]."), "People/Bob.md": BOB}
    assert said(notes) == [("People/Ada.md", "People/Bob.md", ("People/Ada.md",))]


def test_what_is_written_about_a_talk_or_in_a_letter_is_about_the_contact() -> None:
    notes = {
        "Ada.md": ADA,
        "Bob.md": BOB,
        "talk.md": ('type: interview\ncontact: "[[Ada]]"', "Is [[Bob]] any good? Ask [[Bob]]."),
        "letter.md": ('type: request\ncontact: "[[Ada]]"', "I read [[Bob|Bob's]] book."),
        "sheet.md": ('type: prep\ncontact: "[[Ada]]"', "[Bob](Bob.md)"),
    }
    assert said(notes) == [("Ada.md", "Bob.md", ("letter.md", "sheet.md", "talk.md"))]


def test_a_link_to_the_note_of_a_talk_leads_to_whom_it_was_with() -> None:
    notes = {
        "Ada.md": ("type: contact", "As in [[talk]]."),
        "Bob.md": BOB,
        "talk.md": ('type: interview\ncontact: "[[Bob]]"', ""),
    }
    assert said(notes) == [("Ada.md", "Bob.md", ("Ada.md",))]


def test_organizations_mention_and_are_mentioned() -> None:
    notes = {
        "Ada.md": ("type: contact", "Used to work for [[Mill]]."),
        "Bob.md": BOB,
        "Mill.md": ("type: organization", "[[Bob]] swears by them."),
    }
    assert said(notes) == [("Ada.md", "Mill.md", ("Ada.md",)), ("Mill.md", "Bob.md", ("Mill.md",))]


def test_who_is_only_a_name_can_be_mentioned_in_any_spelling() -> None:
    notes = {
        "Ada.md": ("type: contact", "Knows [[grace HOPPER]] and [[the mill]]."),
        "Bob.md": ("type: contact\norganization: The Mill", ""),
        "talk.md": ('type: interview\ncontact: "[[Bob]]"\nreferrals: "[[Grace Hopper]]"', ""),
    }
    assert said(notes) == [
        ("Ada.md", "name:Grace Hopper", ("Ada.md",)),
        ("Ada.md", "organization:The Mill", ("Ada.md",)),
    ]


def test_a_link_to_nobody_makes_nobody() -> None:
    notes = {"Ada.md": ("type: contact", "[[Parkin]] and [[Somebody Else]]")}
    network = network_of(notes)
    assert mentions(network) == ()
    assert list(network.contacts) == ["Ada.md"]


def test_what_a_referral_or_a_workplace_says_already_is_no_mention() -> None:
    notes = {
        "Ada.md": ('type: contact\norganization: "[[Mill]]"', "At [[Mill]], met [[Bob]]."),
        "Bob.md": ('type: contact\nreferred_by: "[[Ada]]"', "From [[Ada]]."),
        "Mill.md": ("type: organization", "Where [[Ada]] works."),
    }
    assert said(notes) == []


def test_a_link_in_code_or_to_oneself_is_no_mention() -> None:
    notes = {"Ada.md": ("type: contact", "See [[Ada]] and `[[Bob]]`."), "Bob.md": BOB}
    assert said(notes) == []


def test_the_profile_mentions_nobody_and_nobody_mentions_the_user() -> None:
    notes = {"Me.md": ("type: me", "I know [[Ada]]."), "Ada.md": ("type: contact", "Ask [[Me]].")}
    assert said(notes) == []


def test_a_note_that_is_not_ours_mentions_nobody() -> None:
    notes = {"Ada.md": ADA, "Bob.md": BOB, "Daily.md": ("mood: fine", "[[Ada]] and [[Bob]]")}
    assert said(notes) == []


def test_a_circular_says_nothing_about_any_one_of_those_who_get_it() -> None:
    people = ", ".join(f'"[[P{number}]]"' for number in range(6))
    letter = {"letter.md": (f"type: announcement\ncontact: [{people}]", "Ask [[Ada]].")}
    assert said({"Ada.md": ADA, **letter}) == []
    assert said({"Ada.md": ("type: contact", "See [[letter]]."), **letter}) == []


def test_of_two_notes_of_one_name_the_link_leads_where_obsidian_goes() -> None:
    notes = {
        "Work/Ada.md": ("type: contact", "[[Bob]]"),
        "Work/Bob.md": BOB,
        "Bob.md": BOB,
        "Home/Cyd.md": ("type: contact", "[[Bob]]"),
    }
    assert said(notes) == [
        ("Home/Cyd.md", "Bob.md", ("Home/Cyd.md",)),
        ("Work/Ada.md", "Bob.md", ("Work/Ada.md",)),
    ]
