"""The desk at which drafts are made: the templates of a vault, its questions, and what a template may name.

Imported when something is drafted, because Jinja takes long to load.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from infoview_md.drafting.context import template_context
from infoview_md.drafting.drafts import Draft, render
from infoview_md.drafting.order import refuse_too_early
from infoview_md.drafting.questions import QuestionBank, asked_in, read_bank
from infoview_md.drafting.templates import QUESTIONS, TemplateSet
from infoview_md.errors import ConflictError, UsageError
from infoview_md.network.people import Contact
from infoview_md.notes.records import Moment
from infoview_md.vault.people import contact_named
from infoview_md.vault.state import State

__all__ = ["Desk"]

ONE_FOR_ALL = frozenset({"prep", "interview", "thank-you", "confirmation"})
"""Types of which several contacts share one note, as for a panel; of the others each gets one."""
LOOKING_BACK = frozenset({"thank-you", "update", "referral-request"})
"""Types that speak of the last interview, and not of the next."""
IDENTITIES = frozenset({"contact", "organization", "me"})
"""Types of which a note is whom it is about, so that a second of the same name cannot be."""


class Desk:
    """Templates and questions of one vault; `text_of` gives a note's text by its path, or nothing."""

    def __init__(self, template_set: TemplateSet, text_of: Callable[[str], str]) -> None:
        self.template_set = template_set
        self._text = text_of

    def profile(self, properties: Mapping[str, object]) -> Draft:
        """The user's own note."""
        return render(self.template_set, "me", {}, properties)

    def drafts(  # noqa: PLR0913 - what drafts are made from
        self,
        template: str,
        contacts: Sequence[str],
        state: State,
        *,
        on: dt.date | None,
        about: str | None,
        answers: Mapping[str, object],
    ) -> tuple[Draft, ...]:
        """Draft a template for contacts: one note for all where they share it, else one for each."""
        type_name = self.template_set.type_of(template)
        if not contacts:
            raise UsageError("for whom?", f'name a contact: infoview new {template} "Ada Lovelace"')
        if type_name in IDENTITIES:
            return tuple(self._draft_new(template, name, answers, state) for name in contacts)
        network = state.network
        people = [contact_named(words, network) for words in contacts]
        for one in people:
            refuse_too_early(type_name, one, network, state.now)
        groups = [people] if type_name in ONE_FOR_ALL else [[one] for one in people]
        subject = contact_named(about, network) if about else None
        return tuple(
            self._draft_for(template, group, state, answers, on=_moment(on), about=subject) for group in groups
        )

    def _draft_new(self, template: str, name: str, given: Mapping[str, object], state: State) -> Draft:
        """A note that makes somebody known: the name is the identity, so it must be new."""
        type_name = self.template_set.type_of(template)
        network = state.network
        found = network.find_named(name) if type_name == "contact" else ()
        if taken := next((one for one in found if one.note is not None), None):
            raise ConflictError(
                f"{taken.name} is recorded already, in {taken.path}", "edit that note, or choose another name"
            )
        contact = found[0] if found else Contact(id=f"name:{name}", name=name)
        context = template_context(network, [contact], paths=state.index.readings, now=state.now)
        return render(self.template_set, template, context, given, bank=self._bank)

    def _draft_for(  # noqa: PLR0913 - what a draft is made from
        self,
        template: str,
        people: Sequence[Contact],
        state: State,
        given: Mapping[str, object],
        *,
        on: Moment | None,
        about: Contact | None,
    ) -> Draft:
        paths = state.index.readings
        looking_back = self.template_set.type_of(template) in LOOKING_BACK
        context = template_context(
            state.network, people, paths=paths, now=state.now, on=on, about=about, looking_back=looking_back
        )
        prep = context["prep"]
        if isinstance(prep, dict):
            prep["questions"] = asked_in(self._text(str(prep["path"])))
        return render(self.template_set, template, context, given, bank=self._bank)

    @cached_property
    def _bank(self) -> QuestionBank:
        """The bundled questions, then those of the vault's own `Questions.md`."""
        own = [data for name, data in self.template_set.own.items() if name.lower() == QUESTIONS.lower()]
        texts = [self.template_set.bundled[QUESTIONS], *own, self._text(QUESTIONS).encode()]
        return read_bank([data.decode("utf-8", errors="replace") for data in texts])


def _moment(on: dt.date | None) -> Moment | None:
    if isinstance(on, dt.datetime):
        return Moment(on.date(), on.time())
    return Moment(on) if on else None
