"""The network as one page for a browser: the picture, a card for each person, a timeline, and all of it as a table.

The page asks no other place for anything, and what stands in the notes never becomes markup or program: it is escaped,
and a policy in the page lets no program run but its own.
"""

import base64
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from string import Template
from urllib.parse import quote

from infoview_md.agenda.agenda import Action
from infoview_md.agenda.stages import STAGES
from infoview_md.agenda.timeline import Event, timeline
from infoview_md.agenda.wording import day_words
from infoview_md.network.insights import Forest
from infoview_md.network.people import Contact
from infoview_md.views.card import Card, properties_of
from infoview_md.views.colours import DARK, LIGHT
from infoview_md.views.layout import Layout
from infoview_md.views.lines import counted, one_line, shown_name
from infoview_md.views.shapes import Json, json_safe
from infoview_md.views.svg import STYLE, svg

__all__ = ["Home", "page"]

_FACTS = (
    *("email", "phone", "linkedin", "website", "location", "timezone", "field", "connection", "why", "keep_in_touch"),
    "tags",
)
"""The properties that a card shows below the head."""

_IN_JSON = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&"})
"""Inside of a script element, `</script` and `<!--` count wherever they stand, within a text of the data too."""

_ONLY_BLANKS = re.compile(r"[\w.~/ -]*", re.ASCII)
"""Of what an address must not hold, nothing but blanks."""

_THEMES = "".join(
    f"{where}{{color-scheme:{scheme};{''.join(f'--{name}:{value};' for name, value in colours.items())}}}{end}\n"
    for where, scheme, colours, end in (
        (":root[data-theme=light]", "light", LIGHT, ""),
        (":root[data-theme=dark]", "dark", DARK, ""),
        ("@media print{:root[data-theme]", "light", LIGHT, "}"),
    )
)
"""The colours where the reader chose them; on paper nobody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where the notes are: the vault's name in Obsidian, and the `file:` address of its folder."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the page says of one contact in more than one place."""

    card: Card
    events: tuple[Event, ...]
    given_by: tuple[Contact, ...]
    gave: tuple[Contact, ...]


def page(cards: Iterable[Card], layout: Layout, forest: Forest, *, home: Home, parts: Mapping[str, str]) -> str:
    """The whole page; `cards` are in the order of the forest's walk, `parts` the texts of its files.

    The same network gives the same text. Cards are taken one by one, each when the page is done with those before it.
    """
    return _Page(layout, forest, home).filled(cards, parts)


