"""The draft for a mail program, read back by Python's own reader of mails."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.exchange.addresses import Mailbox
from infoview_md.exchange.eml import as_eml
from infoview_md.exchange.mail import Mail

ZOE = Mailbox("zoe@xn--bcher-kva.example", "Zoë O'Brien, PhD")
HEAD = st.text(st.sampled_from("abcde    ,.;:\"'\\()[]@öüéß😀日本-_=?&{}\u0301"), max_size=120).map(
    lambda text: " ".join(text.split())
)
BODY = st.text(st.sampled_from("abc \t.=\né😀_From "), max_size=300)


def mail(subject: str = "Hello", text: str = "Hi", to: tuple[Mailbox, ...] = (ZOE,), **more: object) -> Mail:
    return Mail(note="Outreach/a.md", subject=subject, text=text, to=to, **more)  # type: ignore[arg-type]


def read(eml: str) -> EmailMessage:
    return message_from_bytes(eml.encode("ascii"), policy=policy.default)


def recipients(message: EmailMessage, name: str = "To") -> list[tuple[str, str]]:
    return [(one.display_name, one.addr_spec) for one in message[name].addresses]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


def test_a_draft_reads_back_as_it_was_made() -> None:
    long_line = "y" * 998
    made = mail(
        "Grüße 😀, 100% & more",
        f"Liebe Zoë,\n\n{long_line}\n. a dot\nFrom me\n-- \n日本 👩\u200d💻",
        (ZOE, Mailbox("ada@example.org", "Lovelace, Ada")),
        cc=(Mailbox("charles@example.org"),),
        sender=Mailbox("imogen@example.org", "Imogen Clough"),
    )
    eml = as_eml(made)
    assert max(map(len, eml.split("\r\n"))) <= 76
    message = read(eml)
    assert recipients(message) == [(ZOE.name, ZOE.address), ("Lovelace, Ada", "ada@example.org")]
    assert recipients(message, "Cc") == [("", "charles@example.org")]
    assert recipients(message, "From") == [("Imogen Clough", "imogen@example.org")]
    assert message["Subject"] == made.subject
    assert text_of(message) == made.text + "\n"
    assert message["X-Unsent"] == "1"
    assert message["Bcc"] is None
    assert message.get_content_type() == "text/plain"


def test_html_stands_beside_the_text_and_not_in_its_place() -> None:
    message = read(as_eml(mail(text="Hi *you*"), html="<p>Hi <em>you</em> é</p>\n"))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(message, "html") == "<p>Hi <em>you</em> é</p>\n"
    assert text_of(message) == "Hi *you*\n"


def test_the_same_mail_gives_the_same_file() -> None:
    assert as_eml(mail(), html="<p>x</p>") == as_eml(mail(), html="<p>x</p>")


def test_a_boundary_in_the_text_ends_no_part() -> None:
    message = read(as_eml(mail(text="a\n--=_infoview--\nb"), html="--=_infoview"))
    assert text_of(message) == "a\n--=_infoview--\nb\n"


@pytest.mark.parametrize(
    "name", ['Zoë, Ünal & Sons; "Ltd"', "=?utf-8?q?x?=", "a" * 200, "é" * 80, "O'Brien (PhD)", "日本, 太郎"]
)
def test_a_name_of_any_kind_is_one_recipient(name: str) -> None:
    eml = as_eml(mail(to=(Mailbox("a@example.org", name), Mailbox("b@example.org", name))))
    message = read(eml)
    assert [address for _, address in recipients(message)] == ["a@example.org", "b@example.org"]
    assert recipients(message)[0][0].replace(" ", "") == name.replace(" ", "")


def test_a_long_name_has_no_blanks_put_into_it() -> None:
    # Python's reader of addresses puts a blank between two encoded words; its reader of headers knows better.
    eml = as_eml(mail(to=(Mailbox("a@example.org", "é" * 80),)))
    words = eml.partition("To: ")[2].partition("\r\n <")[0]
    assert str(make_header(decode_header(words))) == "é" * 80


@given(HEAD, st.lists(HEAD, min_size=1, max_size=4), BODY, st.booleans())
def test_any_mail_reads_back_and_keeps_to_short_ascii_lines(
    subject: str,
    names: list[str],
    text: str,
    html: bool,  # noqa: FBT001 - given by hypothesis
) -> None:
    to = tuple(Mailbox(f"u{number}@example.org", name) for number, name in enumerate(names))
    eml = as_eml(mail(subject, text, to), html=text if html else None)
    assert eml.isascii()
    assert "\n" not in eml.replace("\r\n", "")
    assert max(map(len, eml.split("\r\n"))) <= 78
    message = read(eml)
    assert message["Subject"] == subject
    assert text_of(message) == text + "\n"
    found = [(name.replace(" ", ""), address) for name, address in recipients(message)]
    assert found == [(one.name.replace(" ", ""), one.address) for one in to]
