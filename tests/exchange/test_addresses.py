"""Addresses: as people write them, as a mail has them, and those that nobody could deliver to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.exchange.addresses import BadAddressError, Mailbox, read_mailbox, same_address


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("ada@example.org", "", "ada@example.org"),
        (" <ada@example.org> ", "", "ada@example.org"),
        ("mailto:ada@example.org", "", "ada@example.org"),
        ("Ada Lovelace <ada@example.org>", "Ada Lovelace", "ada@example.org"),
        ("Lovelace, Ada <ada@example.org>", "Lovelace, Ada", "ada@example.org"),
        ('"Lovelace, Ada" <ada@example.org>', "Lovelace, Ada", "ada@example.org"),
        (r'"Ada \"Countess\" King" <ada@example.org>', 'Ada "Countess" King', "ada@example.org"),
        ("Zoë O'Brien, PhD <zoe@bücher.example>", "Zoë O'Brien, PhD", "zoe@xn--bcher-kva.example"),
        ("o'brien+list@Example.ORG.", "", "o'brien+list@example.org"),
        ("ada@xn--bcher-kva.example", "", "ada@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, name: str, address: str) -> None:
    assert read_mailbox(text) == Mailbox(address, name)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is not one address"),
        ("ada", "is not one address"),
        ("@example.org", "is not one address"),
        ("ada@example.org, grace@example.org", "is not one address"),
        ("ada lovelace@example.org", "is not one address"),
        ("ada@@example.org", "is not one address"),
        ("<ada@example.org", "is not one address"),
        ("ada@example.org\r\nBcc: evil@example.org", "line break"),
        ("Ada\u2028 <ada@example.org>", "line break"),
        ("ada@exam\u200bple.org", "cannot be seen"),
        ("zoë@example.org", "letters before the @"),
        ("a..b@example.org", "signs before the @"),
        ("a" * 65 + "@example.org", "signs before the @"),
        ("ada@example", "no possible domain"),
        ("ada@-example.org", "no possible domain"),
        ("ada@example..org", "no possible domain"),
        ("ada@[127.0.0.1]", "no possible domain"),
        ("ada@" + "x" * 64 + ".org", "no possible domain"),
        ("ada@" + "ü." * 10_000 + "org", "no possible domain"),
        ("ada@straße.example", "read in two ways"),
    ],
)
def test_an_address_that_nobody_could_deliver_to_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadAddressError, match=why):
        read_mailbox(text)


def test_a_mailbox_is_written_so_that_it_reads_as_one() -> None:
    assert str(Mailbox("ada@example.org", "Lovelace, Ada")) == '"Lovelace, Ada" <ada@example.org>'
    assert str(Mailbox("ada@example.org")) == "ada@example.org"


def test_two_ways_to_write_one_address_are_the_same() -> None:
    assert same_address("Zoë <ZOE@bücher.example>", "zoe@xn--bcher-kva.example")
    assert not same_address("ada@example.org", "ada@example.com")
    assert not same_address("no address", "no address")


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_is_refused(text: str) -> None:
    try:
        mailbox = read_mailbox(text)
    except BadAddressError:
        return
    assert mailbox.address.isascii()
    assert mailbox.address.count("@") == 1
    assert read_mailbox(mailbox.address).address == mailbox.address
