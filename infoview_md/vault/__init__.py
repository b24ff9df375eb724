"""The vault: puts the rooms together. Every command of the command line is one readable method here.

Rooms that take long to load are imported by the methods that need them: what follows from notes that have not changed
is found in the cache, so that `check` needs neither the network nor the agenda, nor the records of notes.
"""

import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from infoview_md.disk import clock, files, places, scan
from infoview_md.disk.upkeep import ChangeCounts, Upkeep, Upkept
from infoview_md.errors import UsageError
from infoview_md.notes.findings import Finding
from infoview_md.notes.whose import ME_PATH
from infoview_md.vault.state import Refresh, State

if TYPE_CHECKING:
    from infoview_md.agenda.agenda import Action
    from infoview_md.agenda.marking import Markable, Marked, When
    from infoview_md.disk.claim import Watcher
    from infoview_md.drafting.drafts import Draft
    from infoview_md.drafting.templates import TemplateSet
    from infoview_md.exchange.mail import Mail
    from infoview_md.network.people import Contact, Network
    from infoview_md.notes.records import Settings
    from infoview_md.vault.desk import Desk, Outcome
    from infoview_md.vault.letters import Letters
    from infoview_md.views.card import Card
    from infoview_md.views.lines import Look
    from infoview_md.views.path import Route

__all__ = ["ChangeCounts", "Refresh", "State", "Vault"]

FOLDERS = ("People", "Organizations", "Outreach", "Interviews")
"""What `init` makes besides `Me.md` and the template folder."""


