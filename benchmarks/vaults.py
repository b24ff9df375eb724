"""Makes vaults to measure with: typical ones, where a tenth of the notes is ours, or with any other part of them.

Two of every five of our notes are contacts. Same seed, same vault.

    python benchmarks/vaults.py FOLDER --notes 10000 [--ours 2500] [--seed 7]
"""

import argparse
import random
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["make_vault"]

FIRST = (
    "Ada",
    "Grace",
    "Alan",
    "Edsger",
    "Barbara",
    "Donald",
    "Frances",
    "Ken",
    "Zoë",
    "Émile",
    "Łucja",
    "Søren",
    "Tim",
)
LAST = ("Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen", "Wirth", "Müller", "O'Brien", "Nowak")
PLACES = ("Leeds", "Lyon", "Utrecht", "Porto", "Graz", "Cork", "Ghent", "Turku")
FIELDS = ("hydrology", "type design", "tidal models", "museum education", "bridge inspection", "seed banks")
PROSE = """
the river was high again and nobody had read the gauge so we walked up to the weir and back talking about data
and people who keep it in boxes she said write it down at once ask who else to talk to and thank them the same
evening
"""
WORDS = tuple(PROSE.split())
LINKS = ("[[Parkin]]", "[[Daily/2026-03-04]]", "[[Rating curves, slowly|curves]]", "[a page](https://example.org/page)")

Note = tuple[str, str]


def make_vault(folder: Path, *, notes: int, ours: int | None = None, seed: int = 7) -> None:
    """Write a vault of `notes` notes into `folder`, which must not exist; `ours` of them, else a tenth, are ours."""
    chance = random.Random(seed)
    ours = notes // 10 if ours is None else ours
    made = 0
    for path, text in _all_notes(chance, ours, notes - ours):
        place = folder / path
        if not place.parent.exists():
            place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8", newline="\n")
        made += 1
    assert made == notes, (made, notes)


def _all_notes(chance: random.Random, ours: int, others: int) -> Iterator[Note]:
    yield "Me.md", ME
    names = [f"{chance.choice(FIRST)} {chance.choice(LAST)} {number}" for number in range(max(1, ours * 4 // 10))]
    for name in names[: ours - 1]:
        yield f"People/{name}.md", _contact(chance, name, names)
    kinds: tuple[Callable[[random.Random, int, str], Note], ...] = (_request, _request, _interview, _thanks, _prep)
    for number in range(ours - 1 - len(names)):
        yield kinds[number % len(kinds)](chance, number, chance.choice(names))
    other: tuple[Callable[[random.Random, int], Note], ...] = (_daily, _article, _project, _plain)
    for number in range(others):
        yield other[number % len(other)](chance, number)


ME = """---
type: me
name: Imogen Clough
email: imogen@example.org
timezone: Europe/London
target_field: hydrology
---

My profile.
"""


def _contact(chance: random.Random, name: str, names: list[str]) -> str:
    return f"""---
type: contact
organization: "[[Trust {chance.randrange(200)}]]"
role: {chance.choice(FIELDS)} officer
field: {chance.choice(FIELDS)}
email: {name.partition(" ")[0].lower()}.{chance.randrange(10_000)}@example.org
phone: "+4477009{chance.randrange(10_000, 99_999)}"
location: {chance.choice(PLACES)}
timezone: Europe/London
referred_by: "[[{chance.choice(names)}]]"
connection: fellow alum of {chance.choice(PLACES)}
why: {_words(chance, 8)}
tags:
  - {chance.choice(FIELDS).replace(" ", "-")}
---

{_prose(chance, 2)}"""


def _request(chance: random.Random, number: int, name: str) -> Note:
    text = f"""---
type: request
contact: "[[{name}]]"
channel: email
to: someone.{number}@example.org
subject: "A question about your work in {chance.choice(FIELDS)}"
sent: 2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 29):02}
replied:
reply:
---
Dear {name.partition(" ")[0]},

{_prose(chance, 3)}"""
    return f"Outreach/{number:05} Request - {name}.md", text


def _interview(chance: random.Random, number: int, name: str) -> Note:
    text = f"""---
type: interview
contact:
  - "[[{name}]]"
date: 2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 29):02}T14:30:00
duration: 30
medium: video
referrals:
  - "[[Person {chance.randrange(5_000)}]]"
may_mention: true
may_follow_up: true
leads: []
terms: [stage, "rating curve"]
rating: 4
---

## Questions

{_prose(chance, 5)}"""
    return f"Interviews/{number:05} {name}.md", text


def _thanks(chance: random.Random, number: int, name: str) -> Note:
    text = f"""---
type: thank-you
contact: "[[{name}]]"
channel: email
subject: Thank you
sent: 2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 29):02}
---

{_prose(chance, 2)}"""
    return f"Outreach/{number:05} Thank-you - {name}.md", text


def _prep(chance: random.Random, number: int, name: str) -> Note:
    text = f"""---
type: prep
contact: "[[{name}]]"
date: 2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 29):02}T09:00:00
duration: 20
medium: phone
---

{_prose(chance, 3)}"""
    return f"Interviews/{number:05} Prep - {name}.md", text


def _daily(chance: random.Random, number: int) -> Note:
    head = "---\ntags: [daily]\nmood: fine\n---\n" if number % 8 else ""
    name = f"{1990 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02} {number}"
    return f"Daily/{name[:4]}/{name}.md", f"{head}- [ ] call {chance.choice(FIRST)}\n\n{_prose(chance, 3)}"


def _article(chance: random.Random, number: int) -> Note:
    text = f"""---
title: "{_words(chance, 5)}"
author: {chance.choice(LAST)}
source: https://example.org/{number}
tags:
  - clippings
  - {chance.choice(PLACES).lower()}
type: article
created: 2026-01-{number % 28 + 1:02}
---

{_prose(chance, 12)}"""
    return f"Reading/{chance.choice(FIELDS)}/{number:05} {_words(chance, 3)}.md", text


def _project(chance: random.Random, number: int) -> Note:
    head = f"---\nstatus: active\npriority: {number % 4}\narea: {chance.choice(PLACES)}\n---\n"
    return f"Projects/{number % 300:03}/{number:05} {_words(chance, 2)}.md", head + f"# Plan\n\n{_prose(chance, 6)}"


def _plain(chance: random.Random, number: int) -> Note:
    return f"Notes/{number % 40:02}/{number:05}.md", f"# {_words(chance, 3)}\n\n{_prose(chance, 4)}"


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def _prose(chance: random.Random, paragraphs: int) -> str:
    """Paragraphs of some fifty words, every third with a link."""
    made = []
    for number in range(paragraphs):
        link = f" See {chance.choice(LINKS)}." if number % 3 == 0 else ""
        made.append(f"{_words(chance, chance.randrange(30, 70)).capitalize()}.{link}\n")
    return "\n".join(made)


def main() -> None:
    """Make a vault from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--ours", type=int)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    make_vault(given.folder, notes=given.notes, ours=given.ours, seed=given.seed)


if __name__ == "__main__":
    main()
