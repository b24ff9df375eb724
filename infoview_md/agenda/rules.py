"""The rules: what must be true, what to do then, by when, and why. One row each, in the words of the guide.

A row's texts are what the user reads; its `applies` finds the occasions. Rows that come first win on the same day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from infoview_md.agenda import asking, keeping, meeting
from infoview_md.agenda.keeping import KEEP_IN_TOUCH, UPDATE_AFTER
from infoview_md.agenda.occasions import Case, Occasion, Wait

__all__ = ["FINISH_DRAFT", "RULES", "THANK", "Rule"]

THANK = "thank"
"""The name of the rule for an interview that nobody was thanked for; a view lists these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table. `action`, `because` and `command` have words in braces, which the occasion fills in.

    It is put to contacts in its `stages`, or in any.
    `drafts` are the types of which an unsent message takes the action's place: then it is to be finished and sent.
    `unasked` is what they do not expect: it waits while they are away, and until a `follow_up` day.
    `search` belongs to looking for a position, and ends when you accepted one.
    """

    name: str
    when: str
    stages: tuple[str, ...] = ()
    action: str
    because: str
    wait: Wait
    command: str | None
    applies: Callable[[Case], Iterable[Occasion]]
    drafts: tuple[str, ...] = ()
    unasked: bool = True
    search: bool = True


FINISH_DRAFT = Rule(
    name="send-draft",
    when="a message is drafted and not sent",
    action="{finish} the {type}",
    because="{why}The {type} is drafted{left}.",
    wait=Wait(0, "workdays", "the day the message itself is due"),
    command=None,
    applies=lambda _: (),
    search=False,
)
"""It takes the place of the action that the draft is for, and that action's day."""

