from dataclasses import replace

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.network.index import Changes, Index
from infoview_md.network.insights import Forest, connectors, referral_forest, referrers
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note
from tests.network.random_networks import network_of as network_of_plan
from tests.network.random_networks import plans


def network_of(notes: dict[str, str]) -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


def referred(**by: str) -> Network:
    """Contacts by name, each with the names of those who gave them, in words: `Bob="Ada Cyd"`."""
    notes = {}
    for name, who in by.items():
        links = ", ".join(f'"[[{one}]]"' for one in who.split())
        notes[f"{name}.md"] = f"type: contact\nreferred_by: [{links}]"
    return network_of(notes)


def drawn(forest: Forest) -> str:
    """The forest in one line: `Ada(Bob Cyd(Dan)) Eve`."""

    def branch(one: str) -> str:
        inner = " ".join(map(branch, forest.children.get(one, ())))
        return one.removesuffix(".md") + (f"({inner})" if inner else "")

    return " ".join(map(branch, forest.roots))


def led(network: Network) -> list[tuple[str, int, int]]:
    return [(one.contact.name, len(one.direct), one.in_all) for one in connectors(network)]


def test_without_referrals_everybody_is_a_root() -> None:
    assert drawn(referral_forest(referred(Cyd="", Ada="", Bob=""))) == "Ada Bob Cyd"


def test_everybody_hangs_below_who_gave_them() -> None:
    assert drawn(referral_forest(referred(Ada="", Bob="Ada", Cyd="Ada", Dan="Bob"))) == "Ada(Bob(Dan) Cyd)"


def test_a_second_referrer_is_remembered() -> None:
    forest = referral_forest(referred(Ada="", Bob="", Cyd="Bob Ada"))
    assert drawn(forest) == "Ada Bob(Cyd)"
    assert forest.also_from == {"Cyd.md": ("Ada.md",)}


def test_the_order_in_the_contacts_own_note_says_who_was_first() -> None:
    assert referrers(referred(Ada="", Bob="", Cyd="Bob Ada"))["Cyd.md"] == ("Bob.md", "Ada.md")
    assert referrers(referred(Ada="", Bob="", Cyd="Ada Bob"))["Cyd.md"] == ("Ada.md", "Bob.md")


def test_else_the_earlier_interview_says_who_was_first() -> None:
    network = network_of(
        {
            "Ada.md": "type: contact",
            "Bob.md": "type: contact",
            "t1.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10\nreferrals: ["[[Cyd]]"]',
            "t2.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-02\nreferrals: ["[[Cyd]]"]',
        }
    )
    assert referrers(network)["name:Cyd"] == ("Bob.md", "Ada.md")


def test_what_the_contacts_own_note_says_counts_more_than_an_interview() -> None:
    network = network_of(
        {
            "Cyd.md": 'type: contact\nreferred_by: "[[Ada]]"',
            "t.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-02\nreferrals: ["[[Cyd]]"]',
        }
    )
    assert referrers(network)["Cyd.md"] == ("name:Ada", "name:Bob")


def test_a_ring_hangs_below_its_first_by_name() -> None:
    forest = referral_forest(referred(Cyd="Bob", Ada="Cyd", Bob="Ada"))
    assert drawn(forest) == "Ada(Bob(Cyd))"
    assert forest.also_from == {"Ada.md": ("Cyd.md",)}


def test_whoever_hangs_below_a_ring_does_not_become_its_root() -> None:
    assert drawn(referral_forest(referred(Cyd="Bob", Bob="Cyd", Ada="Cyd"))) == "Bob(Cyd(Ada))"


def test_somebody_who_refers_themselves_is_a_root() -> None:
    assert drawn(referral_forest(referred(Ada="Ada"))) == "Ada"


def test_the_people_below_are_counted_at_every_depth() -> None:
    forest = referral_forest(referred(Ada="", Bob="Ada", Cyd="Bob", Dan="Bob"))
    assert forest.below == {"Ada.md": 3, "Bob.md": 2, "Cyd.md": 0, "Dan.md": 0}
    assert forest.walk == ("Ada.md", "Bob.md", "Cyd.md", "Dan.md")
    assert referral_forest(referred(Cyd="", Ada="", Bob="Cyd")).walk == ("Ada.md", "Cyd.md", "Bob.md")


def test_a_chain_of_five_thousand_is_an_ordinary_network() -> None:
    notes = {f"P{n:04}.md": f'type: contact\nreferred_by: "[[P{n - 1:04}]]"' for n in range(1, 5000)}
    network = network_of({"P0000.md": "type: contact", **notes})
    assert referral_forest(network).below["P0000.md"] == 4999
    assert [one.in_all for one in connectors(network)[:2]] == [4999, 4998]