class _Page:
    """One page. People go by their number in the walk, notes by their number in the list of all that are linked."""

    def __init__(self, layout: Layout, forest: Forest, home: Home) -> None:
        self.layout = layout
        self.forest = forest
        self.home = home
        self.number = {one: number for number, one in enumerate(forest.walk)}
        self.levels = _levels(forest)
        self.drawn = {place.id: (f"n{number}", place) for number, place in enumerate(layout.places)}
        self.givers = {one: self.number[by] for by, children in forest.children.items() for one in children}
        self.links: dict[str, str] = {}
        self.notes: dict[str, int] = {}
        self.cards: list[Card] = []
        self.people: list[Json] = []
        self.rows: list[str] = []
        self.events: list[tuple[Event, Card]] = []

    def filled(self, cards: Iterable[Card], parts: Mapping[str, str]) -> str:
        """The page out of its parts."""
        style, script = STYLE + _THEMES + parts["page.css"], parts["view.js"] + parts["page.js"]
        title = self._title()
        picture = svg(self.layout, title=title, standalone=False)
        for card in cards:
            self._take(card)
        return Template(parts["page.html"]).substitute(
            policy=_policy(style=style, script=script),
            title=escape(title),
            summary=escape(self._summary()),
            style=style,
            stages="\n".join(self._stages()),
            organizations="\n".join(self._organizations()),
            picture=picture,
            months="\n".join(self._months()),
            people="\n".join(self.rows),
            data=json.dumps(self._data(), separators=(",", ":")).translate(_IN_JSON),
            script=script,
        )

    def _take(self, card: Card) -> None:
        """Note all that the page says of one contact."""
        known = _Known(card=card, events=card.timeline, given_by=card.referred_by, gave=card.referrals)
        self.cards.append(card)
        self.people.append(self._person(known))
        self.rows.append(self._row(known))
        self.events += ((event, card) for event in _told(known))

    def _title(self) -> str:
        me = self.layout.places[0]
        return f"Contact network of {shown_name(me.name)}" if me.path else "Contact network"

    def _summary(self) -> str:
        places = {card.contact.organization for card in self.cards} - {None}
        led = sum(len(card.contact.referred) for card in self.cards)
        words = [counted(len(self.cards), "contact"), counted(len(places), "organization")]
        return f"{', '.join([*words, counted(led, 'introduction')])}."

    # What one can choose from

    def _stages(self) -> Iterator[str]:
        for stage in STAGES.values():
            if number := sum(card.stage == stage.name for card in self.cards):
                yield (
                    f'<label class="chip stage-{stage.name}" title="{escape(stage.meaning)}">'
                    f'<input type="checkbox" name="stage" value="{stage.name}"> {stage.name} <small>{number:,}</small>'
                    "</label>"
                )

    def _organizations(self) -> Iterator[str]:
        names = {_organization(card) for card in self.cards} - {""}
        for name in sorted(names, key=lambda one: (one.casefold(), one)):
            yield f"<option>{escape(name)}</option>"

    # The timeline

    def _months(self) -> Iterator[str]:
        told = sorted(self.events, key=lambda one: (one[0].day or dt.date.max, self.number[one[1].contact.id]))
        months: dict[str, list[str]] = {}
        for event, card in told:
            month = _month(event.day) if event.day else "Without a day"
            months.setdefault(month, []).append(self._event(event, card))
        for month, events in months.items():
            yield f"<section><h3>{month}</h3>\n<ol>\n" + "\n".join(events) + "\n</ol></section>"

    def _event(self, event: Event, card: Card) -> str:
        day = f'<time datetime="{event.day}">{event.day.day}</time>' if event.day else "<span></span>"
        link, words = self._link_to(card.contact), escape(one_line(event.words))
        return f'<li data-person="{self.number[card.contact.id]}">{day} <span>{link}: {words}</span></li>'

    # The table

    def _row(self, known: _Known) -> str:
        card = known.card
        what = escape(", ".join(part for part in (_role(card), _organization(card)) if part))
        given, gave = (", ".join(map(self._link_to, people)) for people in (known.given_by, known.gave))
        todo = card.actions[0] if card.actions else None
        step = f'{escape(one_line(todo.text))} by <time datetime="{todo.due}">{todo.due}</time>' if todo else ""
        return (
            f'<tr data-person="{self.number[card.contact.id]}">'
            f'<th scope="row" data-level="{min(self.levels[card.contact.id], 9)}">{self._link_to(card.contact)}</th>'
            f'<td>{what}</td><td><span class="pill stage-{card.stage}">{card.stage}</span></td><td>{given}</td>'
            f"<td>{gave}</td><td>{step}</td><td>{self._file_link(card)}</td></tr>"
        )

    def _link_to(self, contact: Contact) -> str:
        """A name that leads to the person in the picture."""
        link = self.links.get(contact.id)
        if link is None:
            ident, _ = self.drawn[contact.id]
            name, number = escape(shown_name(contact.name)), self.number[contact.id]
            link = self.links[contact.id] = f'<a href="#{ident}" data-person="{number}">{name}</a>'
        return link

    def _file_link(self, card: Card) -> str:
        path = card.contact.path
        if path is None:
            return "no note yet"
        return f'<a href="{escape(f"{self.home.address}/{_quoted(path)}")}">{escape(one_line(path))}</a>'

    # What the program knows

    def _data(self) -> dict[str, Json]:
        notes: list[Json] = [{"path": one_line(path), "file": _quoted(path)} for path in self.notes]
        me = self.layout.places[0]
        return {
            "vault": _quoted(self.home.name),
            "folder": self.home.address,
            "at": [me.x, me.y],
            "people": self.people,
            "notes": notes,
        }

    def _person(self, known: _Known) -> Json:
        card = known.card
        ident, place = self.drawn[card.contact.id]
        return {
            "node": ident,
            "at": [place.x, place.y],
            "reach": place.reach,
            "name": shown_name(card.contact.name),
            "role": _role(card),
            "organization": _organization(card),
            "stage": card.stage,
            "because": one_line(card.because),
            "note": self._note(card.contact.path),
            "facts": _facts(properties_of(card.contact)),
            "events": [[_day(one), one_line(one.words), self._note(one.note)] for one in known.events],
            "from": self.givers.get(card.contact.id, -1),
            "by": [self.number[one.id] for one in known.given_by],
            "gave": [self.number[one.id] for one in known.gave],
            "next": [_step(one) for one in card.actions],
        }

    def _note(self, path: str | None) -> int | None:
        return None if path is None else self.notes.setdefault(path, len(self.notes))


def _told(known: _Known) -> tuple[Event, ...]:
    """What happened with somebody, but for who named them: among everybody's events, the one who named them says it."""
    card = known.card
    if not (known.given_by and card.network.interviews):
        return known.events
    given = tuple(one for one in card.network.referrals if one.by == card.contact.id)
    return timeline(card.contact, replace(card.network, referrals=given), card.now)


def _levels(forest: Forest) -> Mapping[str, int]:
    """How many introductions away from you each person is; 0 for those whom nobody named."""
    levels = dict.fromkeys(forest.roots, 0)
    for one in forest.walk:
        levels.update(dict.fromkeys(forest.children.get(one, ()), levels[one] + 1))
    return levels


def _role(card: Card) -> str:
    return one_line(card.contact.note.role) if card.contact.note and card.contact.note.role else ""


def _organization(card: Card) -> str:
    ident = card.contact.organization
    return shown_name(card.network.organizations[ident].name) if ident else ""


def _facts(given: Mapping[str, object]) -> list[Json]:
    return [[name.replace("_", " "), _in_words(json_safe(given[name]))] for name in _FACTS if name in given]


def _in_words(value: Json) -> str:
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else one_line(str(value))


def _step(action: Action) -> Json:
    words = {"text": one_line(action.text), "because": one_line(action.because)}
    return {**words, "due": action.due.isoformat(), "command": action.command}


def _day(event: Event) -> str | None:
    return event.day.isoformat() if event.day else None


def _month(day: dt.date) -> str:
    """`August 2026`."""
    return day_words(day, dt.date.min).partition(" ")[2]


def _quoted(path: str) -> str:
    """A path in a vault as a part of an address; bytes that are no letters, which the disk has, stay these bytes."""
    if _ONLY_BLANKS.fullmatch(path):  # many are like that, and this takes a tenth of the time
        return path.replace(" ", "%20")
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:
        return quote(path, errors="surrogatepass")


def _policy(*, style: str, script: str) -> str:
    """Nothing is loaded from anywhere; only this style sheet counts, and only this program runs."""
    return (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src '{_fingerprint(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
