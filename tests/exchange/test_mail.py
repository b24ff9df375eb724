"""A message note made ready for a mail program, or refused with every reason."""

import pytest

from infoview_md.errors import NotReadyError
from infoview_md.exchange.addresses import Mailbox
from infoview_md.exchange.mail import Mail
from infoview_md.notes.findings import finding
from infoview_md.notes.records import MeNote
from tests.exchange.letters import ADA, ME, contact, mail_of

GRACE = contact("Grace Hopper", "grace@example.com")
UNKNOWN = contact("Bob", None)


def reasons(properties: str = "to: ada@example.org", body: str = "Dear Ada,\n\nHello.", **more: object) -> list[str]:
    with pytest.raises(NotReadyError) as refused:
        mail_of(properties, body, **more)  # type: ignore[arg-type]
    assert refused.value.exit_status == 1
    assert refused.value.message == "Outreach/Request.md is not ready to go out"
    return refused.value.hint.split("\n  ")


def test_a_mail_has_what_the_note_says_and_who_the_user_is() -> None:
    mail = mail_of(
        "to: ada@example.org\ncc: Charles <cb@example.org>\nsubject: Hello", "Dear [[Ada]],\n\n**Hi** %%x%%."
    )
    assert mail == Mail(
        note="Outreach/Request.md",
        sender=Mailbox("imogen@example.org", "Imogen Clough"),
        to=(Mailbox("ada@example.org", "Ada Lovelace"),),
        cc=(Mailbox("cb@example.org", "Charles"),),
        subject="Hello",
        text="Dear Ada,\n\nHi.",
        markdown="Dear Ada,\n\n**Hi**.",
    )


def test_the_name_in_the_note_wins_over_the_contacts() -> None:
    assert mail_of("to: Lovelace, Ada <ADA@example.org>").to == (Mailbox("ADA@example.org", "Lovelace, Ada"),)


def test_without_an_address_in_the_note_the_contacts_is_taken() -> None:
    assert mail_of("to:", people=(ADA, GRACE)).to == (
        Mailbox("ada@example.org", "Ada Lovelace"),
        Mailbox("grace@example.com", "Grace Hopper"),
    )


def test_several_recipients_are_each_somebodys() -> None:
    mail = mail_of("to:\n  - grace@example.com\n  - ada@example.org\n  - ADA@example.org", people=(ADA, GRACE))
    assert [str(one) for one in mail.to] == ["Grace Hopper <grace@example.com>", "Ada Lovelace <ada@example.org>"]


def test_nobody_need_have_an_address_of_their_own_to_be_written_to() -> None:
    assert mail_of("to: bob@example.org", people=(UNKNOWN,)).to == (Mailbox("bob@example.org"),)


def test_an_international_domain_is_the_same_address() -> None:
    zoe = contact("Zoë O'Brien, PhD", "zoe@bücher.example")
    assert mail_of("to: zoe@bücher.example", people=(zoe,)).to == (
        Mailbox("zoe@xn--bcher-kva.example", "Zoë O'Brien, PhD"),
    )


def test_a_user_without_a_usable_address_is_left_to_the_mail_program() -> None:
    assert mail_of(me=None).sender is None
    assert mail_of(me=MeNote(path="Me.md", name="Imogen")).sender is None
    assert mail_of(me=MeNote(path="Me.md", email="imogen")).sender is None
    assert mail_of(me=MeNote(path="Me.md", email="i@example.org")).sender == Mailbox("i@example.org")


def test_an_international_local_part_is_refused() -> None:
    zoe = contact("Zoë", "zoë@exämple.org")
    (reason,) = reasons("to: zoë@exämple.org", people=(zoe,))
    assert reason.startswith("to: zoë@exämple.org has letters before the @")


def test_a_line_break_in_the_head_is_refused_before_there_is_a_mail() -> None:
    hostile = r'"Hi\r\nBcc: evil@example.org"'
    assert reasons(f"to: ada@example.org\nsubject: {hostile}") == [
        "line 5: subject holds a line break or a control character (header-injection)"
    ]
    assert reasons("to: ada@example.org\nsubject: |\n  Hi\n  there\n")[0].startswith(
        "line 5: subject holds a line break"
    )
    assert reasons(r'to: ["Ada\n<ada@example.org>"]')[0].startswith("line 4: to holds a line break")
    assert reasons('to: ada@example.org\ncc: "a\\u2028b <a@example.org>"')[0].startswith(
        "line 5: cc holds a line break"
    )


