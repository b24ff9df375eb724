"""What a user's settings say about which notes are ours, apart from the tables, so that it is loaded in no time."""

from dataclasses import dataclass

__all__ = ["ME_PATH", "Recognition"]

ME_PATH = "Me.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Which other notes the user calls contacts: the three `contact_...` settings of `Me.md`."""

    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
