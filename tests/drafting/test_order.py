"""What has to come first, and who has a note already: one small vault for each case."""

import datetime as dt

import pytest

from infoview_md.drafting.already import ANSWERED_BY, has_already
from infoview_md.drafting.order import ORDER, Situation, situation_of, too_early
from infoview_md.notes.properties import MESSAGE_TYPES, TYPES
from tests.agenda.vaults import index_of, moment, notes_in

ADA = "=== People/Ada.md\ntype: contact\n"
ME = "=== Me.md\ntype: me\naccepted: 2026-11-20\n"
ASKED = '=== Outreach/Request.md\ntype: request\ncontact: "[[Ada]]"\nsent: 2026-11-12\n'
YES = f"{ASKED}replied: 2026-11-13\nreply: accepted\n"
NO = f"{ASKED}replied: 2026-11-13\nreply: declined\n"
LATER = f"{ASKED}replied: 2026-11-13\nreply: later\n"
IN_JANUARY = f"{LATER}later_on: 2027-01-11\n"
ON_MONDAY = f"{LATER}later_on: 2026-11-23\n"
AGAIN = '=== Outreach/Follow-up.md\ntype: follow-up\ncontact: "[[Ada]]"\nsent: 2026-11-20\n'
HELD = '=== Interviews/Held.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-19T10:00\n'
COMING = '=== Interviews/Coming.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-25T10:00\n'
TODAY = '=== Interviews/Today.md\ntype: interview\ncontact: "[[Ada]]"\ndate: 2026-11-23T08:45\nduration: 30\n'
UNDATED = '=== Interviews/Undated.md\ntype: interview\ncontact: "[[Ada]]"\n'
CANCELLED = f"{HELD}status: cancelled\n"
GRACE = '=== People/Grace.md\ntype: contact\nreferred_by: "[[Ada]]"\n'


def message(kind: str, properties: str = "") -> str:
    return f'=== Outreach/{kind}.md\ntype: {kind}\ncontact: "[[Ada]]"\n{properties}\n'


def situation(vault: str, **more: object) -> Situation:
    network = index_of(notes_in(vault)).network
    about = more.pop("about", None)
    subject = network.find_named(str(about))[0] if about else None
    (ada,) = network.find_named("Ada")
    return situation_of(ada, network, moment("2026-11-23"), about=subject, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "vault", "message_", "hint"),
    [
        ("follow-up", ADA, "no request to Ada was sent yet", "first: infoview new request"),
        ("follow-up", ADA + NO, "Ada has said no", "infoview new referral-request"),
        ("follow-up", ADA + YES, "Ada has answered", 'infoview show "Ada"'),
        ("follow-up", ADA + IN_JANUARY, "Ada asked you to write again on 11 January 2027", "infoview new request"),
        ("follow-up", ADA + ASKED + HELD, "Ada has answered", 'infoview show "Ada"'),
        ("interview", ADA + HELD, "the interview with Ada on 19 November is Interviews/Held.md", "--on DATE"),
        ("interview", ADA + COMING, "on 25 November is Interviews/Coming.md", "write there"),
        ("thank-you", ADA, "there is no interview with Ada", "first: infoview new interview"),
        ("thank-you", ADA + COMING, "still to come, on 25 November", 'infoview mark held "Ada"'),
        ("confirmation", ADA, "there is no interview with Ada", "first: infoview new interview"),
        ("confirmation", ADA + HELD, "was on 19 November", "infoview new thank-you"),
        ("confirmation", ADA + UNDATED, "has no date yet", "write date: into Interviews/Undated.md"),
        ("confirmation", ADA + CANCELLED, "did not take place", "first: infoview new interview"),
        ("referral-request", ADA + YES, "neither said no nor talked to you", "first: infoview new request"),
        ("update", ADA + YES, "you have not talked to Ada yet", "first: infoview new interview"),
        ("announcement", ADA + HELD, "you have not accepted a position yet", "accepted: in Me.md"),
    ],
)
def test_a_wrong_order_names_what_comes_first(kind: str, vault: str, message_: str, hint: str) -> None:
    refusal = too_early(kind, situation(vault))
    assert refusal is not None
    assert message_ in refusal.message
    assert hint in refusal.hint
    assert "{" not in str(refusal)


