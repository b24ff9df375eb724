"""The desk at which drafts are made: the templates of a vault, its questions, and what a template may name.

Imported when something is drafted, because Jinja takes long to load.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from infoview_md.agenda.wording import unreadable_words
from infoview_md.drafting.already import has_already
from infoview_md.drafting.answered import answered_in, asked_before
from infoview_md.drafting.context import ONE_FOR_ALL, LinkWriter, template_context
from infoview_md.drafting.drafts import Draft, render
from infoview_md.drafting.order import Situation, situation_of, too_early
from infoview_md.drafting.questions import QuestionBank, asked_in, read_bank
from infoview_md.drafting.templates import QUESTIONS, TemplateSet
from infoview_md.drafting.uses import OPTIONS, refuse_useless
from infoview_md.errors import ConflictError, InfoviewError, UsageError
from infoview_md.network.people import Contact
from infoview_md.notes.findings import Finding
from infoview_md.notes.records import Moment
from infoview_md.vault.people import contact_named, unreadable_named
from infoview_md.vault.state import State

__all__ = ["Desk", "Outcome"]

IDENTITIES = frozenset({"contact", "organization", "me"})
"""Types of which a note is whom it is about, so that a second of the same name cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one contact when a note was to be made for each of many: the draft, or why there is none."""

    contact: Contact
    draft: Draft | None = None
    skipped: str = ""
    error: InfoviewError | None = None


class Desk:
    """Templates and questions of one vault; `text_of` gives a note's text by its path, or nothing."""

    def __init__(self, template_set: TemplateSet, text_of: Callable[[str], str]) -> None:
        self.template_set = template_set
        self._text = text_of
        self._answers: dict[str, frozenset[str]] = {}

    def profile(self, properties: Mapping[str, object]) -> Draft:
        """The user's own note."""
        return render(self.template_set, "me", {}, properties)

    def template_faults(self, name: str | None, contacts: Iterable[Contact] = ()) -> tuple[Finding, ...]:
        """The faults of one template, or of all; what `contacts` have in their notes besides, templates may name."""
        from infoview_md.drafting.checking import template_faults  # noqa: PLC0415 - only one command needs it

        extra = {key: value for one in contacts if one.note for key, value in one.note.extra.items() if value}
        return template_faults(self.template_set, name, bank=self._bank, extra=extra)

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
        self._refuse_useless(template, on=on, about=about, answers=answers)
        if type_name in IDENTITIES:
            return tuple(self._draft_new(template, name, answers, state) for name in contacts)
        network = state.network
        people = [contact_named(words, state.index) for words in contacts]
        subject = contact_named(about, state.index) if about else None
        for one in people:
            if refusal := too_early(type_name, situation_of(one, network, state.now, about=subject, on=on)):
                raise refusal
        groups = [people] if type_name in ONE_FOR_ALL else [[one] for one in people]
        return tuple(
            self._draft_for(template, group, state, answers, on=_moment(on), about=subject) for group in groups
        )

    def one_each(  # noqa: PLR0913 - what drafts are made from
        self,
        template: str,
        contacts: Sequence[str],
        state: State,
        keep: Callable[[Draft], Draft],
        *,
        on: dt.date | None,
        about: str | None,
        answers: Mapping[str, object],
    ) -> Iterator[Outcome]:
        """Draft a template for each of many and `keep` it; who has one already, or must wait for it, is passed over.

        What goes wrong with one contact stops none of the others, except wrong use before the first note is made.
        """
        type_name = self.template_set.type_of(template)
        network = state.network
        self._refuse_useless(template, on=on, about=about, answers=answers)
        subject = contact_named(about, state.index) if about else None
        people = [contact_named(words, state.index) for words in contacts]
        cases = [
            situation_of(one, network, state.now, about=subject, on=on, stage=state.agenda.standings[one.id].stage)
            for one in people
        ]
        _refuse_if_for_nobody(type_name, cases)
        made = 0
        for contact, case in zip(people, cases, strict=True):
            if reason := _passed_over(type_name, case):
                yield Outcome(contact=contact, skipped=reason)
                continue
            try:
                if type_name in IDENTITIES:
                    draft = self._draft_new(template, contact.name, answers, state)
                else:
                    draft = self._draft_for(template, [contact], state, answers, on=_moment(on), about=subject)
                outcome = Outcome(contact=contact, draft=keep(draft))
            except InfoviewError as error:
                if isinstance(error, UsageError) and not made:
                    raise
                outcome = Outcome(contact=contact, error=error)
            made += 1
            yield outcome

    def _refuse_useless(
        self, template: str, *, on: dt.date | None, about: str | None, answers: Mapping[str, object]
    ) -> None:
        given = {"on": on, "about": about} | {key: answers.get(key) for key in OPTIONS if key in answers}
        refuse_useless(self.template_set, template, {key for key, value in given.items() if value is not None})

    @staticmethod
    def as_it_is(draft: Draft) -> Draft:
        """What becomes of a draft that is only shown."""
        return draft

    def _draft_new(self, template: str, name: str, given: Mapping[str, object], state: State) -> Draft:
        """A note that makes somebody known: the name is the identity, so it must be new."""
        type_name = self.template_set.type_of(template)
        network = state.network
        found = network.find_named(name) if type_name == "contact" else ()
        if taken := next((one for one in found if one.note is not None), None):
            raise ConflictError(
                f"{taken.name} is recorded already, in {taken.path}", "edit that note, or choose another name"
            )
        if type_name == "contact" and (broken := unreadable_named(name, state.index)):
            raise ConflictError(*unreadable_words(broken))
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
        type_name = self.template_set.type_of(template)
        context = template_context(
            state.network, people, paths=paths, now=state.now, on=on, about=about, type_name=type_name
        )
        prep = context["prep"]
        if isinstance(prep, dict):
            prep["questions"] = asked_in(self._text(str(prep["path"])))
        if (topic := given.get("topic")) is not None:
            self._bank.refuse_unknown_topic(str(topic))
        asked = asked_before(people, state.network, self._answered, LinkWriter(paths))
        return render(self.template_set, template, context, given, bank=self._bank, asked=asked)

    def _answered(self, path: str) -> frozenset[str]:
        """The questions that a note answers; each note is read once for all drafts."""
        if path not in self._answers:
            self._answers[path] = answered_in(self._text(path))
        return self._answers[path]

    @cached_property
    def _bank(self) -> QuestionBank:
        """The bundled questions, then those of the vault's own `Questions.md`."""
        own = [data for name, data in self.template_set.own.items() if name.lower() == QUESTIONS.lower()]
        texts = [self.template_set.bundled[QUESTIONS], *own, self._text(QUESTIONS).encode()]
        return read_bank([data.decode("utf-8", errors="replace") for data in texts])


def _refuse_if_for_nobody(type_name: str | None, cases: Sequence[Situation]) -> None:
    """Raise what speaks against a note for anybody, as when you have accepted no position; it is no contact's fault."""
    reasons = [too_early(type_name, one) for one in cases]
    if reasons and reasons[0] and len({str(one) for one in reasons}) == 1 and len(reasons) > 1:
        raise reasons[0]


def _passed_over(type_name: str | None, case: Situation) -> str:
    """Why there is to be no note for a contact; nothing when there is."""
    refusal = too_early(type_name, case)
    return refusal.message if refusal else has_already(type_name, case)


def _moment(on: dt.date | None) -> Moment | None:
    if isinstance(on, dt.datetime):
        return Moment(on.date(), on.time())
    return Moment(on) if on else None
