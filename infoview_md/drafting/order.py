"""What has to come before what: no thank-you without a talk, no second try without a first, none after an answer."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infoview_md.agenda.gathering import history_of, today_of
from infoview_md.agenda.history import History, Today
from infoview_md.agenda.wording import day_words
from infoview_md.errors import UsageError
from infoview_md.network.people import Contact, Network
from infoview_md.notes.records import Settings
from infoview_md.notes.text import in_command

__all__ = ["ORDER", "Situation", "situation_of", "too_early"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where you stand with one contact today, as far as a draft depends on it.

    `about` is whom an update reports on, `on` the day that the user names for an interview.
    """

    history: History
    today: Today
    about: Contact | None = None
    on: dt.date | None = None
    stage: str | None = None

    def say(self, day: dt.date) -> str:
        """A day in words."""
        return day_words(day, self.today.day)


@dataclass(frozen=True, slots=True)
class Before:
    """One row: what speaks against it, and what comes first. `{name}`, `{command}`, `{day}` and the like are filled."""

    message: str
    first: str


def situation_of(  # noqa: PLR0913 - what a situation is made of
    contact: Contact,
    network: Network,
    now: dt.datetime,
    *,
    about: Contact | None = None,
    on: dt.date | None = None,
    stage: str | None = None,
) -> Situation:
    """Look at a contact as a draft does."""
    settings = network.me.settings if network.me else Settings()
    today = today_of(network, settings, now)
    day = on.date() if isinstance(on, dt.datetime) else on
    return Situation(history=history_of(contact, network, today), today=today, about=about, on=day, stage=stage)


def _follow_up(case: Situation) -> Iterator[Before]:
    one = case.history.round
    if not any(sent.note.type in {"request", "follow-up"} for sent in case.history.sent):
        yield Before("no request to {name} was sent yet", "first: infoview new request {command}, and mark it as sent")
    elif one is None or one.answer in {"accepted", "unclear"}:
        yield Before(
            "{name} has answered, so there is nothing to follow up", "see where you stand: infoview show {command}"
        )
    elif one.answer == "declined":
        yield Before("{name} has said no", "thank them, and ask who else: infoview new referral-request {command}")
    elif one.reply and (later := one.reply.note.later_on) and later > case.today.day:
        words = f"{{name}} asked you to write again on {case.say(later)}"
        yield Before(words, "wait until then; for something new: infoview new request {command}")


def _interview(case: Situation) -> Iterator[Before]:
    """One conversation has one note; without a day, the next or the last one is meant."""
    history = case.history
    for one in (*history.coming, *reversed(history.held)):
        if case.on in {None, one.day}:
            words = f"the note about the interview with {{name}} on {case.say(one.day)} is {one.note.path}"
            yield Before(words, "write there; for another talk: infoview new interview {command} --on DATE")


def _thank_you(case: Situation) -> Iterator[Before]:
    """Thanks may be written on the very day, before the hour that was agreed on is over."""
    history = case.history
    if history.held or any(one.day <= case.today.day for one in history.coming):
        return
    yield from _no_interview(case)
    if history.coming:
        coming = case.say(history.coming[0].day)
        hint = "if you have talked already: infoview mark held {command}"
        yield Before(f"the interview with {{name}} is still to come, on {coming}", hint)


def _confirmation(case: Situation) -> Iterator[Before]:
    history = case.history
    if history.coming:
        return
    yield from _no_interview(case)
    if history.undated:
        yield Before("the interview with {name} has no date yet", f"write date: into {history.undated[0].path}")
    elif history.held:
        over = case.say(history.held[-1].day)
        yield Before(f"the interview with {{name}} was on {over}", "thank them: infoview new thank-you {command}")
    elif history.missed:
        yield Before(
            "the interview with {name} did not take place", "first: infoview new interview {command} --on DATE"
        )


def _no_interview(case: Situation) -> Iterator[Before]:
    if not case.history.contact.interviews:
        yield Before("there is no interview with {name}", "first: infoview new interview {command} --on DATE")


def _referral_request(case: Situation) -> Iterator[Before]:
    declined = any(one.reply == "declined" for one in case.history.contact.messages)
    if not declined and not case.history.held:
        yield Before("{name} has neither said no nor talked to you yet", "first: infoview new request {command}")


def _update(case: Situation) -> Iterator[Before]:
    """News are for whom you talked to, by a note or by hand; a report also for whoever named somebody."""
    contact, about = case.history.contact, case.about
    if about is not None:
        if contact.id not in about.referred_by:
            words = f"{{name}} did not send you to {about.name}, by your notes"
            yield Before(words, f"write {{link}} behind referred_by: in {about.path or f'a note about {about.name}'}")
    elif not case.history.held and not case.history.by_hand:
        yield Before("you have not talked to {name} yet", "first: infoview new interview {command} --on DATE")


def _announcement(case: Situation) -> Iterator[Before]:
    if case.today.accepted is None:
        yield Before("you have not accepted a position yet", "first: put the day behind accepted: in Me.md")


ORDER: Mapping[str, Callable[[Situation], Iterator[Before]]] = MappingProxyType(
    {
        "follow-up": _follow_up,
        "interview": _interview,
        "thank-you": _thank_you,
        "confirmation": _confirmation,
        "referral-request": _referral_request,
        "update": _update,
        "announcement": _announcement,
    }
)
"""By the type of the note that is to be made: what speaks against it; nothing when its time has come."""


def too_early(type_name: str | None, case: Situation) -> UsageError | None:
    """The error when another note has to come first, with the command that makes it; None when its time has come."""
    row = ORDER.get(type_name or "")
    reason = next(row(case), None) if row else None
    if reason is None:
        return None
    name = case.history.contact.name
    words = {"name": name, "command": in_command(name), "link": f'"[[{name}]]"'}
    return UsageError(reason.message.format(**words), reason.first.format(**words))
