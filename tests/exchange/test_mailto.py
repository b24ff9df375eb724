"""The link for a mail program, after RFC 6068."""

from urllib.parse import parse_qsl, unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from infoview_md.exchange.addresses import Mailbox
from infoview_md.exchange.mail import Mail
from infoview_md.exchange.mailto import as_mailto

ADA = Mailbox("ada@example.org", "Lovelace, Ada")


def mail(subject: str, text: str, *to: Mailbox, cc: tuple[Mailbox, ...] = ()) -> Mail:
    return Mail(note="a.md", subject=subject, text=text, to=to or (ADA,), cc=cc)


def test_blanks_line_ends_and_signs_are_percent_encoded() -> None:
    assert as_mailto(mail("A & B? 50% é", "x\ny")) == (
        "mailto:ada@example.org?subject=A%20%26%20B%3F%2050%25%20%C3%A9&body=x%0D%0Ay"
    )


def test_recipients_stand_without_their_names() -> None:
    link = as_mailto(mail("", "", ADA, Mailbox("o'brien+x&y=z@example.org"), cc=(Mailbox("cb@example.org"),)))
    assert link == "mailto:ada@example.org,o%27brien%2Bx%26y%3Dz@example.org?cc=cb@example.org"


def test_nothing_to_say_is_a_bare_address() -> None:
    assert as_mailto(mail("", "")) == "mailto:ada@example.org"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])), st.text(st.sampled_from('ab\né😀&=#+% ?"<>'))
)
def test_any_link_reads_back(subject: str, text: str) -> None:
    link = as_mailto(mail(subject, text))
    assert link.isascii()
    assert not set(link) & set(' +"<>#\n')
    parts = urlsplit(link)
    assert unquote(parts.path) == "ada@example.org"
    assert dict(parse_qsl(parts.query)) == {
        name: value for name, value in (("subject", subject), ("body", text.replace("\n", "\r\n"))) if value
    }
