import datetime as dt

import pytest

from infoview_md.network.graph import ME, Edge, Graph, graph_of, shown_contacts, shown_referrals
from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note
from tests.network.random_networks import network_of as network_of_plan
from tests.network.random_networks import plans

NOW = dt.datetime(2026, 11, 23, 9, 0)


def network_of(notes: dict[str, str]) -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


def edges_of(graph: Graph) -> list[tuple[str, str, str]]:
    return [(edge.kind, edge.source, edge.target) for edge in graph.edges]


def test_an_empty_vault_has_only_the_user() -> None:
    graph = graph_of(network_of({}), NOW)
    assert [(node.id, node.name, node.kind, node.path) for node in graph.nodes] == [(ME, "Me", "me", None)]
    assert graph.edges == ()


def test_the_user_goes_by_the_name_in_the_profile() -> None:
    graph = graph_of(network_of({"Me.md": "type: me\nname: Imogen Clough"}), NOW)
    assert (graph.nodes[0].name, graph.nodes[0].path) == ("Imogen Clough", "Me.md")


def test_a_profile_without_a_name_is_called_me() -> None:
    assert graph_of(network_of({"Me.md": "type: me"}), NOW).nodes[0].name == "Me"


def test_a_referral_is_an_edge_and_every_note_that_says_so_is_its_evidence() -> None:
    graph = graph_of(
        network_of(
            {
                "People/Ada.md": "type: contact",
                "People/Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
                "Talks/2026-11-02 Ada.md": 'type: interview\ncontact: "[[Ada]]"\nreferrals: ["[[Bob]]"]',
            }
        ),
        NOW,
    )
    assert graph.edges == (
        Edge(
            source="People/Ada.md",
            target="People/Bob.md",
            kind="referred",
            evidence=("People/Bob.md", "Talks/2026-11-02 Ada.md"),
        ),
    )


def test_an_unrecorded_contact_is_a_node_without_a_path() -> None:
    graph = graph_of(network_of({"Out/r.md": 'type: request\ncontact: "[[Grace Hopper]]"\nsent: 2026-11-20'}), NOW)
    assert (graph.nodes[1].id, graph.nodes[1].name, graph.nodes[1].path) == ("name:Grace Hopper", "Grace Hopper", None)
    assert edges_of(graph) == [("wrote", ME, "name:Grace Hopper")]


@pytest.mark.parametrize("sent", ["", " 2026-12-24"])
def test_a_draft_is_not_something_written_to_somebody(sent: str) -> None:
    graph = graph_of(network_of({"Out/r.md": f'type: request\ncontact: "[[Ada]]"\nsent:{sent}'}), NOW)
    assert graph.edges == ()


def test_only_an_interview_that_is_over_is_a_meeting() -> None:
    network = network_of(
        {
            "Talks/past.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-20T14:00:00',
            "Talks/today.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-11-23T08:45:00\nduration: 30',
            "Talks/off.md": 'type: interview\ncontact: "[[Cyd]]"\ndate: 2026-11-20\nstatus: cancelled',
        }
    )
    assert edges_of(graph_of(network, NOW)) == [("met", ME, "name:Ada")]
    assert edges_of(graph_of(network, NOW + dt.timedelta(minutes=15))) == [
        ("met", ME, "name:Ada"),
        ("met", ME, "name:Bob"),
    ]


def test_meeting_and_writing_are_two_edges_with_their_own_evidence() -> None:
    graph = graph_of(
        network_of(
            {
                "Out/b.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-11-02',
                "Out/a.md": 'type: thank-you\ncontact: "[[Ada]]"\nsent: 2026-11-11',
                "Talks/t.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-11-10',
            }
        ),
        NOW,
    )
    assert [(edge.kind, edge.evidence) for edge in graph.edges] == [
        ("met", ("Talks/t.md",)),
        ("wrote", ("Out/a.md", "Out/b.md")),
    ]