def test_no_mail_exists_whose_head_is_broken() -> None:
    for head in (
        {"subject": "Hi\nBcc: evil@example.org", "to": ()},
        {"subject": "Hi\u2029there", "to": ()},
        {"subject": "Hi", "to": (Mailbox("ada@example.org", "Ada\r\nBcc: evil@example.org"),)},
        {"subject": "Hi", "to": (), "sender": Mailbox("i@example.org", "\x1b[2J")},
    ):
        with pytest.raises(NotReadyError):
            Mail(note="a.md", text="", **head)


def test_a_folded_subject_is_one_line() -> None:
    assert mail_of("to: ada@example.org\nsubject: >-\n  Hello\n  there").subject == "Hello there"


def test_a_message_that_went_out_is_refused_unless_it_is_wanted_again() -> None:
    sent = "to: ada@example.org\nsent: 2026-11-20"
    assert reasons(sent) == ["it was sent on 2026-11-20; say --again to write it once more"]
    assert mail_of(sent, again=True).text
    assert reasons("to: ada@example.org\nreplied: 2026-11-20")[0].startswith("they answered it")
    assert reasons("to: ada@example.org\nsent: yes")[0].startswith("line 5: sent says something that is no date")


def test_a_message_that_goes_out_later_is_not_sent_yet() -> None:
    assert mail_of("to: ada@example.org\nsent: 2026-11-24").text


def test_another_address_than_the_contacts_is_refused() -> None:
    assert reasons("to: ada@example.com") == [
        (
            "it goes to ada@example.com, but the address of its contact is ada@example.org (People/Ada Lovelace.md): "
            "mend one of them"
        )
    ]


def test_no_address_is_refused() -> None:
    assert reasons("to:", people=(UNKNOWN,)) == ["there is no address for Bob: write one into to"]
    assert reasons("to:", people=(ADA, UNKNOWN)) == ["there is no address for Bob: write one into to"]
    assert reasons("to: ada@example.org\ncc: charles")[0].startswith("cc: charles is not one address")


def test_another_channel_is_refused() -> None:
    assert reasons("to: ada@example.org\nchannel: linkedin") == [
        "its channel is linkedin; make it email if that is how it goes out"
    ]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "it has no text"),
        ("%% only for me %%\n", "it has no text"),
        ("Dear Ada,\n\n%% never closed\n\nSecret.", "line 8: a comment begins here and never ends"),
        ("---\nphone: 1\n---\nDear Ada", "line 6: a second block of properties begins here"),
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n", "line 6: git left conflict markers"),
        ("x" * 100_001, "it has 100,001 characters; a mail has up to 100,000 here"),
    ],
)
def test_a_text_that_would_leak_or_says_nothing_is_refused(body: str, reason: str) -> None:
    (found,) = reasons(body=body)
    assert found.startswith(reason)


def test_blanks_and_wrong_names_are_refused_and_other_doubts_go_along() -> None:
    blank = finding("fill-in-left", "a.md", 9, count=1, prompts="what")
    long = finding("request-long", "a.md", 7, words=120, limit=100)
    assert reasons(findings=[blank, long]) == ["line 9: 1 still to be filled in: what"]
    assert mail_of(findings=[long]).findings == (long,)


def test_all_reasons_are_told_at_once() -> None:
    found = reasons("to: nowhere\nsent: 2026-11-20\nchannel: phone", "")
    assert len(found) == 4


def test_embeds_are_left_out_and_named() -> None:
    assert mail_of(body="Dear Ada,\n![[CV.pdf]]\nHello.").left_out == ("CV.pdf",)


def test_the_frontmatter_never_goes_out() -> None:
    mail = mail_of("to: ada@example.org\nsubject: Hello\nmy_secret: 42")
    assert "42" not in mail.text + mail.markdown
    assert ME.name