class Vault:
    """A folder of notes.

    `today`, a date or a date-time, stands in for the clock; a date means its first minute. Raises UsageError when
    there is no such folder; all methods raise an InfoviewError when they cannot do what is asked. While notes are read,
    `progress` is told how many of how many; `notify` gets a sentence when the cache could not be used.
    """

    def __init__(
        self,
        root: str | os.PathLike[str],
        *,
        today: dt.date | None = None,
        progress: Callable[[int, int], None] | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> None:
        self.root = places.vault_root(root)
        self._today = today
        self._progress = progress
        self._notify = notify
        self._latest: State | None = None
        self._missed: set[str] = set()
        self._upkeep = Upkeep(self.root)

    @classmethod
    def nearest(
        cls,
        named: str | None = None,
        *,
        today: dt.date | None = None,
        progress: Callable[[int, int], None] | None = None,
        notify: Callable[[str], None] | None = None,
    ) -> "Vault":
        """The vault named, else the one in INFOVIEW_VAULT, else the nearest folder upwards that is one."""
        return cls(places.nearest_vault(named), today=today, progress=progress, notify=notify)

    @classmethod
    def make(cls, folder: str | os.PathLike[str], *, today: dt.date | None = None) -> tuple["Vault", tuple[str, ...]]:
        """Make the folders of a vault in `folder`, as far as they are missing; gives the vault and the new paths."""
        root = places.given_path(folder)
        made = files.make_folders(root, ("", *FOLDERS))
        vault = cls(root, today=today)
        return vault, (*made, *files.make_folders(vault.root, (vault._settings().templates,)))

    def make_profile(self, properties: Mapping[str, object]) -> tuple[str, ...]:
        """Make `Me.md` from `properties`; gives its path. Raises ConflictError when there is one."""
        return (self.create(self._desk.profile(properties)).path,)

    @property
    def now(self) -> dt.datetime:
        """The present, local time without offset."""
        if self._today is None:
            return clock.now()
        return self._today if isinstance(self._today, dt.datetime) else dt.datetime.combine(self._today, dt.time())

    def has_profile(self) -> bool:
        """Whether there is a `Me.md`."""
        return isinstance(scan.read_note(self.root, ME_PATH), scan.NoteBytes)

    # index, check, due, show

    def index(self) -> State:
        """Bring the index up to date: reads what changed since the last call, writes nothing."""
        return self._state(self._upkeep.bring_up_to_date(self._progress))

    def check(self) -> tuple[Finding, ...]:
        """Everything that is wrong or doubtful in the notes, by path and line."""
        return self.index().findings

    def due(
        self, within: int = 7, *, stage: str | None = None, organization: str | None = None
    ) -> "tuple[Action, ...]":
        """What to do up to `within` days ahead, overdue first.

        Raises UsageError for a stage, UnknownError for an organization, that does not exist.
        """
        state = self.index()
        # Otherwise the kept agenda will do, and no network is made.
        if stage is not None or organization is not None:
            from infoview_md.vault.people import refuse_unknown

            refuse_unknown(state.network, stage=stage, organization=organization)
        return state.agenda.due(within=within, stage=stage, organization=organization)

    def contact(self, words: str, state: State | None = None) -> "Contact":
        """The contact that `words` mean: a name, alias, e-mail, path, or part of a name.

        Raises UnknownError with the nearest names, AmbiguousError with all that fit.
        """
        from infoview_md.vault.people import contact_named

        return contact_named(words, (state or self.index()).index)

    def card(self, words: str) -> "Card":
        """All that is known about one contact, found as `contact` does."""
        from infoview_md.views.card import Card, findings_about

        state = self.index()
        contact = self.contact(words, state)
        standing = state.agenda.standings[contact.id]
        return Card(
            network=state.network,
            contact=contact,
            now=state.now,
            stage=standing.stage,
            because=standing.because,
            actions=state.agenda.for_contact(contact.id),
            findings=findings_about(contact, state.findings),
        )

    def path(self, target: str) -> "Route":
        """How to reach a contact or an organization: the warmest chains of introductions, and what to do first.

        Found by name, alias, e-mail, path or part of a name. Raises UnknownError with the nearest names, AmbiguousError
        with all that fit.
        """
        from infoview_md.agenda.approach import first_move
        from infoview_md.network.warmth import warmest_chains
        from infoview_md.vault.targets import target_named
        from infoview_md.views.path import Route

        state = self.index()
        found = target_named(target, state.index)
        chains = warmest_chains(state.network, found.id, state.now)
        return Route(
            network=state.network,
            target=found,
            chains=chains,
            first=first_move(found, chains, state.agenda),
            stages=state.stages,
            today=state.now.date(),
        )

    # new

    def draft(
        self, template: str, *contacts: str, on: dt.date | None = None, about: str | None = None, **answers: object
    ) -> "Draft":
        """Draft one note from a template, for one contact or for several at once (a panel); nothing is written.

        `on` is the day, or the day and time, of the interview; `about` the person that an update reports on. `answers`
        set properties and answer fill-ins.
        """
        drafts = self.drafts(template, *contacts, on=on, about=about, answers=answers)
        if len(drafts) > 1:
            raise UsageError(f"{template} makes one note for each contact", "draft them one by one, or use drafts()")
        return drafts[0]

    def drafts(
        self,
        template: str,
        *contacts: str,
        on: dt.date | None = None,
        about: str | None = None,
        answers: Mapping[str, object] | None = None,
    ) -> "tuple[Draft, ...]":
        """Draft a template for contacts: one note for all where they share it, else one for each.

        `about` is the person that an update reports on. Raises UsageError when something has to come first, as an
        interview before its thank-you, and for an `on` or `about` of which the template makes no use.
        """
        return self._desk.drafts(template, contacts, self.index(), on=on, about=about, answers=dict(answers or {}))

    def one_each(  # noqa: PLR0913 - what drafts are made from
        self,
        template: str,
        contacts: Sequence[str],
        *,
        on: dt.date | None = None,
        about: str | None = None,
        answers: Mapping[str, object] | None = None,
        dry_run: bool = False,
    ) -> "Iterator[Outcome]":
        """Make a note from a template for each contact, and tell of each as soon as it is done.

        Passed over is who has such a note already, or must wait for it; an error with one stops none of the others.
        """
        keep = self._desk.as_it_is if dry_run else self.create
        given = dict(answers or {})
        return self._desk.one_each(template, contacts, self.index(), keep, on=on, about=about, answers=given)

    def create(self, draft: "Draft") -> "Draft":
        """Write a draft as a new note; gives it with the path that it got.

        A taken path gets a number, but a contact's name is who they are: there it is a ConflictError.
        """
        from infoview_md.vault.desk import IDENTITIES

        free = draft.path if draft.type in IDENTITIES else files.free_path(self.root, draft.path)
        return dataclasses.replace(draft, path=files.create(self.root, free, draft.text))

    def findings_in(self, draft: "Draft") -> tuple[Finding, ...]:
        """What `check` would say of a draft, but for the fill-ins, which the draft itself lists."""
        from infoview_md.notes.reading import Read, read_note
        from infoview_md.notes.records import MessageNote

        reading = read_note(draft.path, draft.text.encode())
        if not isinstance(reading, Read) or not isinstance(reading.record, MessageNote):
            return reading.findings
        state = self._latest or self.index()
        doubts = self._letters(state.network, state.now).proofread(reading.record, draft.text)
        return (*reading.findings, *(one for one in doubts if one.code != "fill-in-left"))

    def contacts_where(self, *, stage: str | None = None, organization: str | None = None) -> tuple[str, ...]:
        """The paths or names of all contacts in some stages (parted by commas), or at an organization."""
        from infoview_md.vault.people import contacts_where

        state = self.index()
        return contacts_where(state.network, state.stages, stage=stage, organization=organization)

    # mark

    def mark(self, event: str, what: str, *, on: dt.date | None = None, until: dt.date | None = None) -> "Marked":
        """Set what happened in the right note: the one at the path `what`, or the newest of a contact's that fits.

        `on` is the day, else today; of an interview, the day that it has. `until` is the day on which they asked to be
        written to again. Raises AmbiguousError when two notes fit equally well, UsageError when none does,
        ConflictError when the note cannot be edited without changing more than that.
        """
        from infoview_md.agenda.marking import When, mark_of, marked, named_event
        from infoview_md.disk.edits import edit

        state, row = self.index(), named_event(event)
        when = When(day=_day(on) or state.now.date(), named=on is not None, until=_day(until), now=state.now)
        mark = mark_of(row, self._note_for(event, what, when, state), when)
        recognition = state.index.recognition
        before = edit(self.root, mark.note.path, lambda data: marked(mark, data, recognition).data)
        return marked(mark, before, recognition)

    def _note_for(self, event: str, what: str, when: "When", state: State) -> "Markable":
        from infoview_md.agenda.fitting import fitting_note, note_at
        from infoview_md.agenda.gathering import history_of, today_of
        from infoview_md.agenda.marking import named_event

        if note := note_at((what, places.path_in_vault(self.root, what) or what), state.index):
            return note
        today = today_of(state.network, state.index.settings, state.now)
        history = history_of(self.contact(what, state), state.network, today)
        return fitting_note(named_event(event), history, when, today.timezone)

    # email

    def mail(self, what: str, *, again: bool = False) -> "Mail":
        """A message ready for a mail program: the one at the path `what`, or the newest unsent one to a contact.

        Raises NotReadyError with everything that speaks against sending it; `again` allows what was sent before.
        """
        from infoview_md.agenda.marking import When

        state = self.index()
        path = self._note_for("sent", what, When(day=state.now.date(), now=state.now), state).path
        return self._letters(state.network, state.now).mail(path, state, again=again)

    def write_eml(self, mail: "Mail", place: str | os.PathLike[str] | None = None, *, html: bool = False) -> str:
        """Write a mail as an unsent draft to a file, by default one in the user's folder for caches; gives its path."""
        from infoview_md.disk.cache import cache_folder
        from infoview_md.exchange.eml import as_eml
        from infoview_md.exchange.html import as_html

        text = as_eml(mail, html=as_html(mail.markdown) if html else None)
        if place is None:
            cache = cache_folder()
            place = files.private_folder(cache and cache / "outgoing") / f"{Path(mail.note).stem}.eml"
        elif Path(place).suffix.lower() == ".md":
            raise UsageError(f"{place} would be a note, and this is a draft for a mail program", "name it .eml")
        return self.write_output(place, text)

    # export

    def calendar(self, state: State | None = None) -> str:
        """The dated interviews, and all actions that have a day of their own, as iCalendar text."""
        from infoview_md.exchange.calendar import as_calendar

        state = state or self.index()
        actions = (one for one in state.agenda.actions if not one.any_day)
        return as_calendar(state.network, actions, state.now)

    def calendar_of(self, actions: "Sequence[Action]") -> str:
        """Some actions as iCalendar text, without the interviews."""
        from infoview_md.exchange.calendar import as_calendar

        state = self._latest or self.index()
        return as_calendar(state.network, actions, state.now, interviews=False)

    # graph, views

    def graph(
        self,
        form: str = "tree",
        *,
        look: "Look | None" = None,
        as_note: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> str:
        """The contact network as text, in a format of the command `graph`; `as_note` makes a diagram a whole note.

        While a page is made, `progress` is told of how many contacts of how many it is done.
        """
        from infoview_md.vault.pictures import picture

        return picture(self.root, self.index(), form, look=look, as_note=as_note, progress=progress)

    def write_output(self, place: str | os.PathLike[str], text: str) -> str:
        """Write an answer to a file and say where; a note in this vault that is no view of ours is never replaced."""
        from infoview_md.vault.pictures import write_output

        return write_output(self.root, place, text)

    def make_views(self) -> tuple[str, ...]:
        """Make the views that `index` and `watch` keep current; gives the paths that are new."""
        from infoview_md.vault.pictures import write_views

        return write_views(self.root, self.index(), make=True)

    def refresh_views(self, state: State) -> tuple[str, ...]:
        """Write anew the views that exist, are still ours and say something else now; gives their paths."""
        from infoview_md.vault.pictures import write_views

        return write_views(self.root, state, make=False)

    # templates

    @staticmethod
    def bundled_templates() -> "TemplateSet":
        """The templates that come with the package, without a vault."""
        from infoview_md.drafting.templates import TemplateSet

        return TemplateSet(places.bundled_templates())

    @cached_property
    def template_set(self) -> "TemplateSet":
        """The bundled templates and, in front of them, those of the vault; read once for each `Vault`."""
        from infoview_md.drafting.templates import TemplateSet

        folder = self._settings().templates
        return TemplateSet(places.bundled_templates(), scan.read_templates(self.root / folder), folder)

    def template_faults(self, name: str | None = None) -> tuple[Finding, ...]:
        """What is wrong with the template called `name`, or with any: found by reading it and by trying it out."""
        return self._desk.template_faults(name, self.index().network.contacts.values())

    @classmethod
    def bundled_template_faults(cls, name: str | None = None) -> tuple[Finding, ...]:
        """The same for the templates that come with the package, without a vault."""
        from infoview_md.vault.desk import Desk

        return Desk(cls.bundled_templates(), lambda _: "").template_faults(name)

    def copy_template(self, name: str) -> str:
        """Put a bundled template into the vault, where it wins over the bundled one; gives its path.

        Raises ConflictError when the vault has one of that name.
        """
        text = self.template_set.text(f"bundled/{name}")
        stem = name.removesuffix(".md")
        return files.create(self.root, f"{self._settings().templates.strip('/')}/{stem}.md", text)

    # watch

    def watch(self, *, poll: float | None = None, read_only: bool = False) -> Generator[Refresh, None, None]:
        """Follow the vault: the state at once, then again each time something changed, until the caller stops.

        Views that exist are kept current, unless `read_only`. What we read or write ourselves wakes nothing. `poll`
        looks every so many seconds instead of listening, for drives whose changes the system does not tell.

        Raises ConflictError when another process watches this vault, which one that is `read_only` does not mind.
        """
        from infoview_md.vault.watching import refreshes

        # An index of its own: what is asked between two turns takes no change away from the next.
        return refreshes(self.root, Upkeep(self.root), self._state, poll=poll, read_only=read_only)

    def watch_status(self) -> "Watcher | None":
        """Who watches this vault, by this computer's user; None when nobody does."""
        from infoview_md.disk.claim import watcher_of

        return watcher_of(self.root)

    # How it is done

    @cached_property
    def _desk(self) -> "Desk":
        from infoview_md.vault.desk import Desk

        return Desk(self.template_set, self._text)

    def _letters(self, network: "Network", now: dt.datetime) -> "Letters":
        from infoview_md.vault.letters import Letters

        return Letters(network, now, self._text)

    def _text(self, path: str) -> str:
        """A note's text, or nothing when it cannot be read."""
        found = scan.read_note(self.root, path)
        if isinstance(found, Finding):
            self._missed.add(path)
        return found.data.decode("utf-8-sig", errors="replace") if isinstance(found, scan.NoteBytes) else ""

    def _doubts(self, banks: Mapping[str, str], network: "Network", now: dt.datetime) -> Iterator[Finding]:
        """What proofreading says, if there is anything to proofread, and which questions of your own are closed."""
        from infoview_md.agenda.history import is_unsent

        off = network.me.settings.proofreading_off if network.me else ()
        if off or any(is_unsent(note, now.date()) for note in network.messages):
            yield from self._letters(network, now).doubts()
        for path, bank in banks.items():
            if bank:
                from infoview_md.drafting.openness import closed_questions

                yield from closed_questions(bank, path)

    def _banks(self, templates: str) -> Mapping[str, str]:
        """The texts of the user's own questions, by path."""
        return {path: self._text(path) for path in ("Questions.md", f"{templates.strip('/')}/Questions.md")}

    def _state(self, kept: Upkept) -> State:
        if kept.notice and self._notify:
            self._notify(kept.notice)
            self._notify = None  # once is enough
        self._missed = set()
        banks = self._banks(kept.templates)  # the folder for templates is not among the notes
        doubts = partial(self._doubts, banks)
        self._latest = State(kept, self.now, doubts, banks.values(), missed=self._missed)
        return self._latest

    def _settings(self) -> "Settings":
        """The settings as `Me.md` has them now, without looking at the rest of the vault."""
        from infoview_md.notes.reading import Read, read_note
        from infoview_md.notes.records import MeNote, Settings

        found = scan.read_note(self.root, ME_PATH)
        reading = read_note(ME_PATH, found.data) if isinstance(found, scan.NoteBytes) else None
        return (
            reading.record.settings if isinstance(reading, Read) and isinstance(reading.record, MeNote) else Settings()
        )


def _day(on: dt.date | None) -> dt.date | None:
    return on.date() if isinstance(on, dt.datetime) else on