def test_somebody_who_is_only_known_appears_when_referrals_connect_them_with_a_contact() -> None:
    network = network_of(
        {
            "People/Ada.md": "type: contact",
            "People/Cousin.md": 'type: person\nreferred_by: "[[Ada]]"',
            "People/Friend.md": 'type: person\nreferred_by: "[[Cousin]]"',
            "People/Author.md": "type: person\norganization: Some Press",
            "People/Critic.md": 'type: person\nreferred_by: "[[Author]]"',
        }
    )
    assert [one.name for one in shown_contacts(network)] == ["Ada", "Cousin", "Friend"]
    assert [one.to for one in shown_referrals(network)] == ["People/Cousin.md", "People/Friend.md"]
    assert edges_of(graph_of(network, NOW)) == [
        ("referred", "People/Ada.md", "People/Cousin.md"),
        ("referred", "People/Cousin.md", "People/Friend.md"),
    ]
    assert "Some Press" not in [node.name for node in graph_of(network, NOW).nodes]


def test_an_organization_appears_with_the_contacts_who_work_there() -> None:
    graph = graph_of(
        network_of(
            {
                "People/Ada.md": 'type: contact\norganization: "[[Mill]]"',
                "People/Bob.md": "type: contact\norganization: Weir Works",
                "Places/Mill.md": "type: organization",
                "Places/Empty.md": "type: organization",
            }
        ),
        NOW,
    )
    assert [(node.id, node.path) for node in graph.nodes if node.kind == "organization"] == [
        ("Places/Mill.md", "Places/Mill.md"),
        ("organization:Weir Works", None),
    ]
    assert edges_of(graph) == [
        ("works_at", "People/Ada.md", "Places/Mill.md"),
        ("works_at", "People/Bob.md", "organization:Weir Works"),
    ]


def test_a_link_in_the_text_is_a_mention_between_those_who_are_shown() -> None:
    notes = {
        "People/Ada.md": b"---\ntype: contact\n---\nKnows [[Bob]], and reads [[Author]].",
        "People/Bob.md": b"---\ntype: contact\n---\n",
        "People/Author.md": b"---\ntype: person\n---\nWrote to [[Ada]] once.",
    }
    network = Index().apply(Changes(read={path: read_note(path, data) for path, data in notes.items()})).network
    assert graph_of(network, NOW).edges == (
        Edge(source="People/Ada.md", target="People/Bob.md", kind="mentions", evidence=("People/Ada.md",)),
    )


def test_nobody_refers_themselves() -> None:
    assert graph_of(network_of({"People/Ada.md": 'type: contact\nreferred_by: "[[Ada]]"'}), NOW).edges == ()


def test_the_order_of_the_notes_does_not_matter() -> None:
    notes = {
        "People/Zoë.md": 'type: contact\nreferred_by: "[[Ada]]"\norganization: Mill',
        "People/Ada.md": 'type: contact\nreferred_by: "[[Émile]]"\norganization: Mill',
        "People/Émile.md": "type: contact",
        "Talks/t.md": 'type: interview\ncontact: "[[Zoë]]"\ndate: 2026-11-10',
    }
    assert graph_of(network_of(notes), NOW) == graph_of(network_of(dict(reversed(notes.items()))), NOW)


def test_every_edge_ends_at_nodes_that_are_there() -> None:
    graph = graph_of(
        network_of(
            {
                "People/Cousin.md": 'type: person\nreferred_by: "[[Aunt]]"\norganization: Mill',
                "People/Aunt.md": "type: contact\norganization: Weir",
                "People/Author.md": "type: person\norganization: Press",
                "People/Critic.md": 'type: person\nreferred_by: "[[Author]]"',
            }
        ),
        NOW,
    )
    ids = {node.id for node in graph.nodes}
    assert len(ids) == 5
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= ids
    assert len(ids) == len(graph.nodes)


def test_in_every_network_the_graph_is_what_was_meant() -> None:
    for plan in plans(seed=12):
        graph = graph_of(network_of_plan(plan), NOW)
        ids = {node.id for node in graph.nodes}
        said = {frozenset(pair) for pair in (*plan.gave, *plan.works_at.items())}
        meant = {("referred", by, to) for by, to in plan.gave}
        meant |= {("works_at", one, place) for one, place in plan.works_at.items()}
        meant |= {("mentions", one, two) for one, two in plan.mentions if frozenset((one, two)) not in said}
        from_me = {"met": "met", "wrote": "wrote", "replied": "wrote"}
        expected = {(kind, f"{one}.md", f"{two}.md") for kind, one, two in meant}
        expected |= {(from_me[how], ME, f"{one}.md") for one, how in plan.passed.items() if how in from_me}
        assert set(edges_of(graph)) == {edge for edge in expected if set(edge[1:]) <= ids}
        assert all(edge.evidence for edge in graph.edges)