@pytest.mark.parametrize(
    ("kind", "vault"),
    [
        ("request", ADA),
        ("follow-up", ADA + ASKED),
        ("follow-up", ADA + LATER),
        ("follow-up", ADA + ON_MONDAY),
        ("interview", ADA),
        ("interview", ADA + UNDATED),
        ("interview", ADA + CANCELLED),
        ("thank-you", ADA + HELD),
        ("thank-you", ADA + TODAY),
        ("confirmation", ADA + COMING),
        ("referral-request", ADA + NO),
        ("referral-request", ADA + HELD),
        ("update", ADA + HELD),
        ("update", "=== People/Ada.md\ntype: contact\nlast_contact: 2026-11-01\n"),
        ("announcement", ADA + ME),
        ("prep", ADA),
        (None, ADA),
    ],
)
def test_what_has_its_time_is_not_refused(kind: str | None, vault: str) -> None:
    assert too_early(kind, situation(vault)) is None


def test_another_talk_has_another_day() -> None:
    assert too_early("interview", situation(ADA + HELD, on=dt.datetime(2026, 11, 19, 15))) is not None
    assert too_early("interview", situation(ADA + HELD, on=dt.date(2026, 12, 1))) is None


def test_a_report_goes_to_whoever_named_them() -> None:
    assert too_early("update", situation(ADA + GRACE, about="Grace")) is None
    refusal = too_early("update", situation(f"{ADA}=== People/Grace.md\ntype: contact\n", about="Grace"))
    assert refusal is not None
    assert refusal.message == "Ada did not send you to Grace, by your notes"
    assert refusal.hint == 'write "[[Ada]]" behind referred_by: in People/Grace.md'


@pytest.mark.parametrize(
    ("kind", "vault", "reason"),
    [
        ("contact", ADA, "they are recorded in People/Ada.md"),
        ("request", ADA + message("request"), "the request in Outreach/request.md is not sent yet"),
        ("request", ADA + ASKED, "asked on 12 November, and no answer is noted"),
        ("request", ADA + YES, "they said yes on 13 November"),
        ("request", ADA + NO, "they said no on 13 November"),
        ("request", ADA + LATER, "on 13 November they asked for later"),
        ("request", ADA + LATER + "later_on: 2026-11-20\n", ""),
        ("request", ADA + HELD, ""),
        ("follow-up", ADA + ASKED + AGAIN, "followed up on 20 November"),
        ("follow-up", ADA + ASKED, ""),
        ("referral-request", ADA + HELD + message("referral-request", "sent: 2026-11-22"), "asked on 22 November"),
        ("referral-request", ADA + HELD, ""),
        ("thank-you", ADA + HELD + message("thank-you", "sent: 2026-11-20"), "thanked on 20 November"),
        ("thank-you", ADA + HELD, ""),
        (
            "thank-you",
            ADA + HELD + COMING + message("thank-you", 'interview: "[[Coming]]"'),
            "",
        ),
        ("confirmation", ADA + COMING + message("confirmation", "sent: 2026-11-22"), "of 25 November is confirmed"),
        ("confirmation", ADA + COMING + HELD + message("confirmation", 'interview: "[[Held]]"'), ""),
        (
            "prep",
            ADA + COMING + '=== I/P.md\ntype: prep\ncontact: "[[Ada]]"\ninterview: "[[Coming]]"\n',
            "prepared in I/P.md",
        ),
        ("prep", ADA + '=== I/P.md\ntype: prep\ncontact: "[[Ada]]"\ndate: 2026-11-28\n', "prepared in I/P.md"),
        ("prep", ADA + COMING, ""),
        ("interview", ADA + UNDATED, "there is Interviews/Undated.md, without a date"),
        ("update", ADA + HELD + message("update", "sent: 2026-11-20"), "they had news on 20 November"),
        ("update", ADA + HELD + message("update", "sent: 2026-10-01"), ""),
        ("announcement", ADA + ME + HELD + message("announcement", "sent: 2026-11-21"), "told on 21 November"),
        ("announcement", ADA + ME + HELD + message("announcement", "sent: 2026-01-01"), ""),
        (None, ADA, ""),
    ],
)
def test_who_has_one_already_is_known_with_the_reason(kind: str | None, vault: str, reason: str) -> None:
    told = has_already(kind, situation(vault))
    assert reason in told
    assert bool(told) == bool(reason)


def test_who_stayed_silent_may_be_asked_anew() -> None:
    assert has_already("request", situation(ADA + ASKED, stage="silent")) == ""


def test_a_report_about_somebody_else_is_no_reason() -> None:
    told = ADA + GRACE + message("update", 'sent: 2026-11-20\nabout: "[[Grace]]"')
    assert has_already("update", situation(told, about="Grace")) == "they heard of Grace on 20 November"
    other = f'{told}=== People/Mary.md\ntype: contact\nreferred_by: "[[Ada]]"\n'
    assert has_already("update", situation(other, about="Mary")) == ""


def test_every_message_has_its_row() -> None:
    assert set(MESSAGE_TYPES) <= ANSWERED_BY.keys() <= TYPES.keys()
    assert ORDER.keys() <= TYPES.keys()
