"""Messages that are drafted and not sent: which action one is for, and which nobody will send any more."""

import dataclasses
from collections.abc import Iterable, Iterator

from infoview_md.agenda.history import ASKS, is_unsent
from infoview_md.agenda.keeping import leads_to
from infoview_md.agenda.occasions import AT_ONCE, Case, Occasion
from infoview_md.agenda.wording import left_words, type_words
from infoview_md.notes.records import MessageNote
from infoview_md.notes.text import in_command

__all__ = ["Unsent", "is_unsent", "to_finish"]


class Unsent:
    """The drafts to one contact, each given out once."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._left = [one for one in case.history.drafts if is_unsent(one, case.today.day)]

    def take(self, types: Iterable[str], occasion: Occasion) -> MessageNote | None:
        """The first draft, by path, of one of these types that is not about another interview or another contact."""
        for draft in self._left:
            if draft.type in types and self._fits(draft, occasion):
                self._left.remove(draft)
                return draft
        return None

    def _fits(self, draft: MessageNote, occasion: Occasion) -> bool:
        interview = occasion.interview.note.path if occasion.interview else None
        if interview and self._case.history.named.get(draft.path, interview) != interview:
            return False
        if occasion.about and draft.about:
            return leads_to(self._case, draft.about, draft.path, occasion.about)
        return True

    def rest(self) -> Iterator[MessageNote]:
        """The drafts that no rule asked for and that still make sense; of several requests, the first."""
        asked = False
        for draft in self._left:
            if draft.type in ASKS:
                if not asked and self._is_an_attempt(draft):
                    asked = True
                    yield draft
            elif draft.type not in ("thank-you", "confirmation") or self._case.stage == "drafted":
                yield draft

    def _is_an_attempt(self, draft: MessageNote) -> bool:
        """A request that was overtaken, because they said yes or you met, stays in the drawer; a new one does not."""
        case = self._case
        if case.today.accepted or case.stage in ("agreed", "scheduled", "later", "waiting"):
            return False
        if case.stage in ("drafted", "silent"):
            return True
        return draft.type == "request" and any(one.note.type in ASKS for one in case.history.sent)


def to_finish(draft: MessageNote, case: Case, occasion: Occasion | None = None, why: str = "") -> Occasion:
    """The occasion to finish and send a draft, on the day of what it is for, or on the day that it names itself."""
    since = occasion.since if occasion else None
    wait = occasion.wait if occasion else AT_ONCE
    planned = ""
    if draft.sent is not None:
        planned = f", to go out on {case.say(draft.sent)}"
        since, wait = draft.sent, dataclasses.replace(AT_ONCE, unit="days")
    words = {
        "finish": "finish and send" if draft.fill_ins else "send",
        "type": type_words(draft.type),
        "left": planned + left_words(draft.fill_ins),
        "why": f"{why} " if why else "",
    }
    by_mail = draft.channel in (None, "email")
    command = f"infoview {'email' if by_mail else 'mark sent'} {in_command(draft.path)}"
    return dataclasses.replace(
        occasion or Occasion(), since=since, wait=wait, note=draft.path, words=words, command=command
    )
