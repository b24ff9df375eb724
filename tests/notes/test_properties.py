"""The tables of the note format agree with each other and with the records."""

import dataclasses

import pytest

from infoview_md.notes.properties import (
    MESSAGE_TYPES,
    PROPERTIES,
    SETTINGS,
    SYNONYMS,
    TYPE_PROPERTIES,
    TYPES,
    fold_name,
    property_names,
    type_named,
)
from infoview_md.notes.records import (
    ContactNote,
    InterviewNote,
    MeNote,
    MessageNote,
    OrganizationNote,
    PrepNote,
    Settings,
)

RECORDS = {
    "me": MeNote,
    "contact": ContactNote,
    "organization": OrganizationNote,
    "prep": PrepNote,
    "interview": InterviewNote,
    **dict.fromkeys(MESSAGE_TYPES, MessageNote),
}


@pytest.mark.parametrize("type_name", TYPES)
def test_every_property_of_a_type_has_a_row_and_a_field(type_name: str) -> None:
    fields = {field.name for field in dataclasses.fields(RECORDS[type_name])}
    assert set(TYPES[type_name].properties) <= PROPERTIES.keys()
    assert set(TYPES[type_name].properties) <= fields
    assert set(TYPES[type_name].required) <= set(TYPES[type_name].properties)


def test_every_property_belongs_to_a_type() -> None:
    used = {name for row in TYPES.values() for name in row.properties} | {"first_name", "last_name"}
    assert used == PROPERTIES.keys()


def test_every_setting_has_a_field_with_the_same_default() -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(Settings)}
    assert defaults == {name: row.default for name, row in SETTINGS.items()}


def test_the_message_types_are_those_that_can_be_sent() -> None:
    assert MESSAGE_TYPES == (
        "request",
        "follow-up",
        "referral-request",
        "thank-you",
        "update",
        "confirmation",
        "announcement",
    )


@pytest.mark.parametrize("type_name", SYNONYMS)
def test_synonyms_are_folded_and_lead_to_properties_of_the_type(type_name: str) -> None:
    names = property_names(type_name)
    for name, synonyms in SYNONYMS[type_name].items():
        assert names[name] == (name, 0)
        for synonym in synonyms:
            assert fold_name(synonym) == synonym
            assert names[synonym][0] == name
            assert synonym not in PROPERTIES
            assert synonym not in TYPE_PROPERTIES


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Last Contact", "last_contact"),
        ("last-contact", "last_contact"),
        ("  LAST__contact ", "last_contact"),
        ("EMAIL[HOME]", "email[]"),
        ("TEL[1:CELL]", "tel[]"),
        ("ADR[HOME].LOCALITY", "adr[].locality"),
        ("SOCIALPROFILE[linkedin]", "socialprofile[linkedin]"),
        ("N.FN", "n.fn"),
        ("odd[", "odd[]"),
        ("", ""),
    ],
)
def test_the_spelling_of_a_property_does_not_matter(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["Contact"], "contact"),
        (["thank you"], "thank-you"),
        (["Thank_You"], "thank-you"),
        (["REFERRAL REQUEST"], "referral-request"),
        (["organisation"], "organization"),
        (["Company"], "organization"),
        (["book", "interview"], "interview"),
        (["people"], None),
        (["job interview"], None),
        ([], None),
    ],
)
def test_a_type_is_known_in_any_spelling(words: list[str], named: str | None) -> None:
    assert type_named(words) == named
