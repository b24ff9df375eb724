"""Whose note is it? Which of our types a note may have, by its path, its type and its tags. Reads no values."""

import re
from collections.abc import Iterable, Iterator

from infoview_md.notes.links import read_link
from infoview_md.notes.nodes import Block
from infoview_md.notes.properties import (
    PERSON_FOLDERS,
    PERSON_WORDS,
    TYPE_PROPERTIES,
    TYPES,
    Recognition,
    fold_name,
    property_names,
    type_named,
)
from infoview_md.notes.text import fold
from infoview_md.notes.values import Spot, texts_in
from infoview_md.notes.whose import ME_PATH

__all__ = ["ME_PATH", "in_person_folder", "looks_like_ours", "types_of"]

_LINE = re.compile(r"^[ \t]*[\"']?([\w -]{1,40})[\"']?[ \t]*:(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)
_HEAD = 20_000
"""Characters in which an unreadable note may still show that it is ours."""


def types_of(path: str, block: Block, recognition: Recognition) -> Iterator[str]:
    """What the note may be, likeliest first: one of our types, or `person` for somebody who is only known."""
    if path == ME_PATH:
        yield "me"
        return
    words = _type_words(block)
    tags = _tags(block)
    named = type_named(words)
    if named and named != "me":
        yield named
    if _is_called_contact(path, words, tags, recognition):
        yield "contact"
    if any(map(_is_person_word, [*words, *tags])) or in_person_folder(path, recognition):
        yield "person"


def in_person_folder(path: str, recognition: Recognition) -> bool:
    """Whether the note lies in a folder for people: one of those that everybody has, or of the user's own."""
    folders = map(fold, path.split("/")[:-1])
    return any(folder in PERSON_FOLDERS for folder in folders) or _below_any(path, recognition.folders)


def looks_like_ours(text: str, recognition: Recognition) -> bool:
    """Whether a text whose properties cannot be read shows a sign of being ours: a line with a type or a tag.

    A word that others use for a type too counts only beside a line with a contact.
    """
    lines = [(fold_name(match[1]), match[2]) for match in _LINE.finditer(_with_line_feeds(text[:_HEAD]))]
    words = [word for name, value in lines if name in TYPE_PROPERTIES for word in _words(value)]
    tags = [word for name, value in lines if name in {"tags", "tag"} for word in _words(value)]
    named = type_named(words)
    if named and named != "me" and (not TYPES[named].required or any(_names_contact(name, named) for name, _ in lines)):
        return True
    return any(map(_is_person_word, [*words, *tags])) or _is_called_contact("", words, tags, recognition)


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w/-]*\w", text)


def _names_contact(name: str, type_name: str) -> bool:
    return property_names(type_name).get(name, ("", 0))[0] == "contact"


def _type_words(block: Block) -> list[str]:
    """Each type a note says it has, and each word of a category; `[[Categories/People]]` is People."""
    words: list[str] = []
    for name, text in _texts(block, TYPE_PROPERTIES):
        link = read_link(text)
        if link and link.style != "bare":
            words.append(link.target.rpartition("/")[2])
            continue
        words += [word.strip() for word in text.split(",")]
        words += text.split() if name in {"category", "categories"} else []
    return [word.removeprefix("#") for word in words]


def _tags(block: Block) -> list[str]:
    return [word.removeprefix("#") for _, text in _texts(block, ("tags", "tag")) for word in re.split(r"[,\s]+", text)]


def _texts(block: Block, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for one in block.properties:
        if (folded := fold_name(one.name)) in names:
            for scalar in texts_in(one.value, Spot("", one.name, [])):
                yield folded, scalar.text.strip()


def _is_called_contact(path: str, words: list[str], tags: list[str], recognition: Recognition) -> bool:
    """Whether one of the user's own words for a contact fits; they may be written as links or with a `#`."""
    own_types = {fold(word.strip("[]#")) for word in recognition.types}
    own_tags = [word.strip("[]#") for word in recognition.tags]
    return (
        any(fold(word) in own_types for word in words)
        or any(_tag_is(tag, own) for tag in tags for own in own_tags)
        or _below_any(path, recognition.folders)
    )


def _is_person_word(word: str) -> bool:
    return any(_tag_is(word, known) for known in PERSON_WORDS)


def _tag_is(tag: str, wanted: str) -> bool:
    """Tags nest: `people/mentors` is `people` too."""
    return fold(tag) == fold(wanted) or fold(tag).startswith(fold(wanted) + "/")


def _below_any(path: str, folders: Iterable[str]) -> bool:
    return any(bare and fold(path).startswith(fold(bare) + "/") for bare in (folder.strip("/") for folder in folders))
