"""From one note's bytes to what it says; the note stands in the test."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.notes.links import Link
from infoview_md.notes.properties import TYPES, Recognition
from infoview_md.notes.reading import NotOurs, Read, Reading, Unreadable, fill_ins_in, read_note
from infoview_md.notes.records import (
    ContactNote,
    FillIn,
    InterviewNote,
    MeNote,
    MessageNote,
    Moment,
    OrganizationNote,
    PrepNote,
    Settings,
)

PERSON = "People/Ada Lovelace.md"
NOTE = "Notes/Something.md"


def read(text: str, path: str = NOTE, recognition: Recognition | None = None) -> Reading:
    return read_note(path, text.encode(), recognition)


def codes(reading: Reading) -> list[tuple[str, int | None]]:
    return [(one.code, one.line) for one in reading.findings]


def contact(text: str, path: str = PERSON, recognition: Recognition | None = None) -> ContactNote:
    reading = read(text, path, recognition)
    assert isinstance(reading, Read), reading
    assert isinstance(reading.record, ContactNote)
    return reading.record


def message(text: str) -> MessageNote:
    reading = read(text)
    assert isinstance(reading, Read), reading
    assert isinstance(reading.record, MessageNote)
    return reading.record


# --- Each type -------------------------------------------------------------------------------------------------------


def test_the_profile_is_read_with_its_settings() -> None:
    reading = read(
        "---\ntype: me\nname: Imogen\ntimezone: Europe/London\nresume: '[[CV]]'\naccepted: 2026-11-01\n"
        "retry_after: 9\nretries: 0\nkeep_in_touch: 60\ntemplates: My/Templates\ncontact_tags: [x, y]\n"
        "contact_types:\npaused_from: 2026-12-20\nthank_within: soon\nmood: good\n---\n",
        "Me.md",
    )
    assert isinstance(reading, Read)
    me = reading.record
    assert isinstance(me, MeNote)
    assert (me.name, me.timezone, me.accepted) == ("Imogen", "Europe/London", dt.date(2026, 11, 1))
    assert me.resume == Link("CV", line=5)
    assert me.settings == Settings(
        retry_after=9, retries=0, keep_in_touch=60, templates="My/Templates", contact_tags=("x", "y")
    )
    assert dict(me.extra) == {"mood": "good"}
    assert codes(reading) == [("bad-number", 14)]


@pytest.mark.parametrize("text", ["", "# Me\n", "---\n---\n", "---\nname: Imogen\n---\n", "---\ntype: contact\n---\n"])
def test_me_is_the_profile_whatever_it_says(text: str) -> None:
    reading = read(text, "Me.md")
    assert isinstance(reading, Read)
    assert isinstance(reading.record, MeNote)
    assert reading.record.settings == Settings()


def test_a_contact_is_read() -> None:
    text = (
        "---\ntype: contact\nname: Ada Lovelace\naliases: [Countess]\norganization:\n  - '[[Analytical Engines]]'\n"
        "  - Old & Co\nrole: Analyst\nemail: ada@example.org\nphone: '+44123'\nreferred_by: '[[Mary Somerville]]'\n"
        "last_contact: 2026-11-01\nfollow_up: 2026-12-01\nkeep_in_touch: 60\ntags: ['#maths']\nbirthday: 1815-12-10\n"
        "---\n\nSee [[Babbage]].\n==✎ what you admire==\n"
    )
    ada = contact(text)
    assert ada.wanted
    assert (ada.name, ada.aliases, ada.role, ada.email) == ("Ada Lovelace", ("Countess",), "Analyst", "ada@example.org")
    assert ada.organization == (Link("Analytical Engines", line=6), Link("Old & Co", line=7, style="bare"))
    assert ada.referred_by == (Link("Mary Somerville", line=11),)
    assert (ada.last_contact, ada.follow_up, ada.keep_in_touch) == (dt.date(2026, 11, 1), dt.date(2026, 12, 1), 60)
    assert ada.tags == ("maths",)
    assert dict(ada.extra) == {"birthday": "1815-12-10"}
    assert ada.body_links == (Link("Babbage", line=19),)
    assert ada.fill_ins == (FillIn(20, "what you admire"),)
    assert ada.lines["organization"] == 5
    assert "birthday" not in ada.lines


def test_without_a_name_the_file_has_it() -> None:
    assert contact("---\ntype: contact\n---\n").name == "Ada Lovelace"
    assert contact("---\ntype: contact\nname: ''\n---\n").name == "Ada Lovelace"
    assert contact("---\ntype: contact\nName: Ada\n---\n").name == "Ada"


def test_a_message_is_read() -> None:
    note = message(
        "---\ntype: Thank You\ncontact: '[[Ada Lovelace]]'\nchannel: email\nto: ada@example.org\n"
        "cc: [x@example.org]\nsubject: 'Re: 14:30'\nsent: 2026-11-22\nreplied: 2026-11-23\nreply: accepted\n"
        "interview: '[[2026-11-22 Ada]]'\n---\n"
    )
    assert note == MessageNote(
        path=NOTE,
        type="thank-you",
        contact=(Link("Ada Lovelace", line=3),),
        channel="email",
        to=("ada@example.org",),
        cc=("x@example.org",),
        subject="Re: 14:30",
        sent=dt.date(2026, 11, 22),
        replied=dt.date(2026, 11, 23),
        reply="accepted",
        interview=Link("2026-11-22 Ada", line=11),
        lines=note.lines,
    )


@pytest.mark.parametrize(("type_name", "row"), TYPES.items())
def test_every_type_with_a_contact_is_read(type_name: str, row: object) -> None:
    assert row
    path = "Me.md" if type_name == "me" else NOTE
    reading = read(f"---\ntype: {type_name.upper()}\ncontact: Ada\n---\n", path)
    assert isinstance(reading, Read)
    assert not reading.findings


def test_an_interview_is_read() -> None:
    reading = read(
        "---\ntype: interview\ncontact: ['[[Ada]]', '[[Grace]]']\ndate: 2026-11-22T14:30\nduration: 30\n"
        "medium: In person\nstatus: held\nstarted: 2026-11-22T14:31\nreferrals:\n  - '[[Emmy Noether]]'\n"
        "may_mention: true\nmay_follow_up:\nleads: a meetup\nterms: [datum]\nrating: 4\n---\n"
    )
    assert isinstance(reading, Read)
    interview = reading.record
    assert isinstance(interview, InterviewNote)
    assert [one.target for one in interview.contact] == ["Ada", "Grace"]
    assert interview.date == Moment(dt.date(2026, 11, 22), dt.time(14, 30))
    assert (interview.duration, interview.medium, interview.status) == (30, "in-person", "held")
    assert interview.referrals == (Link("Emmy Noether", line=10),)
    assert (interview.may_mention, interview.may_follow_up) == (True, None)
    assert (interview.leads, interview.terms, interview.rating) == (("a meetup",), ("datum",), 4)
    assert not reading.findings


def test_other_tools_words_for_an_interview_are_read() -> None:
    reading = read("---\ntype: interview\npeople: ['[[Ada]]']\nwhen: 2026-11-22\n---\n")
    assert isinstance(reading, Read)
    assert isinstance(reading.record, InterviewNote)
    assert reading.record.contact == (Link("Ada", line=3),)
    assert reading.record.date == Moment(dt.date(2026, 11, 22))
    assert reading.record.lines == {"contact": 3, "date": 4}


def test_a_prep_sheet_and_an_organization_are_read() -> None:
    prep = read("---\ntype: prep\ncontact: '[[Ada]]'\ninterview: '[[2026-11-22 Ada]]'\ndate: 2026-11-22\n---\n")
    assert isinstance(prep, Read)
    assert isinstance(prep.record, PrepNote)
    assert prep.record.interview == Link("2026-11-22 Ada", line=4)
    organization = read(
        "---\ntype: company\nalias: AE\nurl: https://ae.example.org\n---\n", "Orgs/Analytical Engines.md"
    )
    assert isinstance(organization, Read)
    assert organization.record == OrganizationNote(
        path="Orgs/Analytical Engines.md",
        name="Analytical Engines",
        aliases=("AE",),
        website="https://ae.example.org",
        lines=organization.record.lines,
    )


# --- Other tools' names ----------------------------------------------------------------------------------------------


def test_a_vcf_contact_is_read() -> None:
    """In that plugin N.FN is the family name, and FN the full one."""
    text = (
        "---\nN.GN: Ada\nN.FN: Lovelace\nEMAIL[HOME]: ada@example.org\nEMAIL[WORK]: work@example.org\n"
        "TEL[CELL]: '+44123'\nORG: Engines\nTITLE: Analyst\nURL[WORK]: https://ada.example.org\n"
        "ADR[HOME].LOCALITY: London\nSOCIALPROFILE[linkedin]: in/ada\n---\n"
    )
    ada = contact(text, "Contacts/x.md")
    assert not ada.wanted
    assert (ada.name, ada.email, ada.phone, ada.role) == ("Ada Lovelace", "ada@example.org", "+44123", "Analyst")
    assert ada.organization == (Link("Engines", line=7, style="bare"),)
    assert (ada.website, ada.location, ada.linkedin) == ("https://ada.example.org", "London", "in/ada")
    assert dict(ada.extra) == {"EMAIL[WORK]": "work@example.org"}
    assert contact("---\nFN: Ada King\nN.FN: Lovelace\n---\n", "Contacts/x.md").name == "Ada King"


def test_a_kepano_person_is_read() -> None:
    ada = contact(
        "---\ncategories:\n  - '[[People]]'\norg:\n  - '[[Engines]]'\ncreated: 2026-01-01\n---\n", "References/Ada.md"
    )
    assert not ada.wanted
    assert ada.organization == (Link("Engines", line=5),)
    assert set(ada.extra) == {"categories", "created"}


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("full_name: Ada King", "name", "Ada King"),
        ("Job-Title: Analyst", "role", "Analyst"),
        ("position: Analyst", "role", "Analyst"),
        ("title: Analyst", "role", "Analyst"),
        ("Emails: a@example.org", "email", "a@example.org"),
        ("mobile: '+44'", "phone", "+44"),
        ("LinkedIn URL: in/ada", "linkedin", "in/ada"),
        ("city: London", "location", "London"),
        ("introduced_by: Mary", "referred_by", (Link("Mary", line=3, style="bare"),)),
        ("met through: Mary", "referred_by", (Link("Mary", line=3, style="bare"),)),
        ("prm-last-contacted: 2026-11-01", "last_contact", dt.date(2026, 11, 1)),
        ("Last chat: 2026-11-01", "last_contact", dt.date(2026, 11, 1)),
        ("last: 2026-11-01", "last_contact", dt.date(2026, 11, 1)),
        ("next_contact: 2026-12-01", "follow_up", dt.date(2026, 12, 1)),
        ("nickname: Countess", "aliases", ("Countess",)),
        ("tag: maths", "tags", ("maths",)),
    ],
)
def test_synonyms_are_read(line: str, name: str, value: object) -> None:
    reading = read(f"---\ntype: person\n{line}\n---\n")
    assert isinstance(reading, Read)
    assert getattr(reading.record, name) == value
    assert reading.record.lines == {name: 3}
    assert not reading.findings


def test_our_own_spelling_wins_over_a_synonym_and_the_first_synonym_over_the_rest() -> None:
    ada = contact("---\ntype: contact\ntitle: Dr\njob_title: Analyst\nrole: Chief\n---\n")
    assert ada.role == "Chief"
    assert dict(ada.extra) == {"title": "Dr", "job_title": "Analyst"}
    assert contact("---\ntype: contact\ntitle: Dr\njob_title: Analyst\nrole:\n---\n").role == "Analyst"
    assert contact("---\ntype: contact\ntitle: Dr\njob_title: '  '\n---\n").role == "Dr"


def test_another_tools_word_for_a_date_counts_only_with_digits() -> None:
    """`last` is the day of the last contact in some vaults, and the family name in others."""
    reading = read("---\ntype: person\nlast: Lovelace\nfollowup: maybe\n---\n")
    assert isinstance(reading, Read)
    assert dict(reading.record.extra) == {"last": "Lovelace", "followup": "maybe"}
    assert not reading.findings
    assert codes(read("---\ntype: person\nlast: 2026-02-30\n---\n")) == [("bad-date", 3)]
    assert codes(read("---\ntype: person\nlast_contact: soon\n---\n")) == [("bad-date", 3)]


# --- Whose note ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("---\ntype: contact\n---\n", NOTE, True),
        ("---\ntype: contact\n---\n", PERSON, True),
        ("---\ntype: person\n---\n", NOTE, False),
        ("---\ntags: [people/mentors]\n---\n", NOTE, False),
        ("no properties", PERSON, False),
        ("---\n---\n", PERSON, False),
        ("---\nJust prose\n", PERSON, False),
    ],
)
def test_only_the_type_contact_is_wanted(text: str, path: str, wanted: bool) -> None:  # noqa: FBT001
    assert contact(text, path).wanted is wanted


@pytest.mark.parametrize(
    ("text", "path", "recognition"),
    [
        ("---\ntype: mentor\n---\n", NOTE, Recognition(types=("Mentor",))),
        ("---\ntags: network/uk\n---\n", NOTE, Recognition(tags=("network",))),
        ("hello", "CRM/x/Ada.md", Recognition(folders=("CRM",))),
        ("---\ntype: person\n---\n", NOTE, Recognition(types=("person",))),
        ("x", PERSON, Recognition(folders=("People",))),
    ],
)
def test_the_settings_make_contacts_of_more(text: str, path: str, recognition: Recognition) -> None:
    assert contact(text, path, recognition).wanted
    before = read(text, path)
    assert isinstance(before, NotOurs) or not contact(text, path).wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A note\n",
        "---\ntitle: x\n---\n",
        "---\ntype: book\nname: x\n---\n",
        "---\ntype: update\n---\n",
        "---\ntype: update\ntags: [x]\ntitle: News\n---\n",
        "---\ntype: request\ncontact:\n---\n",
        "---\ntype: prep\ntime: 20 min\n---\n",
        "---\nbroken: x: y\n---\n",
        "---\nnever closed: 1\n",
        "---\nsummary: 2026-02-30\nphone: 0123\nlink: [[x]]\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\ntype: request\nbroken: x: y\n---\n",
    ],
)
def test_other_peoples_notes_are_none_of_our_business(text: str) -> None:
    assert read(text) == NotOurs(NOTE)


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("---\ntitle: x\ntype: update\nsent: 2026-11-22\n---\n", "sent"),
        ("---\ntitle: x\ntype: update\ncontact: []\nSubject: hello\n---\n", "Subject"),
        ("---\ntitle: x\ntype: interview\nmedium: video\n---\n", "medium"),
        ("---\ntitle: x\ntype: prep\nduration: 20\n---\n", "duration"),
    ],
)
def test_our_type_with_our_properties_and_no_contact_is_a_warning(text: str, carried: str) -> None:
    reading = read(text)
    assert isinstance(reading, NotOurs)
    assert codes(reading) == [("no-contact", 3)]
    assert reading.findings[0].severity == "warning"
    assert f"with {carried}" in reading.findings[0].message


def test_a_contact_that_cannot_be_read_is_told_and_the_note_left_out() -> None:
    reading = read("---\ntype: request\ncontact: {name: Ada}\n---\n")
    assert isinstance(reading, NotOurs)
    assert codes(reading) == [("bad-shape", 3), ("no-contact", 2)]


def test_somebody_elses_word_for_a_type_does_not_hide_a_person() -> None:
    assert contact("---\ntype: update\n---\n").name == "Ada Lovelace"
    assert contact("---\ntype: update\ntags: person\n---\n", NOTE).name == "Something"
    assert contact("---\ntype: update\ntags: vip\n---\n", NOTE, Recognition(tags=("vip",))).wanted


def test_a_type_that_stands_twice_does_not_hide_a_note() -> None:
    reading = read("---\ntype: contact\nname: Ada\ntype: contact\n---\n")
    assert isinstance(reading, Unreadable)
    assert codes(reading) == [("dup-key", 4)]
    assert isinstance(read("---\ntype: book\ntype: film\n---\n"), NotOurs)


def test_a_contact_that_stands_twice_does_not_hide_a_message() -> None:
    reading = read("---\ntype: request\ncontact: Ada\nsent: 2026-11-22\ncontact: Ada\n---\n")
    assert isinstance(reading, Unreadable)
    assert codes(reading) == [("dup-key", 5)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("---\nbroken: x: y\n---\n", PERSON),
        ("---\ntype: contact\nbroken: x: y\n---\n", NOTE),
        ("---\nbroken: x: y\n---\n", "Me.md"),
        ("---\ntype: request\ncontact: '[[Ada]]'\nbroken: x: y\n---\n", NOTE),
        ("---\ntype: contact\n", NOTE),
        ("---\ntype: contact\n----\n", NOTE),
        ("\n---\ntype: contact\n---\n", NOTE),
        ("---\rtype: contact\r---\r", NOTE),
        ('{\n"type": "contact"\n}\n', NOTE),
    ],
)
def test_a_note_of_ours_that_cannot_be_read_is_told(text: str, path: str) -> None:
    reading = read(text, path)
    assert isinstance(reading, Unreadable)
    assert reading.path == path
    assert len(reading.findings) == 1
    assert reading.findings[0].line is not None


def test_bytes_that_are_no_utf8_are_told_when_the_note_is_ours() -> None:
    data = "---\ntype: contact\nname: Zo\u00eb\n---\n"
    assert codes(read_note(NOTE, data.encode("latin-1"))) == [("not-utf8", 3)]
    assert codes(read_note(NOTE, data.encode("utf-16"))) == [("utf16", 1)]
    assert read_note(NOTE, "caf\u00e9".encode("latin-1")) == NotOurs(NOTE)


# --- Lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_are_those_of_an_editor(newline: str, mark: str) -> None:
    """Below a byte order mark, between CRLF, behind emoji, CJK, and what only YAML 1.1 takes for line ends."""
    text = (
        "---\ntype: contact\nname: 日本 😀 \U0001f468\u200d\U0001f469\nwhy: a\u2028b\u0085c\nrole: |\n  x\n  y\n"
        "sent_by: |\n  1\n  2\nlast_contact: 2026-02-30\n---\n\n[[Ada]]\n==✎ admire==\n"
    )
    reading = read(mark + text.replace("\n", newline), PERSON)
    assert isinstance(reading, Read)
    expected = [("bom", 1)] * bool(mark) + [("suspicious-unicode", 4), ("bad-date", 11)]
    assert codes(reading) == expected
    assert dict(reading.record.lines) == {"name": 3, "why": 4, "role": 5, "last_contact": 11}
    assert [one.line for one in reading.record.body_links] == [14]
    assert reading.record.fill_ins == (FillIn(15, "admire"),)


def test_fill_ins_are_found_with_their_lines() -> None:
    assert fill_ins_in("a ==✎ one== b ==✎two==\n==no==\n==✎ ==\n==✎ open\n", 5) == (
        FillIn(5, "one"),
        FillIn(5, "two"),
        FillIn(7, ""),
    )


# --- Doubts ----------------------------------------------------------------------------------------------------------


def test_what_cannot_be_seen_is_told_in_unknown_properties_too() -> None:
    reading = read("---\ntype: contact\nnote: z\u0085w\nlist:\n  - a\n  - b\u202e\n---\n")
    assert codes(reading) == [("suspicious-unicode", 3), ("suspicious-unicode", 6)]
    assert reading.findings[0].property == "note"


def test_a_postcode_stays_text() -> None:
    reading = read("---\ntype: contact\nzip: 01234\nphone: 0301234567\nn: 7\nx: 1.10\n---\n")
    assert isinstance(reading, Read)
    assert dict(reading.record.extra) == {"zip": "01234", "n": 7, "x": 1.1}
    assert sorted(codes(reading)) == [("yaml-octal", 3), ("yaml-octal", 4)]


@pytest.mark.parametrize(
    ("lines", "sent", "first", "used"),
    [
        ("Sent: 2026-11-01\nsent: 2026-11-02\n", dt.date(2026, 11, 1), 4, 4),
        ("sent:\nSENT: 2026-11-02\n", dt.date(2026, 11, 2), 4, 5),
    ],
)
def test_names_that_differ_only_in_case_are_told(lines: str, sent: dt.date, first: int, used: int) -> None:
    reading = read(f"---\ntype: request\ncontact: Ada\n{lines}---\n")
    assert isinstance(reading, Read)
    assert isinstance(reading.record, MessageNote)
    assert reading.record.sent == sent
    assert codes(reading) == [("dup-key-case", 5)]
    assert f"on line {first} already" in reading.findings[0].message
    assert f"the one on line {used} counts" in reading.findings[0].message


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", []),
        ("Ольга Ладыженская", []),
        ("Σοφία", []),
        ("Dr. \u0410da Lovelace", [("mixed-script", 3)]),
        ("'...'", [("bad-name", 3)]),
        ("日本", []),
    ],
)
def test_a_doubtful_name_is_told(name: str, expected: list[tuple[str, int]]) -> None:
    assert codes(read(f"---\ntype: contact\nname: {name}\n---\n")) == expected


def test_the_line_of_a_name_from_another_tool_is_told() -> None:
    assert codes(read("---\ntype: contact\nx: 1\nfull_name: \u0410da\n---\n")) == [("mixed-script", 4)]


def test_a_name_from_the_file_has_no_line() -> None:
    assert codes(read("---\ntype: contact\n---\n", "People/---.md")) == [("bad-name", None)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("reply: later\n", [("later-without-date", 4)]),
        ("reply: later\nlater_on: 2027-01-01\n", []),
        ("reply: later\nlater_on: soon\n", [("bad-date", 5), ("later-without-date", 4)]),
        ("reply: accepted\n", []),
    ],
)
def test_later_wants_a_date(lines: str, expected: list[tuple[str, int]]) -> None:
    assert codes(read(f"---\ntype: request\ncontact: Ada\n{lines}---\n")) == expected


def test_one_bad_value_costs_only_itself() -> None:
    note = message("---\ntype: request\ncontact: Ada\nsent: 2026-02-30\nchannel: pigeon\nsubject: Hello\n---\n")
    assert (note.sent, note.channel, note.subject) == (None, None, "Hello")
    assert note.lines["sent"] == 4


# --- Whatever the bytes ----------------------------------------------------------------------------------------------

GOOD = (
    '---\ntype: interview\ncontact:\n  - "[[Ada Lovelace]]"\ndate: 2026-11-22T14:30\nduration: 30\n'
    "referrals: ['[[Emmy Noether]]']\nmay_mention: true\nterms: [a, b]\nzip: 01234\n---\n\n[[Babbage]] ==✎ x==\n"
)
PIECES = [
    *(
        "---\n",
        "---\r\n",
        "\n",
        "\r",
        "  ",
        "- ",
        ": ",
        "type: ",
        "contact",
        "request",
        "me",
        "person",
        "name: ",
        "sent: ",
    ),
    *(
        "2026-11-22",
        "[[",
        "]]",
        "{{",
        "}}",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        "#",
        "\t",
        "\\",
        "%",
        "@",
    ),
    *(
        "\u2028",
        "\x85",
        "\u202e",
        "\x00",
        "\ufeff",
        "😀",
        "é",
        "<<<<<<< x\n",
        "=======\n",
        ">>>>>>> x\n",
        "```\n",
        "==✎ ",
    ),
]
PATHS = st.sampled_from([PERSON, NOTE, "Me.md", "CRM/x.md"])
OWN = Recognition(types=("mentor",), tags=("x",), folders=("CRM",))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(GOOD.encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = draw(st.integers(at, min(len(data), at + 8)))
        data[at:end] = draw(st.one_of(st.binary(max_size=4), st.sampled_from(PIECES).map(str.encode)))
    return bytes(data)


@given(
    PATHS,
    st.one_of(
        st.binary(max_size=200),
        st.lists(st.sampled_from(PIECES), max_size=40).map(lambda parts: "".join(parts).encode()),
        st.lists(st.sampled_from(PIECES), max_size=30).map(
            lambda parts: ("---\n" + "".join(parts) + "\n---\n").encode()
        ),
        mutated(),
    ),
)
def test_no_bytes_make_the_reader_raise(path: str, data: bytes) -> None:
    reading = read_note(path, data, OWN)
    assert reading.path == path
    assert reading == read_note(path, data, OWN)
    lines = data.count(b"\n") + 1
    for found in reading.findings:
        assert found.path == path
        assert found.line is None or 1 <= found.line <= max(lines, 1)
        assert not {unicodedata.category(char) for char in found.message + found.hint} & {"Cc", "Cs", "Zl", "Zp"}
    if isinstance(reading, Unreadable):
        assert reading.findings
    if isinstance(reading, Read):
        for line in (*reading.record.lines.values(), *(one.line for one in reading.record.body_links)):
            assert 1 <= line <= lines


def test_a_long_note_is_read_in_good_time() -> None:
    body = "[[Ada]] and `code` and [x](y.md)\n" * 50_000
    reading = read(f"---\ntype: contact\n---\n{body}", PERSON)
    assert isinstance(reading, Read)
    assert len(reading.record.body_links) == 100_000
    assert reading.record.body_links[-1].line == 50_003
