"""Who referred each other in a ring. Works on plain ids and never recurses: a chain may be five thousand long."""

from collections.abc import Iterable, Mapping

__all__ = ["rings"]


def rings(referrals: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The groups of two or more in which everybody leads to everybody else, each sorted; `referrals` are (by, to)."""
    given: dict[str, list[str]] = {}
    received: dict[str, list[str]] = {}
    for by, to in referrals:
        given.setdefault(by, []).append(to)
        received.setdefault(to, []).append(by)
    seen: set[str] = set()
    found = []
    for start in reversed(_finished(given)):
        group = _reached(start, received, seen)
        if len(group) > 1:
            found.append(tuple(sorted(group)))
    return tuple(sorted(found))


def _finished(given: Mapping[str, list[str]]) -> list[str]:
    """All who gave somebody, in the order in which a walk has done with them (Kosaraju's first pass)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in given:
        if start in seen:
            continue
        seen.add(start)
        trail = [(start, iter(given[start]))]
        while trail:
            here, onward = trail[-1]
            step = next((one for one in onward if one not in seen), None)
            if step is None:
                order.append(here)
                trail.pop()
            else:
                seen.add(step)
                trail.append((step, iter(given.get(step, ()))))
    return order


def _reached(start: str, received: Mapping[str, list[str]], seen: set[str]) -> list[str]:
    """Everybody not yet `seen` from whom a chain of referrals leads to `start`, with `start`; adds them to `seen`."""
    if start in seen:
        return []
    seen.add(start)
    group = [start]
    for here in group:
        for one in received.get(here, ()):
            if one not in seen:
                seen.add(one)
                group.append(one)
    return group
