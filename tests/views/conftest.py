"""What the tests of the views share: small networks made from notes, and names that try to be something else."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note

MakeNetwork = Callable[[Mapping[str, str]], Network]

HOSTILE_NAMES = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    'Ada"] --> n1["Eve',
    "Ada %%{init: {'theme':'dark'}}%% Eve",
    "Ada \u202eecalevoL",
    "Ada \u200bLovelace",
    "`Ada`",
    "```\nAda\n```",
    "Ada\nLovelace",
    "Ada\tLovelace",
    "Ada\x1b[2J\x1b]0;owned\x07",
    "x" * 300,
    "艾達·勒芙蕾絲" * 40,
    "end",
    "1. Ada",
    "- Ada",
    "#quot; &lt; #35;",
    "Ada | Eve [[Eve|Ada]] ^b ~~x~~ **y** __z__ $$a$$ \\n",
    "👩‍🔬 Ada",
    "--- subgraph; click n1 href",
    "::: {{x}} ((y)) @{ shape: x }",
    "\ud800",
)


def make_network(notes: Mapping[str, str]) -> Network:
    """The network of notes given by path, each by the lines of its properties."""
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


@pytest.fixture(name="network_of")
def network_of_fixture() -> MakeNetwork:
    return make_network


def make_hostile(names: tuple[str, ...] = HOSTILE_NAMES) -> Network:
    """A network in which the first of the names gave all others; names come as they are, whatever a note could hold."""
    notes = {"P0.md": "type: contact\norganization: Mill"}
    for number in range(1, len(names)):
        notes[f"P{number}.md"] = 'type: contact\nreferred_by: ["[[P0]]"]\norganization: Mill'
    network = make_network(notes)
    renamed = {one: replace(network.contacts[one], name=name) for one, name in zip(notes, names, strict=True)}
    places = {one.id: replace(one, name=names[0]) for one in network.organizations.values()}
    return replace(network, contacts=renamed, organizations=places)


@pytest.fixture(name="hostile_network")
def hostile_network_fixture() -> Network:
    return make_hostile()