def test_a_connector_counts_whom_they_gave_and_whom_those_gave() -> None:
    assert led(referred(Ada="", Bob="Ada", Cyd="Ada", Dan="Bob", Eve="Dan")) == [
        ("Ada", 2, 4),
        ("Bob", 1, 2),
        ("Dan", 1, 1),
    ]


def test_who_gave_somebody_that_another_gave_before_counts_only_that_one() -> None:
    network = referred(Ada="", Bob="", Cyd="Ada Bob", Dan="Cyd")
    assert led(network) == [("Ada", 1, 2), ("Bob", 1, 1), ("Cyd", 1, 1)]


def test_whom_a_connector_gave_twice_over_is_counted_once() -> None:
    assert led(referred(Ada="", Bob="Ada", Cyd="Bob Ada"))[0] == ("Ada", 2, 2)


def test_of_equal_connectors_the_one_who_gave_more_directly_comes_first_and_then_the_name() -> None:
    network = referred(Zed="", Ada="", Bob="Ada", Cyd="Bob", Dan="Zed", Eve="Zed", Fay="", Gus="Fay", Hal="Gus")
    assert led(network)[:3] == [("Zed", 2, 2), ("Ada", 1, 2), ("Fay", 1, 2)]


def test_nobody_who_gave_nobody_is_a_connector() -> None:
    assert connectors(referred(Ada="", Bob="")) == ()


def test_who_is_only_known_and_gave_only_such_people_is_no_connector() -> None:
    network = network_of({"Author.md": "type: person", "Critic.md": 'type: person\nreferred_by: "[[Author]]"'})
    assert connectors(network) == ()
    assert referral_forest(network).walk == ()


def test_the_people_a_connector_gave_come_by_name() -> None:
    network = referred(Mia="", Zoe="Mia", ada="Mia")
    assert [one.name for one in connectors(network)[0].direct] == ["ada", "Zoe"]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=16))
def test_everybody_appears_exactly_once_whoever_gave_whom(pairs: list[tuple[int, int]]) -> None:
    names = ["Ada", "Bob", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal"]
    given_by: dict[str, list[str]] = {name: [] for name in names}
    for by, to in pairs:
        given_by[names[to]].append(names[by])
    network = referred(**{name: " ".join(by) for name, by in given_by.items()})
    forest = referral_forest(network)
    assert sorted(forest.walk) == sorted(network.contacts)
    assert sum(1 + forest.below[root] for root in forest.roots) == len(names)
    for one in forest.walk:
        above = [by for by, found in forest.children.items() if one in found]
        assert len(above) == (one not in forest.roots)
        assert {*above, *forest.also_from.get(one, ())} == set(network.contacts[one].referred_by)


def test_connectors_are_those_whom_networkx_finds_to_lead_to_the_most() -> None:
    for plan in plans(seed=10):
        network = network_of_plan(plan)
        forest = referral_forest(network)
        graph = nx.DiGraph([(by, to) for to, all_ in referrers(network).items() for by in all_])
        tree = nx.DiGraph([(by, to) for by, found in forest.children.items() for to in found])
        tree.add_nodes_from(forest.walk)
        assert nx.is_branching(tree)
        assert set(forest.roots) == {one for one, degree in tree.in_degree() if not degree}
        assert all(graph.has_edge(*edge) for edge in tree.edges)
        found = connectors(network, forest)
        for one in found:
            direct = {contact.id for contact in one.direct}
            assert direct == set(graph.successors(one.contact.id))
            assert one.in_all == len(nx.descendants(tree, one.contact.id) | direct - {one.contact.id})
            assert one.in_all <= len(nx.descendants(graph, one.contact.id))
        assert {one.contact.id for one in found} == {
            one for one in forest.walk if graph.has_node(one) and graph.out_degree(one)
        }
        assert [one.in_all for one in found] == sorted((one.in_all for one in found), reverse=True)


def test_where_everybody_was_given_once_a_connector_counts_all_whom_a_chain_leads_to() -> None:
    for plan in plans(seed=11):
        first = {to: by for by, to in plan.gave}
        network = network_of_plan(replace(plan, gave={(by, to): True for to, by in first.items()}))
        graph = nx.DiGraph([(one.by, one.to) for one in network.referrals])
        if nx.is_directed_acyclic_graph(graph):
            for one in connectors(network):
                assert one.in_all == len(nx.descendants(graph, one.contact.id))
