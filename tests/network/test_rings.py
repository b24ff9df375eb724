"""Who referred each other in a ring."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.network.rings import rings


@pytest.mark.parametrize(
    ("referrals", "found"),
    [
        ([], ()),
        ([("a", "b"), ("b", "c"), ("a", "c")], ()),
        ([("a", "b"), ("b", "a")], (("a", "b"),)),
        ([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a"), ("c", "y")], (("a", "b", "c"),)),
        ([("c", "d"), ("d", "c"), ("b", "c"), ("a", "b"), ("b", "a")], (("a", "b"), ("c", "d"))),
    ],
)
def test_rings_are_found(referrals: list[tuple[str, str]], found: tuple[tuple[str, ...], ...]) -> None:
    assert rings(referrals) == found


def test_a_chain_of_many_thousands_is_no_ring_until_it_closes() -> None:
    chain = [(f"{n}", f"{n + 1}") for n in range(20_000)]
    assert rings(chain) == ()
    assert [len(ring) for ring in rings([*chain, ("20000", "0")])] == [20_001]


PEOPLE = st.sampled_from("abcdefg")


@given(st.lists(st.tuples(PEOPLE, PEOPLE).filter(lambda pair: pair[0] != pair[1])))
def test_rings_are_the_strongly_connected_components(referrals: list[tuple[str, str]]) -> None:
    graph = nx.DiGraph(referrals)
    expected = {tuple(sorted(group)) for group in nx.strongly_connected_components(graph) if len(group) > 1}
    assert set(rings(referrals)) == expected
