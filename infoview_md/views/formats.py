"""The formats that the contact network can be had in; a list only, so that a command's help loads nothing else."""

from enum import StrEnum
from typing import Self

__all__ = ["Format"]


class Format(StrEnum):
    """A format, with the endings of files that say it; in the order of the help."""

    endings: tuple[str, ...]

    def __new__(cls, name: str, *endings: str) -> Self:
        """Make the member called `name`."""
        one = str.__new__(cls, name)
        one._value_ = name
        one.endings = endings
        return one

    TREE = "tree", ".txt"
    HTML = "html", ".html", ".htm"
    SVG = "svg", ".svg"
    MERMAID = "mermaid", ".mmd", ".md"
    CANVAS = "canvas", ".canvas"
    DOT = "dot", ".dot", ".gv"
    GRAPHML = "graphml", ".graphml"
    JSON = "json", ".json"
