import datetime as dt
from itertools import pairwise

import networkx as nx

from infoview_md.network.graph import ME
from infoview_md.network.index import Changes, Index
from infoview_md.network.people import Network
from infoview_md.network.warmth import COLDEST, WARMTH, Chain, Step, warmest_chains
from infoview_md.notes.reading import read_note
from tests.network.random_networks import PLACES, Plan, network_of, plans

NOW = dt.datetime(2026, 11, 23, 9, 0)


def network(notes: dict[str, str]) -> Network:
    """The network of notes: a text of properties, and behind `---` the body."""
    read = {
        path: read_note(path, f"---\n{block}\n---\n{body}".encode())
        for path, (block, _, body) in ((path, text.partition("\n---\n")) for path, text in notes.items())
    }
    return Index().apply(Changes(read=read)).network


def told(chains: tuple[Chain, ...]) -> list[str]:
    """Each chain in one line: `met Ada, referred Bob`."""
    return [
        ", ".join(f"{step.kind} {step.target.removesuffix('.md').removeprefix('name:')}" for step in one.steps)
        for one in chains
    ]


def ways(notes: dict[str, str], target: str) -> list[str]:
    return told(warmest_chains(network(notes), target, NOW))


def talk(who: str, more: str = "") -> str:
    return f'type: interview\ncontact: "[[{who}]]"\ndate: 2026-10-02\n{more}'


# --- The table -------------------------------------------------------------------------------------------------------


def test_the_order_of_the_table_is_the_order_of_warmth() -> None:
    costs = [row.cost for kind, row in WARMTH.items() if kind != "works_at"]
    assert costs == sorted(costs)


def test_a_met_referrer_is_warmer_than_everybody_who_does_not_know_the_target() -> None:
    """The costs must not be changed so that this ends: a stranger or a silent letter comes after somebody you met."""
    met = WARMTH["met"].cost + WARMTH["referred"].cost
    own = [WARMTH[kind].cost for kind in ("wrote", "connection", "profile", "known")]
    through_others = [WARMTH[kind].cost + WARMTH["referred"].cost for kind in ("replied", "in-touch", "gave")]
    assert met < min(own + through_others)


# --- Chains ----------------------------------------------------------------------------------------------------------


def test_a_met_referrer_is_preferred_to_a_stranger() -> None:
    notes = {
        "Ada.md": "type: contact",
        "Bob.md": "type: contact\nconnection: fellow alum",
        "Cyd.md": 'type: contact\nreferred_by: ["[[Bob]]", "[[Ada]]"]',
        "talk.md": talk("Ada"),
    }
    assert ways(notes, "Cyd.md") == ["met Ada, referred Cyd", "gave Bob, referred Cyd"]


def test_whom_you_met_yourself_needs_no_introduction() -> None:
    notes = {"Ada.md": "type: contact", "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"', "t.md": talk("Bob")}
    assert ways(notes, "Bob.md") == ["met Bob"]


def test_after_silence_the_referrer_is_the_warmer_way_and_the_letter_another() -> None:
    notes = {
        "Bob.md": "type: contact",
        "talk.md": talk("Ada", 'referrals: "[[Bob]]"'),
        "out.md": 'type: request\ncontact: "[[Bob]]"\nsent: 2026-10-20',
    }
    assert ways(notes, "Bob.md") == ["met Ada, referred Bob", "wrote Bob"]


def test_who_asked_not_to_be_named_gave_a_tip_and_no_introduction() -> None:
    notes = {
        "Bob.md": "type: contact\norganization: Mill",
        "Cyd.md": "type: contact\norganization: Mill",
        "talk.md": talk("Ada", 'referrals: "[[Bob]]"\nmay_mention: false'),
        "talk 2.md": talk("Cyd"),
    }
    assert ways(notes, "Bob.md") == ["met Cyd, colleague Bob", "met Ada, tip Bob"]


def test_colleagues_lead_to_each_other_through_their_organization() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Bob.md": "type: contact\norganization: Mill",
        "talk.md": talk("Ada"),
    }
    (chain,) = warmest_chains(network(notes), "Bob.md", NOW)
    assert chain.steps[1].place == "organization:Mill"
    assert chain.steps[1].evidence == ("Ada.md", "Bob.md")
    assert chain.cost == WARMTH["met"].cost + WARMTH["colleague"].cost


def test_a_note_that_names_two_together_leads_from_either_to_the_other() -> None:
    for one, two in (("Ada", "Bob"), ("Bob", "Ada")):
        notes = {"Ada.md": "type: contact", "Bob.md": "type: contact", "talk.md": talk("Ada")}
        notes[f"{one}.md"] += f"\n---\nSee [[{two}]]."
        (chain,) = warmest_chains(network(notes), "Bob.md", NOW)
        assert told((chain,)) == ["met Ada, mentions Bob"]
        assert chain.steps[1].evidence == (f"{one}.md",)


