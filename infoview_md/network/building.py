"""Builds the contact network from records: resolves links, makes contacts and organizations, joins referrals.

The order of the records does not matter: everything is sorted by path first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from infoview_md.network.copies import doubtful_names, sync_copies
from infoview_md.network.linking import Resolver
from infoview_md.network.nearest import Names
from infoview_md.network.people import Contact, Network, Organization, Referral
from infoview_md.network.rings import rings
from infoview_md.notes.findings import finding
from infoview_md.notes.links import Link, without_ending
from infoview_md.notes.reading import ME_PATH, AnyNote
from infoview_md.notes.records import (
    ContactNote,
    InterviewNote,
    MeNote,
    MessageNote,
    NoteRecord,
    OrganizationNote,
    PrepNote,
)
from infoview_md.notes.text import fold, in_command

__all__ = ["build_network"]

_LONGEST_GUESSED = 100
"""Characters; nobody misspells a name longer than this, and guessing takes its time."""


def build_network(records: Iterable[AnyNote], *, others: Iterable[str] = (), unreadable: Iterable[str] = ()) -> Network:
    """Derive the network. `others` are the paths of notes that are none of ours, `unreadable` of notes that may be.

    Copies that a sync tool left are reported and left out, so that nobody is counted twice.
    """
    builder = _Builder(sorted(records, key=lambda one: one.path), frozenset(others), frozenset(unreadable))
    return builder.build()


_Note = TypeVar("_Note", bound=NoteRecord)


class _Draft:
    """A contact while the network is built."""

    def __init__(self, ident: str, name: str, path: str | None = None, note: ContactNote | None = None) -> None:
        self.id = ident
        self.name = name
        self.path = path
        self.note = note
        self.wanted = note is not None and note.wanted
        self.organization: str | None = None
        self.messages: list[MessageNote] = []
        self.interviews: list[InterviewNote] = []
        self.preps: list[PrepNote] = []


class _Builder:
    """One building of one network."""

    def __init__(self, records: list[AnyNote], others: frozenset[str], unreadable: frozenset[str]) -> None:
        paths = {one.path for one in records} | others | unreadable
        copies = {path: original for path, original in sync_copies(paths).items() if path not in others}
        self.findings = [finding("sync-conflict", path, original=original) for path, original in copies.items()]
        self.records = {one.path: one for one in records if one.path not in copies}
        self.resolver = Resolver(paths - copies.keys())
        self.contacts: dict[str, _Draft] = {}
        self.organizations: dict[str, Organization] = {}
        self.members: dict[str, list[str]] = {}
        self.named: dict[str, list[str]] = {}
        self.organization_names: dict[str, str] = {}
        self.named_in: dict[tuple[str, int, str], str] = {}
        self.referrals: dict[tuple[str, str], tuple[list[str], list[bool | None]]] = {}

    def build(self) -> Network:
        self._add_recorded()
        for record in self.records.values():
            if isinstance(record, MessageNote | PrepNote | InterviewNote):
                self._add_outreach(record)
        self._add_referrers()
        self._add_organizations()
        self.findings += doubtful_names(self._all(ContactNote))
        return self._network()

    # Contacts

    def _add_recorded(self) -> None:
        for note in self._all(ContactNote):
            self.contacts[note.path] = _Draft(note.path, note.name, note.path, note)
            for name in {fold(note.name), *map(fold, note.aliases)}:
                self.named.setdefault(name, []).append(note.path)
        self.names = Names(self.named)

    def _add_outreach(self, record: MessageNote | PrepNote | InterviewNote) -> None:
        drafts = self._named_contacts(record, "contact", record.contact)
        for draft in drafts:
            match record:
                case MessageNote():
                    draft.messages.append(record)
                case PrepNote():
                    draft.preps.append(record)
                case InterviewNote():
                    draft.interviews.append(record)
        if isinstance(record, InterviewNote):
            for named in self._named_contacts(record, "referrals", record.referrals):
                for draft in drafts:
                    self._refer(draft, named, record, record.may_mention)
        for name in ("interview", "about"):
            link = getattr(record, name, None)
            if isinstance(link, Link):
                self._follow(record, name, link)

    def _add_referrers(self) -> None:
        """Who gave you whom, by the contacts' own notes.

        A note about somebody who is only known makes nobody else a contact, until one of ours names that somebody; so
        the wanted come first, and whom their notes name is wanted too.
        """
        notes = {note.path: note for note in self._all(ContactNote)}
        waiting = [path for path in notes if self.contacts[path].wanted]
        met = set(waiting)
        for path in waiting:
            for referrer in self._named_contacts(notes[path], "referred_by", notes[path].referred_by):
                self._refer(referrer, self.contacts[path], notes[path], None)
                if referrer.id in notes and referrer.id not in met:
                    met.add(referrer.id)
                    waiting.append(referrer.id)
        for path in sorted(notes.keys() - met):
            self._add_known_referrers(notes[path])

    def _add_known_referrers(self, note: ContactNote) -> None:
        for link in note.referred_by:
            path, _ = self._lead(note, link)
            if path in self.contacts:
                self.named_in[note.path, link.line, fold(link.target)] = path
                self._refer(self.contacts[path], self.contacts[note.path], note, None)

    def _refer(self, by: _Draft, to: _Draft, record: NoteRecord, may_mention: bool | None) -> None:  # noqa: FBT001
        name = "referrals" if isinstance(record, InterviewNote) else "referred_by"
        if by is to:
            self.findings.append(finding("ref-self", record.path, record.lines.get(name), property_name=name))
            return
        evidence, mentions = self.referrals.setdefault((by.id, to.id), ([], []))
        evidence.append(record.path)
        mentions.append(may_mention)

    def _named_contacts(self, record: NoteRecord, name: str, links: tuple[Link, ...]) -> list[_Draft]:
        drafts: dict[str, _Draft] = {}
        for link in links:
            if draft := self._contact(record, name, link):
                draft.wanted = True
                drafts[draft.id] = draft
                self.named_in[record.path, link.line, fold(link.target)] = draft.id
        return list(drafts.values())

    def _contact(self, record: NoteRecord, name: str, link: Link) -> _Draft | None:
        """The contact a link names; one that leads to no note makes an unrecorded contact."""
        path = self._follow(record, name, link)
        if path is None:
            return self._unrecorded(link)
        if path in self.contacts:
            return self.contacts[path]
        if path == ME_PATH or path in self.records:
            what = "your own profile" if path == ME_PATH else "not about a person"
            self._report("link-elsewhere", record, name, link, what=what, wanted="the person's note")
            return None
        return self.contacts.setdefault(path, _Draft(path, _file_name(path), path))

    def _unrecorded(self, link: Link) -> _Draft:
        text = link.target.rpartition("/")[2] or link.target
        return self.contacts.setdefault(fold(f"name:{text}"), _Draft(f"name:{text}", text))

    def _follow(self, record: NoteRecord, name: str, link: Link) -> str | None:
        """The path a link leads to, or None; says what is doubtful about it."""
        path, rivals = self._lead(record, link)
        if rivals:
            words = {"count": len(rivals), "paths": ", ".join(rivals), "used": rivals[0]}
            self._report("link-ambiguous", record, name, link, **words, used_target=without_ending(rivals[0]))
        if path is None:
            self._doubt_unresolved(record, name, link)
        return path

    def _lead(self, record: NoteRecord, link: Link) -> tuple[str | None, tuple[str, ...]]:
        """Where a link leads, and its rivals; a bare name, which is no link to Obsidian, may be an alias too."""
        found = self.resolver.resolve(link, record.path)
        called = self.named.get(fold(link.target), [])
        if found.path is None and link.style == "bare" and len(called) == 1:
            return called[0], ()
        return found.path, found.rivals

    def _doubt_unresolved(self, record: NoteRecord, name: str, link: Link) -> None:
        nearest = " or ".join(self._nearest(link))
        if nearest or name in {"interview", "about"}:
            self._report("link-unresolved", record, name, link, nearest=nearest or "an earlier name of that note")
        else:
            self._report("unrecorded", record, name, link, quoted=in_command(link.target))

    def _nearest(self, link: Link) -> list[str]:
        """Links that may have been meant: to those who answer to this name, else to who has almost the same."""
        wanted = fold(link.target)
        if called := self.named.get(wanted):
            return [f"[[{_file_name(path)}|{link.target}]]" for path in called]
        if len(wanted) > _LONGEST_GUESSED:
            return []
        near = self.names.nearest(wanted)
        return [f"[[{_file_name(self.named[near][0])}]]"] if near is not None else []

    def _report(self, code: str, record: NoteRecord, name: str, link: Link, **words: object) -> None:
        line = link.line or record.lines.get(name)
        words["target"] = link.target
        self.findings.append(finding(code, record.path, line, severity=None, property_name=name, **words))

    # Organizations

    def _add_organizations(self) -> None:
        for note in self._all(OrganizationNote):
            self.organizations[note.path] = Organization(id=note.path, name=note.name, path=note.path, note=note)
            for name in (note.name, *note.aliases, _file_name(note.path)):
                self.organization_names.setdefault(fold(name), note.path)
        for draft in self.contacts.values():
            if draft.note and draft.note.organization:
                draft.organization = self._organization(draft.note, draft.note.organization[0])
                self.members.setdefault(draft.organization, []).append(draft.id)

    def _organization(self, note: ContactNote, link: Link) -> str:
        path = self.resolver.resolve(link, note.path).path
        if path is not None and path not in self.contacts:
            known = path if path in self.organizations else None
            if known is None and path not in self.records:
                self.organizations[path] = Organization(id=path, name=_file_name(path), path=path)
                known = path
            if known is not None:
                return known
        name = link.target if link.style == "bare" else link.target.rpartition("/")[2] or link.target
        ident = self.organization_names.setdefault(fold(name), f"organization:{name}")
        self.organizations.setdefault(ident, Organization(id=ident, name=name))
        return ident

    # The network

    def _network(self) -> Network:
        referrals = tuple(
            Referral(by=by, to=to, evidence=tuple(sorted(set(evidence))), may_mention=_may_mention(mentions))
            for (by, to), (evidence, mentions) in sorted(self.referrals.items())
        )
        self._doubt_rings()
        return Network(
            me=next(iter(self._all(MeNote)), None),
            contacts=self._finished_contacts(referrals),
            organizations=self._finished_organizations(),
            referrals=referrals,
            messages=tuple(self._all(MessageNote)),
            interviews=tuple(self._all(InterviewNote)),
            preps=tuple(self._all(PrepNote)),
            named_in=MappingProxyType(self.named_in),
            findings=tuple(self.findings),
            resolver=self.resolver,
        )

    def _finished_contacts(self, referrals: tuple[Referral, ...]) -> Mapping[str, Contact]:
        given: dict[str, list[str]] = {}
        received: dict[str, list[str]] = {}
        for one in referrals:
            given.setdefault(one.by, []).append(one.to)
            received.setdefault(one.to, []).append(one.by)
        finished = {}
        for draft in sorted(self.contacts.values(), key=lambda one: (fold(one.name), one.id)):
            finished[draft.id] = Contact(
                id=draft.id,
                name=draft.name,
                path=draft.path,
                note=draft.note,
                wanted=draft.wanted,
                organization=draft.organization,
                messages=tuple(draft.messages),
                interviews=tuple(draft.interviews),
                preps=tuple(draft.preps),
                referred_by=tuple(received.get(draft.id, ())),
                referred=tuple(given.get(draft.id, ())),
            )
        return MappingProxyType(finished)

    def _finished_organizations(self) -> Mapping[str, Organization]:
        finished = sorted(self.organizations.values(), key=lambda one: (fold(one.name), one.id))
        return MappingProxyType(
            {one.id: replace(one, contacts=tuple(sorted(self.members.get(one.id, ())))) for one in finished}
        )

    def _doubt_rings(self) -> None:
        for ring in rings(self.referrals):
            names = ", ".join(self.contacts[_key(one)].name for one in ring)
            inside = [evidence for (by, to), (evidence, _) in self.referrals.items() if by in ring and to in ring]
            path = min(min(evidence) for evidence in inside)
            lines = self.records[path].lines
            line = lines.get("referred_by", lines.get("referrals"))
            self.findings.append(finding("ref-loop", path, line, names=names))

    def _all(self, kind: type[_Note]) -> list[_Note]:
        return [one for one in self.records.values() if isinstance(one, kind)]


def _may_mention(answers: list[bool | None]) -> bool | None:
    """No is no, whoever else said yes."""
    if False in answers:
        return False
    return True if True in answers else None


def _key(ident: str) -> str:
    """Under what a contact stands while the network is built: an unrecorded one is found by any spelling."""
    return fold(ident) if ident.startswith("name:") else ident


def _file_name(path: str) -> str:
    return without_ending(path.rpartition("/")[2])
