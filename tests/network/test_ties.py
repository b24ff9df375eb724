import datetime as dt

import pytest

from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.network.ties import Tie, ties
from infoview_md.notes.reading import read_note

NOW = dt.datetime(2026, 11, 23, 9, 0)


def network_of(notes: dict[str, str], body: str = "") -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n{body}\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


def tie_to_ada(**notes: str) -> Tie | None:
    """The tie to Ada; each note by its name in a word, `letter="sent: ..."` is a request to her."""
    texts = {"Ada.md": notes.pop("ada", "type: contact")}
    for name, block in notes.items():
        kind = "interview" if name.startswith("talk") else "request"
        texts[f"{name}.md"] = f'type: {kind}\ncontact: "[[Ada]]"\n{block}'
    return ties(network_of(texts), NOW).get("Ada.md")


@pytest.mark.parametrize(
    ("notes", "tie"),
    [
        ({"talk": "date: 2026-11-02"}, Tie(kind="met", evidence=("talk.md",), day=dt.date(2026, 11, 2))),
        ({"talk": "status: held"}, Tie(kind="met", evidence=("talk.md",))),
        ({"talk": "date: 2026-11-30\nstatus: held"}, Tie(kind="met", evidence=("talk.md",), day=dt.date(2026, 11, 23))),
        ({"talk": "date: 2026-11-30"}, None),
        ({"talk": "date: 2026-11-02\nstatus: no-show"}, None),
        (
            {"letter": "sent: 2026-11-02\nreplied: 2026-11-05"},
            Tie(kind="replied", evidence=("letter.md",), day=dt.date(2026, 11, 5)),
        ),
        ({"letter": "reply: declined"}, Tie(kind="replied", evidence=("letter.md",))),
        ({"letter": "sent: 2026-11-02"}, Tie(kind="wrote", evidence=("letter.md",), day=dt.date(2026, 11, 2))),
        ({"letter": "sent: 2026-11-30"}, None),
        ({"letter": "sent:"}, None),
        (
            {"ada": "type: contact\nlast_contact: 2026-11-01"},
            Tie(kind="in-touch", evidence=("Ada.md",), day=dt.date(2026, 11, 1)),
        ),
        ({"ada": "type: contact\nconnection: we sang"}, Tie(kind="connection", evidence=("Ada.md",))),
        ({"ada": "type: person"}, Tie(kind="known", evidence=("Ada.md",))),
        ({"ada": "type: contact"}, None),
    ],
)
def test_what_the_notes_say_is_a_tie(notes: dict[str, str], tie: Tie | None) -> None:
    assert tie_to_ada(**notes) == tie


def test_the_closest_tie_counts() -> None:
    everything = {
        "ada": "type: contact\nconnection: we sang\nlast_contact: 2026-11-01",
        "letter": "sent: 2026-11-02",
        "letter2": "sent: 2026-11-03\nreplied: 2026-11-04",
        "talk": "date: 2026-11-05",
    }
    kinds = []
    for name in ("talk", "letter2", "letter", "ada"):
        tie = tie_to_ada(**everything)
        kinds.append(tie and tie.kind)
        everything.pop(name)
    assert kinds == ["met", "replied", "in-touch", "in-touch"]


def test_who_gave_you_a_name_has_talked_to_you_unless_more_is_noted() -> None:
    bob = {"Ada.md": "type: contact", "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"'}
    assert ties(network_of(bob), NOW) == {"Ada.md": Tie(kind="gave", evidence=("Bob.md",))}
    talk = {"talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-02'}
    assert ties(network_of(bob | talk), NOW)["Ada.md"].kind == "met"
    letter = {"letter.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02'}
    assert ties(network_of(bob | letter), NOW)["Ada.md"].kind == "gave"


def test_whom_the_profile_names_you_may_know() -> None:
    network = network_of({"Me.md": "type: me", "Ada.md": "type: contact"}, body="Ask [[Ada]] and [[Nobody]].")
    assert ties(network, NOW) == {"Ada.md": Tie(kind="profile", evidence=("Me.md",))}