def test_somebody_who_is_only_known_can_be_the_way() -> None:
    notes = {
        "Aunt.md": "type: person\norganization: Mill",
        "Bob.md": "type: contact\norganization: Mill",
    }
    assert ways(notes, "Bob.md") == ["known Aunt, colleague Bob"]


def test_a_stranger_without_any_tie_is_reached_by_nobody() -> None:
    notes = {"Ada.md": "type: contact", "Bob.md": "type: contact", "talk.md": talk("Ada")}
    assert ways(notes, "Bob.md") == []


def test_what_lies_in_the_future_is_no_tie() -> None:
    notes = {
        "Ada.md": "type: contact\nlast_contact: 2026-12-01",
        "talk.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-12-01',
        "out.md": 'type: request\ncontact: "[[Ada]]"\nsent: 2026-12-01',
    }
    assert ways(notes, "Ada.md") == []


def test_an_organization_is_reached_through_whoever_works_there() -> None:
    notes = {
        "Ada.md": "type: contact\norganization: Mill",
        "Bob.md": "type: contact\norganization: Mill",
        "talk.md": talk("Bob"),
        "talk 2.md": talk("Cyd", 'referrals: "[[Ada]]"'),
    }
    assert ways(notes, "organization:Mill") == [
        "met Bob, works_at organization:Mill",
        "met Cyd, referred Ada, works_at organization:Mill",
    ]


def test_an_organization_without_contacts_is_reached_through_its_note() -> None:
    notes = {"Mill.md": "type: organization\n---\n[[Ada]] swears by them.", "talk.md": talk("Ada")}
    assert ways(notes, "Mill.md") == ["met Ada, mentions Mill"]


def test_whom_the_note_of_an_organization_names_leads_to_those_who_work_there() -> None:
    notes = {
        "Mill.md": "type: organization\n---\n[[Ada]] swears by them.",
        "Bob.md": 'type: contact\norganization: "[[Mill]]"',
        "talk.md": talk("Ada"),
    }
    assert ways(notes, "Bob.md") == ["met Ada, mentions Mill, works_at Bob"]


def test_a_chain_through_too_many_strangers_is_no_introduction() -> None:
    notes = {f"P{n}.md": f"type: contact\n---\nSee [[P{n + 1}]]." for n in range(9)}
    notes["talk.md"] = talk("P0")
    assert [len(ways(notes, f"P{n}.md")) for n in range(9)] == [1, 1, 1, 1, 0, 0, 0, 0, 0]


def test_of_equal_ways_the_first_by_name_comes_first() -> None:
    notes = {"Zoë.md": 'type: contact\nreferred_by: ["[[Cyd]]", "[[Bob]]", "[[Ada]]"]'}
    notes |= {f"talk {name}.md": talk(name) for name in ("Cyd", "Bob", "Ada")}
    expected = ["met Ada, referred Zoë", "met Bob, referred Zoë", "met Cyd, referred Zoë"]
    assert ways(notes, "Zoë.md") == ways(dict(reversed(notes.items())), "Zoë.md") == expected


def test_of_equal_ways_the_one_with_the_latest_contact_comes_first() -> None:
    notes = {"Zoë.md": 'type: contact\nreferred_by: ["[[Ada]]", "[[Bob]]"]', "1.md": talk("Ada"), "2.md": talk("Bob")}
    notes["3.md"] = talk("Bob").replace("10-02", "11-02")
    assert ways(notes, "Zoë.md") == ["met Bob, referred Zoë", "met Ada, referred Zoë"]


def test_no_more_chains_than_asked_for() -> None:
    notes = {"Zoë.md": f"type: contact\nreferred_by: [{', '.join(f'P{n}' for n in range(9))}]"}
    notes |= {f"talk {n}.md": talk(f"P{n}") for n in range(9)}
    found = network(notes)
    assert [len(warmest_chains(found, "Zoë.md", NOW, most=most)) for most in (1, 4, 20)] == [1, 4, 9]


def test_a_ring_of_five_thousand_is_an_ordinary_network() -> None:
    notes = {
        f"P{n:04}.md": f"type: contact\norganization: O{n // 2}\n---\nSee [[P{(n + 1) % 5000:04}]]."
        for n in range(5000)
    }
    found = network({**notes, "talk.md": talk("P0000")})
    assert told(warmest_chains(found, "P0002.md", NOW)) == ["met P0000, colleague P0001, mentions P0002"]
    assert told(warmest_chains(found, "P4999.md", NOW)) == ["met P0000, mentions P4999"]
    assert warmest_chains(found, "P2500.md", NOW) == ()


def test_five_thousand_colleagues_are_an_ordinary_network() -> None:
    notes = {f"P{n:04}.md": "type: contact\norganization: Mill\nconnection: a colleague" for n in range(5000)}
    notes["P4999.md"] = "type: contact\norganization: Mill"
    assert ways(notes, "P4999.md")[:2] == ["connection P0000, colleague P4999", "connection P0001, colleague P4999"]


