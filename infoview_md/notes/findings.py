"""Findings: what is wrong or doubtful in the user's notes, as values.

`CODES` is the table of all findings there are. The readers, the network, `infoview check`, the docs page and the tests
read the same rows. A finding is never raised and never stops another note.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from infoview_md.notes.text import on_one_line

__all__ = ["CODES", "Finding", "FindingKind", "Severity", "finding", "in_order"]


class Severity(StrEnum):
    """How bad a finding is: an error hides something from the index, a warning may, an info is only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong or doubtful in one note.

    `path` is the note's path in the vault, with `/`; `line` counts line feeds, the first line is 1, and is None when
    the whole file is meant; `property` is the name as the note spells it.
    """

    code: str
    severity: Severity
    path: str
    line: int | None
    property: str | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One row of the table: `message` and `hint` are `str.format` texts, filled when the finding is made."""

    severity: Severity
    message: str
    hint: str


_LONGEST_WORD = 500
"""Characters; a path may be longer, but then nobody reads it."""
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Mapping[str, FindingKind] = MappingProxyType(
    {
        # The file and its text
        "unreadable": FindingKind(
            ERROR, "{what} cannot be read: {reason}", "mend its permissions; what was known of it is kept until then"
        ),
        "not-a-file": FindingKind(WARNING, "this is {what}, not a note", "rename it, or move it out of the vault"),
        "dangling-link": FindingKind(
            WARNING, "this symbolic link leads nowhere", "delete the link, or bring its target back"
        ),
        "note-too-large": FindingKind(
            WARNING, "the note has {size:,} bytes; only its first {limit:,} are read", "split the note in two"
        ),
        "utf16": FindingKind(ERROR, "the note is UTF-16, not UTF-8", "save it as UTF-8 in your editor"),
        "not-utf8": FindingKind(
            ERROR, "the note is not UTF-8 text: byte 0x{byte:02x} cannot be read", "save it as UTF-8 in your editor"
        ),
        "bom": FindingKind(INFO, "the note begins with a byte order mark", "nothing to do; it is kept"),
        "cr-only": FindingKind(
            WARNING,
            "the lines end in bare carriage returns, so Obsidian sees no properties here",
            "save the note with LF or CRLF line ends",
        ),
        "empty-note": FindingKind(INFO, "the note is empty", "write the person's properties, or delete the note"),
        "conflict-markers": FindingKind(
            WARNING, "git left conflict markers in the note", "choose one side and delete the markers"
        ),
        # The frame of the properties
        "fence-unclosed": FindingKind(
            ERROR, "the properties that begin here are never closed", "add a line with just --- below the last property"
        ),
        "fence-odd": FindingKind(
            WARNING,
            "the properties are closed by {fence}; Obsidian wants exactly --- and sees no properties here",
            "make this line just ---",
        ),
        "fence-late": FindingKind(
            WARNING,
            "the properties do not begin on the first line, so Obsidian does not see them",
            "make --- the very first line, without blanks before it",
        ),
        "fm-double": FindingKind(
            ERROR, "a second block of properties begins here; only the first counts", "move its lines into the first"
        ),
        "fm-json": FindingKind(
            INFO, "the note begins with JSON, which is not read as properties", "put the properties between --- lines"
        ),
        "fm-toml": FindingKind(
            INFO, "the note begins with TOML, which is not read as properties", "put the properties between --- lines"
        ),
        "fm-not-mapping": FindingKind(
            ERROR, "the properties are {what}; expected lines like `name: value`", "give each line a name and a colon"
        ),
        "fm-too-large": FindingKind(
            ERROR, "the properties are over {limit:,} characters long and are not read", "move long text into the note"
        ),
        # YAML
        "control-char": FindingKind(
            ERROR, "the control character {char} stands in the properties", "delete the character"
        ),
        "yaml-syntax": FindingKind(ERROR, "the properties cannot be read: {problem}", "{advice}"),
        "yaml-nbsp": FindingKind(
            ERROR,
            "a no-break space (U+00A0) follows the colon, so this is no property",
            "replace it by an ordinary space",
        ),
        "yaml-depth": FindingKind(
            ERROR, "the properties are nested more than {limit} deep and are not read", "keep properties flat"
        ),
        "yaml-alias": FindingKind(
            ERROR, "the anchors (&, *) in these properties repeat without end or far too often", "write the values out"
        ),
        "yaml-tag": FindingKind(
            WARNING, "{tag} is a YAML tag, not text; it is left out of the value", "put the value in quotes"
        ),
        "yaml-number": FindingKind(
            ERROR, "a number of {digits:,} characters; no program can hold it", "put the value in quotes, or shorten it"
        ),
        "yaml-octal": FindingKind(
            WARNING,
            "{property}: {value} is read as text here, but Obsidian reads it as the number {number}",
            'put it in quotes: "{value}"',
        ),
        "yaml-comment": FindingKind(
            WARNING,
            "{property}: {value} is a comment and not read, because of the # behind a blank",
            "put the value in quotes",
        ),
        "bad-escape": FindingKind(
            ERROR, "the properties cannot be read: {problem}", "double the backslash, or use single quotes"
        ),
        "dup-key": FindingKind(
            ERROR,
            "{name} stands twice, on lines {first} and {second}; neither is used",
            "keep one of them; Obsidian reads none of these properties until then",
        ),
        "dup-key-case": FindingKind(
            WARNING,
            "{name} stands on line {first} already, spelt {other}; the one on line {used} counts",
            "Obsidian takes both for one property: keep one",
        ),
        "fm-key-type": FindingKind(
            WARNING, "{name} is not text in every YAML reader", "put the property's name in quotes, or rename it"
        ),
        "template-in-note": FindingKind(
            WARNING,
            "this looks like a template that was never filled in: {value}",
            "fill it in; a template belongs in the template folder",
        ),
        "link-unquoted": FindingKind(
            WARNING,
            "{value} is a list in a list for Obsidian; it is read as a link here",
            'put it in quotes: "{value}"',
        ),
        "suspicious-unicode": FindingKind(
            WARNING, "{property}: {value} holds {char}, which cannot be seen and may mislead", "delete the character"
        ),
        "mixed-script": FindingKind(
            INFO, "{value} mixes {scripts} letters; it is not the same name as one in {first} alone", "retype the name"
        ),
        # Values
        "bad-date": FindingKind(
            ERROR, "{property}: {value} is not a date{why}", "write it as {wanted}; the property is ignored until then"
        ),
        "bad-number": FindingKind(
            ERROR, "{property}: {value} is not {wanted}", "write digits only; the property is ignored until then"
        ),
        "bad-checkbox": FindingKind(
            ERROR, "{property}: {value} is neither true nor false", "write true or false; it counts as empty until then"
        ),
        "bad-choice": FindingKind(
            ERROR, "{property}: {value} is none of {allowed}{nearest}", "write one of them; it is ignored until then"
        ),
        "bad-email": FindingKind(
            WARNING, "{property}: {value} is not one e-mail address", "write one address, like ada@example.org"
        ),
        "bad-timezone": FindingKind(
            ERROR,
            "{property}: {value} is no time zone{nearest}",
            "write one like Europe/Berlin; it is ignored until then",
        ),
        "bad-shape": FindingKind(
            WARNING,
            "{property}: {what} where {wanted} is expected",
            "write {wanted}; the property is ignored until then",
        ),
        "number-lost": FindingKind(
            WARNING,
            "{property}: {value} is a number for Obsidian, which will write {number}",
            'put it in quotes: "{value}"',
        ),
        "bad-name": FindingKind(WARNING, "the name is only blanks or punctuation", "write the person's name"),
        "no-contact": FindingKind(
            WARNING,
            "this looks like one of our notes ({type}, with {carried}), but names no contact, so it is left out",
            'add contact: "[[Name]]"',
        ),
        "later-without-date": FindingKind(
            WARNING, "the reply is later, but later_on does not say when", "add later_on: with a date"
        ),
        # Between notes
        "unrecorded": FindingKind(
            INFO, "{property}: there is no note about {target} yet", "record them: infoview new contact {quoted}"
        ),
        "link-unresolved": FindingKind(WARNING, "{property}: [[{target}]] leads to no note", "did you mean {nearest}?"),
        "link-elsewhere": FindingKind(
            WARNING, "{property}: [[{target}]] leads to a note that is {what}, so it is left out", "link {wanted}"
        ),
        "link-ambiguous": FindingKind(
            WARNING,
            "{property}: [[{target}]] fits {count} notes: {paths}; {used} is used, as Obsidian does",
            "write the path into the link: [[{used_target}]]",
        ),
        "ref-self": FindingKind(WARNING, "{property}: a contact cannot refer themselves", "delete the link"),
        "ref-loop": FindingKind(
            WARNING, "{names} referred each other in a ring", "check which of these referrals is wrong"
        ),
        "sync-conflict": FindingKind(
            WARNING, "this looks like a copy of {original} that a sync tool left", "merge the two and delete one"
        ),
        "same-name": FindingKind(
            INFO, "{name} is also the name of {others}", "one person? merge the notes; two? tell them apart by name"
        ),
        "date-future": FindingKind(
            WARNING, "{property}: {value} is in the future", "check the date; it counts as today until then"
        ),
        "date-order": FindingKind(
            WARNING, "{property} ({value}) is before {earlier_property} ({earlier})", "check the two dates"
        ),
        "time-gap": FindingKind(
            WARNING,
            "{property}: {value} does not exist in {timezone}; clocks jump over it",
            "check the time; {read_as} is used",
        ),
        # Messages that have not gone out (see drafting/proofreading); each can be switched off
        "fill-in-left": FindingKind(
            INFO,
            "{count} still to be filled in: {prompts}",
            "write what only you can; a letter with a blank in it does not go out",
        ),
        "template-mark-left": FindingKind(
            WARNING,
            "{mark} was never filled in",
            "write what belongs there; a blank says that many people get this letter",
        ),
        "greeting-other": FindingKind(
            WARNING,
            "the greeting names {name}, but the message goes to {contact}",
            "greet {contact}; if you call them so, add it to their aliases",
        ),
        "request-long": FindingKind(
            INFO,
            "the request has {words} words",
            "cut it to {limit}: it should fit a phone's screen (Simon Fraser University)",
        ),
        "request-question": FindingKind(
            INFO,
            "the request asks no question",
            "ask for the talk in a question, which is easier to answer (The 2-Hour Job Search)",
        ),
        "request-job": FindingKind(
            WARNING,
            "the request speaks of {word}",
            "leave jobs and hiring out: you ask for advice, and nobody sells anything (The 2-Hour Job Search)",
        ),
        "request-resume": FindingKind(
            WARNING,
            "the request comes with {what}",
            "send no resume unasked; a link to your profile below your name is enough (Northeastern University)",
        ),
        "request-connection": FindingKind(
            INFO,
            "the request does not say how you are linked: {connection}",
            "say it in the first line: the link is why they answer (The 2-Hour Job Search; Open Textbooks)",
        ),
        "follow-up-long": FindingKind(
            INFO,
            "the follow-up has {words} words, the request had {before}",
            "make it shorter: they have the request already, and silence is most often a full day",
        ),
        "thank-you-late": FindingKind(
            INFO,
            "the interview was on {day}, and thanks were due within {within}",
            "send it now; within 24 hours is the custom (Yale, Penn), but late is better than never",
        ),
        "thank-you-vague": FindingKind(
            INFO,
            "the thank-you says nothing that could not be said to anybody",
            "name one thing that they said, and what you will do with it (University of Waterloo)",
        ),
        "subject-empty": FindingKind(
            WARNING,
            "the message has no subject",
            "name what links you: it decides what is opened (Northeastern University)",
        ),
        "subject-capitals": FindingKind(
            INFO, "the subject is all in capitals", "write it as a sentence: capitals shout, and spam filters listen"
        ),
        "date-disagrees": FindingKind(
            WARNING,
            "{text} does not agree with {interview}, which says {day}",
            "mend the one that is wrong: somebody would wait in vain",
        ),
        "weekday-wrong": FindingKind(
            WARNING, "{text}: {date} is a {weekday}", "mend the day or the date: they cannot know which you mean"
        ),
        "header-injection": FindingKind(
            ERROR,
            "{property} holds a line break or a control character",
            "write it on one line: what follows the break could become another recipient",
        ),
        # Templates (see drafting/checking), and the question bank
        "template-error": FindingKind(ERROR, "{problem}", "{advice}"),
        "question-closed": FindingKind(
            INFO,
            "{question} begins with {opening}, so that yes or no answers it",
            "begin with who, what, when, where, why or how: open questions get stories",
        ),
    }
)


def finding(
    code: str,
    path: str,
    line: int | None = None,
    *,
    property_name: str | None = None,
    severity: Severity | None = None,
    **words: object,
) -> Finding:
    """Make a finding of the kind `code`; `words` fill the texts of its row, `severity` overrules the row's.

    Texts among the words are made safe to show: one line, nothing hidden, and not endless. Raises KeyError when the
    code or one of the words is missing, which is our fault and never the user's.
    """
    kind = CODES[code]
    words = {key: _shown(word) for key, word in {"property": property_name, **words}.items()}
    return Finding(
        code=code,
        severity=severity or kind.severity,
        path=path,
        line=line,
        property=property_name,
        message=kind.message.format(**words),
        hint=kind.hint.format(**words),
    )


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by path, line and code, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: (one.path, one.line or 0, one.code, one.message)))


def _shown(word: object) -> object:
    if not isinstance(word, str):
        return word
    text = on_one_line(word).replace("\t", " ")
    return text if len(text) <= _LONGEST_WORD else text[: _LONGEST_WORD - 1] + "…"
