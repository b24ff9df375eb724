"""Which of many names a misspelt one was meant to be. Compares only those that share enough pairs of letters with it.

Two names whose likeness is 0.8 or more in the sense of `difflib` share at least a fifth of their letters, less one, as
pairs: what is matched stands in blocks, and each block but one has something unmatched before it.
"""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import pairwise

__all__ = ["Names"]

_LIKENESS = 0.8
_SHARED = 0.2
_SHORTEST = 2 / 3
_ROUNDING = 1e-6
_TOO_SHORT = 4
"""Letters. Names shorter than this may be alike without sharing a pair."""


class Names:
    """Many names, made ready to be looked through; the pairs are only gathered when a first name is misspelt."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._places: dict[tuple[str, int], list[int]] = {}

    def nearest(self, wanted: str) -> str | None:
        """The name that is most like `wanted`, if one is like it at all; among equals the last by alphabet."""
        near = get_close_matches(wanted, self._candidates(wanted), n=1, cutoff=_LIKENESS)
        return near[0] if near else None

    def _candidates(self, wanted: str) -> list[str]:
        if len(wanted) < _TOO_SHORT:
            return [name for name in self._names if len(name) <= 2 * _TOO_SHORT]
        if not self._places:
            for place, name in enumerate(self._names):
                for pair in _pairs(name):
                    self._places.setdefault(pair, []).append(place)
        shared: Counter[int] = Counter()
        for pair in _pairs(wanted):
            shared.update(self._places.get(pair, ()))
        length = len(wanted)
        # A name that is alike has two thirds of the length at least; most others fall at this, which costs nothing.
        least = _SHARED * (length + _SHORTEST * length) - 1 - _ROUNDING
        return [
            name
            for place, count in shared.items()
            if count >= least and count + 1 >= _SHARED * (length + len(name := self._names[place])) - _ROUNDING
        ]


def _pairs(name: str) -> list[tuple[str, int]]:
    """The pairs of letters in a name, each with how often it stood there before."""
    seen: dict[str, int] = {}
    pairs = []
    for first, second in pairwise(name):
        pair = first + second
        before = seen.get(pair, 0)
        pairs.append((pair, before))
        seen[pair] = before + 1
    return pairs
