"""How much one rendering may do. Jinja's sandbox bounds nothing, so everything that a template does is counted here.

Counting is deterministic: no clock, no thread, no signal. Work is counted in nodes of the template evaluated and in
members of lists touched, texts by their characters.
"""

from collections.abc import Mapping

__all__ = ["MAX_CODE", "MAX_LIST", "MAX_SOURCE", "MAX_TEXT", "Budget", "RefusedError", "members"]

MAX_SOURCE = 65_536
"""Characters of one template file."""
MAX_CODE = 16_384
"""Characters of one template file between braces."""
MAX_TEXT = 100_000
"""Characters of one text that a template may make."""
MAX_LIST = 10_000
"""Members of one list, those of lists in it included."""
_STEPS = 100_000
_CHARACTERS = 1_000_000
_BITS = 64


class RefusedError(Exception):
    """What a template asks for cannot be done; becomes a TemplateError as soon as its place is known.

    `line` is the line in the template file when it is already known, else None.
    """

    def __init__(self, message: str, hint: str = "", line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.line = line


class Budget:
    """What is left for one rendering. Raises RefusedError when it is used up."""

    def __init__(self, steps: int = _STEPS, characters: int = _CHARACTERS) -> None:
        self.steps = steps
        self.characters = characters

    def work(self, steps: int) -> None:
        """Count so many steps."""
        self.steps -= steps
        if self.steps < 0:
            raise RefusedError("the template does far too much: its loops never seem to end", "use smaller loops")

    def text(self, length: int) -> None:
        """Count a text of so many characters, before it is made."""
        self.characters -= length
        if length > MAX_TEXT or self.characters < 0:
            raise RefusedError("the template makes far too much text", "use smaller loops, or cut the text")

    def value(self, value: object) -> None:
        """Count a value that a template made, with all that is in it."""
        if isinstance(value, str):
            self.text(len(value))
        elif isinstance(value, int) and value.bit_length() > _BITS:
            raise RefusedError("a number grows far too large", "use smaller numbers")
        else:
            self.work(1 + members(value))


def members(value: object) -> int:
    """How many values a value holds, a value held twice counted twice. Raises RefusedError beyond `MAX_LIST`."""
    count = 0
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            waiting.extend(one)
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        else:
            continue
        count += len(one)
        if count > MAX_LIST:
            raise RefusedError(f"a list has over {MAX_LIST:,} members", "use a shorter list")
    return count