RULES: tuple[Rule, ...] = (
    Rule(
        name="confirm",
        stages=("scheduled",),
        when="an interview is tomorrow, and not confirmed",
        action="confirm the interview, with the time zone",
        because="The interview is on {when}, and is not confirmed.",
        wait=Wait(1, "days", "the interview", before=True),
        command="infoview new confirmation {contact}",
        applies=meeting.is_unconfirmed,
        drafts=("confirmation",),
        unasked=False,
        search=False,
    ),
    Rule(
        name="finish-prep",
        stages=("scheduled",),
        when="an interview is coming, and its prep sheet has fill-ins left",
        action="finish the prep sheet",
        because="The interview is on {when}, and its prep sheet has {left} left.",
        wait=Wait(1, "days", "the interview", before=True),
        command=None,
        applies=meeting.is_half_prepared,
        unasked=False,
        search=False,
    ),
    Rule(
        name="prepare",
        stages=("scheduled",),
        when="an interview is coming, and there is no prep sheet",
        action="prepare for the interview",
        because="The interview is on {when}, and there is no prep sheet.",
        wait=Wait("prepare_before", "days", "the interview", before=True),
        command="infoview new prep {contact}",
        applies=meeting.is_unprepared,
        unasked=False,
        search=False,
    ),
    Rule(
        name="write-up",
        when="an interview is over, and its note has fill-ins left",
        action="write up the notes of the interview",
        because="The interview of {talked} is over, and its note has {left} left.",
        wait=Wait(0, "days", "the day of the interview"),
        command=None,
        applies=meeting.is_not_written_up,
        unasked=False,
        search=False,
    ),
    Rule(
        name=THANK,
        when="you talked, and no thank-you is sent",
        action="send a thank-you",
        because="You talked on {talked}, and have not thanked them.",
        wait=Wait("thank_within", "days", "the interview"),
        command="infoview new thank-you {contact}",
        applies=meeting.is_not_thanked,
        drafts=("thank-you",),
        unasked=False,
        search=False,
    ),
    Rule(
        name="agree-on-time",
        stages=("agreed",),
        when="they said yes, or an interview fell through, and no date is set",
        action="agree on a time",
        because="{agreed}",
        wait=Wait(1, "workdays", "their yes, or the interview that fell through"),
        command="infoview new interview {contact}",
        applies=meeting.has_no_date,
        search=False,
    ),
    Rule(
        name="note-answer",
        stages=("waiting",),
        when="they answered, and the note does not say what",
        action="note whether it was yes, no or later",
        because="They answered on {answered}, and no note says what: infoview mark accepted, declined or later.",
        wait=Wait(1, "workdays", "their answer"),
        command=None,
        applies=asking.answered_unclearly,
    ),
    Rule(
        name="thank-for-no",
        stages=("declined",),
        when="they said no, and were not asked for somebody else",
        action="thank them, and ask who else to talk to",
        because="They said no on {answered}; they may know somebody else.",
        wait=Wait(1, "workdays", "their no"),
        command="infoview new referral-request {contact}",
        applies=asking.said_no,
        drafts=("referral-request", "thank-you"),
    ),
    Rule(
        name="follow-up",
        stages=("waiting",),
        when="a request is sent, nobody answered, and fewer than `retries` follow-ups are sent",
        action="send a follow-up",
        because="You wrote on {asked}, and there is no answer.",
        wait=Wait("retry_after", "workdays", "the last contact"),
        command="infoview new follow-up {contact}",
        applies=asking.has_not_answered,
        drafts=("follow-up", "request"),
    ),
    Rule(
        name="write-again",
        stages=("later",),
        when="they asked you to write again later (`later_on`)",
        action="write again",
        because="On {answered} they asked you to write again{when}.",
        wait=Wait(0, "workdays", "the first workday from `later_on`"),
        command="infoview new request {contact}",
        applies=asking.said_later,
        drafts=("request", "follow-up"),
    ),
    Rule(
        name="come-back",
        stages=("silent", "resting"),
        when="nobody answered, and the contact's `follow_up` names a day to come back to it",
        action="write again",
        because="There was no answer, and you wanted to come back to it on {when}.",
        wait=Wait(0, "workdays", "the first workday from `follow_up`"),
        command="infoview new request {contact}",
        applies=asking.is_to_come_back,
        drafts=("request", "follow-up", "update"),
    ),
    Rule(
        name="record",
        stages=("identified",),
        when="somebody is named in your notes, and there is no note about them",
        action="make a note about them",
        because="{referrers} named them{given}, and there is no note about them.",
        wait=Wait(1, "days", "the interview in which they were named"),
        command="infoview new contact {contact}",
        applies=asking.is_unrecorded,
    ),
    Rule(
        name="record-note",
        stages=("identified",),
        when="somebody is named in your notes, and nothing is read from their note",
        action="mend their note, or give it the property `type: contact`",
        because="{referrers} named them{given}; their note is broken, or does not say that it is about a person.",
        wait=Wait(1, "days", "the interview in which they were named"),
        command=None,
        applies=asking.has_another_note,
    ),
    Rule(
        name="use-referral",
        stages=("identified",),
        when="somebody gave you a contact, and nothing is drafted; `open_organizations` at a time",
        action="draft a request that {naming} {named}",
        because="{referrers} gave you their name{given}{discretion}.",
        wait=Wait(7, "days", "the interview in which they were named"),
        command="infoview new request {contact}",
        applies=asking.may_be_asked_with_a_name,
    ),
    Rule(
        name="second-person",
        stages=("identified",),
        when="a request is sent, nobody answered, and you know a second person at that organization",
        action="draft a request, as the second person there",
        because="{colleague}, at the same organization, was asked on {asked} and has not answered.",
        wait=Wait("second_contact_after", "workdays", "the first request to the colleague"),
        command="infoview new request {contact}",
        applies=asking.may_be_asked_beside,
    ),
    Rule(
        name="draft-request",
        stages=("identified",),
        when="nothing is drafted to a contact; `open_organizations` at a time",
        action="draft a request",
        because="Nothing is written to them yet, and there is room for one more request.",
        wait=Wait(0, "workdays", "any day"),
        command="infoview new request {contact}",
        applies=asking.may_be_asked,
    ),
    FINISH_DRAFT,
    Rule(
        name="announce",
        when="you accepted a position (`accepted`), and talked to them",
        action="tell them that you accepted a position",
        because="You accepted a position on {accepted}; you talked to them on {talked}.",
        wait=Wait(7, "days", "`accepted`"),
        command="infoview new announcement {contact}",
        applies=keeping.is_to_hear_the_news,
        drafts=("announcement",),
        search=False,
    ),
    Rule(
        name="tell-referrer",
        when="you talked to somebody they gave you, and have not told them how it went",
        action="tell them how it went with {referred}",
        because="They gave you the name of {referred}, with whom you talked on {talked}.",
        wait=Wait(7, "days", "that interview"),
        command="infoview new update {contact} --about {about}",
        applies=keeping.is_to_hear_of_referrals,
        drafts=("update",),
        search=False,
    ),
    Rule(
        name="ask-who-else",
        stages=("thanked", "in-touch"),
        when="you talked, and they have named nobody",
        action="ask who else to talk to",
        because="You talked on {talked}, and they have named nobody yet.",
        wait=Wait(7, "days", "the interview"),
        command="infoview new referral-request {contact}",
        applies=keeping.gave_nobody,
        drafts=("referral-request",),
    ),
    Rule(
        name="update",
        stages=("thanked", "in-touch"),
        when="they may be written to again (`may_follow_up`); then every `update_every`, until two go unanswered",
        action="send an update on what came of their advice",
        because="They said that you may write again, and your last contact was on {last}.",
        wait=UPDATE_AFTER,
        command="infoview new update {contact}",
        applies=keeping.is_due_for_news,
        drafts=("update",),
    ),
    Rule(
        name="hello",
        stages=("thanked", "in-touch", "declined"),
        when="nothing was heard for `keep_in_touch`, the contact's own or the setting",
        action="say hello",
        because="Your last contact was on {last}.",
        wait=KEEP_IN_TOUCH,
        command="infoview new update {contact}",
        applies=keeping.is_due_for_a_greeting,
        drafts=("update",),
        search=False,
    ),
)
