import datetime as dt
from dataclasses import replace

from infoview_md.network.graph import graph_of
from infoview_md.network.insights import referral_forest
from infoview_md.views.layout import Box, Group, Layout, Place, Strand, lay_out
from infoview_md.views.stacking import stacked
from tests.views.conftest import make_network

NOW = dt.datetime(2026, 11, 23, 9, 0)


def place(ident: str, x: float, y: float, depth: int) -> Place:
    return Place(id=ident, name=ident, label=(ident,), kind="contact", depth=depth, x=x, y=y, width=20, height=10)


def strand(source: str, target: str) -> Strand:
    return Strand(source=source, target=target, kind="referred", points=((0, 0), (1, 1)))


TWO_COLUMNS = Layout(
    places=(
        replace(place("me", 10, 5, 0), kind="me"),
        place("Ada", 15, 55, 1),
        place("Bob", 45, 40, 2),
        place("Cyd", 45, 70, 2),
        place("Dan", 75, 55, 1),
        place("Eve", 75, 75, 1),
    ),
    strands=(strand("Ada", "Bob"), strand("Ada", "Cyd")),
    groups=(Group(id="Mill", name="Mill", label="Mill", boxes=(Box(x=64, y=45, width=22, height=40),)),),
    width=100,
    height=100,
)


def test_all_who_begin_at_the_user_stand_in_one_column() -> None:
    found = {one.id: (one.x, one.y) for one in stacked(TWO_COLUMNS).places}
    assert found == {"me": (10, 5), "Ada": (40, 20), "Bob": (70, 5), "Cyd": (70, 35), "Dan": (40, 68), "Eve": (40, 88)}


def test_a_box_stays_around_its_people() -> None:
    assert stacked(TWO_COLUMNS).groups[0].boxes == (Box(x=29, y=58, width=22, height=40),)


def test_what_stands_in_one_column_is_left_as_it_is() -> None:
    network = make_network({"Ada.md": "type: contact", "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"'})
    for notes in (network, make_network({})):
        layout = lay_out(graph_of(notes, NOW), referral_forest(notes), {})
        assert stacked(layout) is layout
