import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from infoview_md import Vault
from infoview_md.agenda.making import make_agenda
from infoview_md.network.graph import shown_contacts
from infoview_md.network.people import Network
from infoview_md.notes.records import Settings
from infoview_md.views.cards import cards_of
from infoview_md.views.shapes import show_shape

MakeNetwork = Callable[[Mapping[str, str]], Network]

NOW = dt.datetime(2026, 11, 23, 9, 0)
EXAMPLE = Path(__file__).parents[2] / "examples/vault"


def test_the_cards_of_all_say_what_the_card_of_each_says() -> None:
    vault = Vault(EXAMPLE, today=NOW)
    state = vault.index()
    people = shown_contacts(state.network)
    cards = cards_of(state.network, people, state.now, standings=state.agenda.standings, actions=state.agenda.actions)
    for contact, card in zip(people, cards, strict=True):
        alone = vault.card(contact.path or contact.name)
        assert show_shape(card) == {**show_shape(alone), "findings": []}


def test_who_was_named_by_several_has_them_in_the_order_of_their_note(network_of: MakeNetwork) -> None:
    network = network_of(
        {
            "Ada.md": 'type: contact\nreferred_by: ["[[Zed]]", "[[Bob]]"]',
            "Bob.md": "type: contact",
            "Zed.md": "type: contact",
            "Talk.md": 'type: interview\ncontact: "[[Cleo]]"\ndate: 2026-10-02\nreferrals: ["[[Ada]]"]',
        }
    )
    standings = make_agenda(network, Settings(), NOW).standings
    (ada,) = cards_of(network, [network.contacts["Ada.md"]], NOW, standings=standings, actions=())
    assert [one.name for one in ada.referred_by] == ["Zed", "Bob", "Cleo"]
    assert [event.words for event in ada.timeline] == ["Cleo gave you their name"]