# --- Against networkx ------------------------------------------------------------------------------------------------


def tie_costs(plan: Plan) -> dict[str, int]:
    """How cold the closest tie to each is, straight from the plan."""
    costs = {}
    givers = {by for by, _ in plan.gave}
    for name, passed in plan.passed.items():
        kinds = {passed, plan.known_by[name], "gave" if name in givers else ""} - {""}
        if passed == "wrote":
            kinds &= {"wrote", "gave"}
        if plan.known_by[name] == "known" and is_wanted(name, plan):
            kinds -= {"known"}
        if kinds:
            costs[name] = min(WARMTH[kind].cost for kind in kinds)  # type: ignore[index]
    return costs


def is_wanted(name: str, plan: Plan) -> bool:
    """Whether a note of ours, or a note about somebody wanted, names somebody whose own note does not ask for it."""
    wanted = {one for one, known_by in plan.known_by.items() if known_by != "known"}
    wanted |= {one for one, passed in plan.passed.items() if passed in {"met", "replied", "wrote"}}
    wanted |= {one for pair, open_ in plan.gave.items() if not open_ for one in pair}
    while more := {by for (by, to), open_ in plan.gave.items() if open_ and to in wanted} - wanted:
        wanted |= more
    return name in wanted


def steps_of(plan: Plan) -> nx.DiGraph:
    """Everything that leads from one to another, straight from the plan."""
    graph = nx.DiGraph()
    graph.add_nodes_from((*plan.passed, *PLACES))
    said = {frozenset(pair) for pair in (*plan.gave, *plan.works_at.items())}
    for pair in plan.mentions:
        if frozenset(pair) not in said and set(pair) <= set(graph):
            graph.add_edge(*pair, cost=WARMTH["mentions"].cost)
            graph.add_edge(*reversed(pair), cost=WARMTH["mentions"].cost)
    for name, place in plan.works_at.items():
        graph.add_edge(name, place, cost=WARMTH["works_at"].cost)
        graph.add_edge(place, name, cost=WARMTH["colleague"].cost)
    for (by, to), open_ in plan.gave.items():
        graph.add_edge(by, to, cost=WARMTH["referred" if open_ else "tip"].cost)
    return graph


def test_the_chains_are_the_shortest_paths_that_networkx_finds() -> None:
    for plan in plans(seed=6):
        found, graph, ties = network_of(plan), steps_of(plan), tie_costs(plan)
        for target in graph:
            left = nx.shortest_path_length(graph, target=target, weight="cost")
            cost = {one: tie + left[one] for one, tie in ties.items() if one in left}
            chains = warmest_chains(found, f"{target}.md", NOW, most=99)
            check_chains(chains, cost, target)
            begun = {one.start.removesuffix(".md") for one in chains}
            for one in {one for one in cost if cost[one] <= COLDEST} - begun:
                between = nx.shortest_path_length(graph, source=one, weight="cost")
                assert any(
                    cost[other] <= cost[one] and between.get(other) == left[one] - left[other]
                    for other in set(cost) - {one}
                ), (plan, target, one)


def check_chains(chains: tuple[Chain, ...], cost: dict[str, int], target: str) -> None:
    assert [one.cost for one in chains] == sorted(cost[one.start.removesuffix(".md")] for one in chains)
    assert bool(chains) == (min(cost.values(), default=COLDEST + 1) <= COLDEST)
    if chains:
        assert chains[0].cost == min(cost.values())
    for chain in chains:
        assert chain.cost == sum(map(cost_of, chain.steps))
        assert (chain.steps[0].source, chain.steps[-1].target) == (ME, f"{target}.md")
        assert all(before.target == after.source for before, after in pairwise(chain.steps))
        assert all(one.evidence for one in chain.steps)
        others = [one.target.removesuffix(".md") for one in chain.steps[1:]]
        assert all(cost[one] > chain.cost for one in others if one in cost)


def cost_of(step: Step) -> int:
    """Whom an organization leads to is a colleague of somebody there; whoever works there leads to it for nothing."""
    from_place = step.source.removesuffix(".md") in PLACES
    return WARMTH["colleague" if step.kind == "works_at" and from_place else step.kind].cost


def test_in_every_network_a_met_referrer_is_preferred_to_strangers() -> None:
    seen = 0
    for plan in plans(seed=7):
        found = network_of(plan)
        for target, passed in plan.passed.items():
            referrers = {by for (by, to), open_ in plan.gave.items() if to == target and open_}
            met = {f"{one}.md" for one in referrers if plan.passed[one] == "met"}
            if not met or passed in {"met", "replied", "in-touch"} or any(by == target for by, _ in plan.gave):
                continue
            seen += 1
            best = warmest_chains(found, f"{target}.md", NOW)[0]
            assert best.start in met
            assert [one.kind for one in best.steps] == ["met", "referred"]
    assert seen
