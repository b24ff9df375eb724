"""Where a link leads: Obsidian's resolution over the paths of a vault. Knows nothing of what the notes say.

Order when several notes fit (measured on a real Obsidian, see docs/format.md): the exact path in the vault, a note in
the source's own folder, the shortest path. Names are compared case-folded in NFC. Aliases never resolve a link.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from infoview_md.notes.links import Link
from infoview_md.notes.text import fold

__all__ = ["Resolved", "Resolver"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a link leads: `path`, or None. `rivals` are all that fit, best first, when the link does not say which."""

    path: str | None
    rivals: tuple[str, ...] = ()


class Resolver:
    """Resolves links among the notes of one vault, given by their paths."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        for path in paths:  # all notes of the vault, so nothing is called that need not be
            self._by_name.setdefault(fold(path[path.rfind("/") + 1 :]).removesuffix(".md"), []).append(path)

    def resolve(self, link: Link, source: str) -> Resolved:
        """Find the note that `link` in the note at `source` leads to."""
        target = fold(link.target)
        if target.startswith(("./", "../")):
            return self._relative(target, source)
        target = target.lstrip("/")
        fitting = [path for path in self._by_name.get(_last(target), ()) if _ends_with(path, target)]
        if len(fitting) < 2:  # noqa: PLR2004 - one is no choice
            return Resolved(fitting[0] if fitting else None)
        folder = fold(_folder(source))
        best = sorted(
            fitting,
            key=lambda path: (_bare(path) != target, fold(_folder(path)) != folder, len(path), path),
        )
        exact = _bare(best[0]) == target
        return Resolved(best[0], tuple(best) if len(best) > 1 and not exact else ())

    def _relative(self, target: str, source: str) -> Resolved:
        parts = fold(_folder(source)).split("/") if "/" in source else []
        for part in target.split("/"):
            if part == "..":
                if not parts:
                    return Resolved(None)
                parts.pop()
            elif part not in {"", "."}:
                parts.append(part)
        wanted = "/".join(parts)
        return Resolved(min((p for p in self._by_name.get(_last(wanted), ()) if _bare(p) == wanted), default=None))


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _bare(path: str) -> str:
    return fold(path).removesuffix(".md")


def _ends_with(path: str, target: str) -> bool:
    bare = _bare(path)
    return bare == target or bare.endswith("/" + target)
