"""Random small networks, each as what was meant and as the network that the notes of it make."""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass

from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note

NETWORKS = int(os.environ.get("INFOVIEW_NETWORKS", "40"))
"""How many random networks each test looks at; thousands on occasion."""

NAMES = ("Ada", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida")
PLACES = ("Mill", "Weir", "Lock")
PASSED = ("met", "replied", "in-touch", "wrote", "")
KNOWN_BY = ("connection", "known", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is meant: by names, what passed with whom, who gave whom (and may be named), who works where, mentions."""

    passed: dict[str, str]
    known_by: dict[str, str]
    gave: dict[tuple[str, str], bool]
    works_at: dict[str, str]
    mentions: set[tuple[str, str]]


def plans(seed: int) -> Iterator[Plan]:
    chance = random.Random(seed)
    for _ in range(NETWORKS):
        people = NAMES[: chance.randrange(2, len(NAMES) + 1)]
        pairs = [(one, two) for one in people for two in people if one != two]
        nodes = (*people, *PLACES)
        yield Plan(
            passed={one: chance.choices(PASSED, (2, 1, 1, 1, 6))[0] for one in people},
            known_by={one: chance.choices(KNOWN_BY, (1, 1, 5))[0] for one in people},
            gave={pair: chance.random() < 0.7 for pair in pairs if chance.random() < 1.2 / len(people)},
            works_at={one: chance.choice(PLACES) for one in people if chance.random() < 0.4},
            mentions={
                (one, two) for one in nodes for two in nodes if one != two and chance.random() < 0.8 / len(nodes)
            },
        )


def network_of(plan: Plan) -> Network:
    """The network of a plan: contacts have the id `Ada.md`, organizations `Mill.md`."""
    notes: dict[str, str] = {}
    for name in plan.passed:
        by = ", ".join(f'"[[{one}]]"' for (one, to), open_ in plan.gave.items() if to == name and open_)
        lines = [
            f"type: {'person' if plan.known_by[name] == 'known' else 'contact'}",
            f"referred_by: [{by}]",
            f'organization: "[[{plan.works_at[name]}]]"' if name in plan.works_at else "",
            "connection: we sang together" if plan.known_by[name] == "connection" else "",
            "last_contact: 2026-10-01" if plan.passed[name] == "in-touch" else "",
        ]
        notes[f"{name}.md"] = "\n".join(lines)
        match plan.passed[name]:
            case "met":
                notes[f"talk {name}.md"] = f'type: interview\ncontact: "[[{name}]]"\ndate: 2026-10-02'
            case "replied" | "wrote":
                replied = "replied: 2026-10-03" if plan.passed[name] == "replied" else ""
                notes[f"letter {name}.md"] = f'type: request\ncontact: "[[{name}]]"\nsent: 2026-10-01\n{replied}'
    for (by, to), open_ in plan.gave.items():
        if not open_:
            notes[f"plan {by} {to}.md"] = (
                f'type: interview\ncontact: "[[{by}]]"\ndate: 2027-01-01\nreferrals: "[[{to}]]"\nmay_mention: false'
            )
    for place in PLACES:
        notes[f"{place}.md"] = "type: organization"
    bodies: dict[str, str] = {}
    for one, two in sorted(plan.mentions):
        bodies[f"{one}.md"] = bodies.get(f"{one}.md", "") + f"See [[{two}]].\n"
    read = {
        path: read_note(path, f"---\n{block}\n---\n{bodies.get(path, '')}".encode()) for path, block in notes.items()
    }
    return Index().apply(Changes(read=read)).network
