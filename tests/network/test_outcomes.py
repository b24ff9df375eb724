import datetime as dt

import networkx as nx

from infoview_md.network.index import Changes, Index
from infoview_md.network.outcomes import loops, missing_links, not_asked, open_referrals, referral_outcomes
from infoview_md.network.people import Network
from infoview_md.notes.reading import read_note
from tests.network.random_networks import network_of as network_of_plan
from tests.network.random_networks import plans

NOW = dt.datetime(2026, 11, 23, 9, 0)


def network_of(notes: dict[str, str]) -> Network:
    read = {path: read_note(path, f"---\n{block}\n---\n".encode()) for path, block in notes.items()}
    return Index().apply(Changes(read=read)).network


TALK = 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-10-02\nreferrals: ["[[Bob]]", "[[Cyd]]", "[[Dan]]"]'
LATER = 'type: interview\ncontact: "[[Eve]]"\ndate: 2026-10-09\nreferrals: ["[[Bob]]"]'
NOTES = {
    "talk.md": TALK,
    "later.md": LATER,
    "Fay.md": 'type: contact\nreferred_by: "[[Gus]]"\nlast_contact: 2026-11-01',
    "letter.md": 'type: request\ncontact: "[[Bob]]"\nsent: 2026-11-02',
    "talk Cyd.md": 'type: interview\ncontact: "[[Cyd]]"\ndate: 2026-11-02',
}


def test_each_referral_tells_what_became_of_it_the_earliest_first() -> None:
    found = referral_outcomes(network_of(NOTES), NOW)
    assert [(one.day, one.by.name, one.to.name, one.became, one.evidence) for one in found] == [
        (dt.date(2026, 10, 2), "Ada", "Bob", "wrote", ("letter.md",)),
        (dt.date(2026, 10, 2), "Ada", "Cyd", "met", ("talk Cyd.md",)),
        (dt.date(2026, 10, 2), "Ada", "Dan", None, ("talk.md",)),
        (dt.date(2026, 10, 9), "Eve", "Bob", "wrote", ("letter.md",)),
        (None, "Gus", "Fay", "in-touch", ("Fay.md",)),
    ]


def test_open_are_those_of_which_nothing_has_become() -> None:
    assert [(one.by.name, one.to.name) for one in open_referrals(network_of(NOTES), NOW)] == [("Ada", "Dan")]


def test_a_draft_and_a_plan_are_nothing_yet() -> None:
    notes = {
        "talk.md": TALK,
        "draft.md": 'type: request\ncontact: "[[Bob]]"',
        "plan.md": 'type: interview\ncontact: "[[Cyd]]"\ndate: 2026-12-02',
    }
    assert [one.to.name for one in open_referrals(network_of(notes), NOW)] == ["Bob", "Cyd", "Dan"]


def test_a_referrer_who_is_only_a_name_is_a_missing_link() -> None:
    notes = {
        "Ada.md": "type: contact",
        "talk.md": 'type: interview\ncontact: "[[Ada]]"\nreferrals: "[[Grace]]"',
        "Cyd.md": 'type: contact\nreferred_by: "[[Grace]]"',
        "Bob.md": 'type: contact\nreferred_by: "[[Grace]]"',
    }
    (link,) = missing_links(network_of(notes))
    assert (link.contact.name, [one.name for one in link.gave]) == ("Grace", ["Bob", "Cyd"])
    assert [one.name for one in link.given_by] == ["Ada"]
    assert missing_links(network_of({**notes, "Grace.md": "type: contact"})) == ()


def test_whom_you_met_and_nobody_asked_for_names_is_told() -> None:
    notes = {
        "talk Ada.md": 'type: interview\ncontact: "[[Ada]]"\ndate: 2026-10-02',
        "talk Bob.md": 'type: interview\ncontact: "[[Bob]]"\ndate: 2026-10-02\nreferrals: "[[Eve]]"',
        "talk Cyd.md": 'type: interview\ncontact: "[[Cyd]]"\ndate: 2026-10-02',
        "ask Cyd.md": 'type: referral-request\ncontact: "[[Cyd]]"\nsent: 2026-10-09',
        "talk Dan.md": 'type: interview\ncontact: "[[Dan]]"\ndate: 2026-10-02',
        "ask Dan.md": 'type: referral-request\ncontact: "[[Dan]]"\nsent:',
    }
    assert [one.name for one in not_asked(network_of(notes), NOW)] == ["Ada", "Dan"]


def test_everybody_in_a_ring_leads_to_everybody_else() -> None:
    notes = {
        "Ada.md": 'type: contact\nreferred_by: "[[Bob]]"',
        "Bob.md": 'type: contact\nreferred_by: "[[Ada]]"',
        "Cyd.md": 'type: contact\nreferred_by: "[[Ada]]"',
    }
    assert [[one.name for one in ring] for ring in loops(network_of(notes))] == [["Ada", "Bob"]]


def test_the_loops_are_the_components_that_networkx_finds() -> None:
    for plan in plans(seed=8):
        network = network_of_plan(plan)
        graph = nx.DiGraph((one.by, one.to) for one in network.referrals)
        expected = {frozenset(one) for one in nx.strongly_connected_components(graph) if len(one) > 1}
        shown = {frozenset(one.id for one in ring) for ring in loops(network)}
        assert shown <= expected
        assert all(not any(network.contacts[one].wanted for one in ring) for ring in expected - shown)
