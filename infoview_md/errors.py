"""What can go wrong with a request: one class for each way it can end.

An error is about what was asked (raised, one sentence, what to do next). What is wrong in the user's notes is a
finding (`infoview_md.notes.findings`), a value, and never raised.
"""

from typing import ClassVar

__all__ = [
    "AmbiguousError",
    "ConflictError",
    "FileTroubleError",
    "InfoviewError",
    "NoVaultError",
    "NotReadyError",
    "TemplateError",
    "UnknownError",
    "UsageError",
]


class InfoviewError(Exception):
    """A request that could not be carried out: `message` says what is wrong, `hint` what to do.

    `exit_status` is what the command line ends with (0 done, 1 findings, 2 wrong use, 3 file trouble, 4 conflict,
    70 a fault of ours, 130 interrupted).
    """

    exit_status: ClassVar[int] = 70

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


class UsageError(InfoviewError):
    """The request itself makes no sense: a bad name, a bad date, no vault here."""

    exit_status = 2


class NoVaultError(UsageError):
    """No vault was named, and none is near."""


class UnknownError(UsageError):
    """A contact, note or template that the request names is not there; the hint shows the nearest names."""


class AmbiguousError(UsageError):
    """A name in the request fits several contacts or notes; the hint lists them."""


class TemplateError(InfoviewError):
    """A template cannot be read or rendered; the message names the template and the line."""

    exit_status = 1


class NotReadyError(InfoviewError):
    """A message must not go out as it is; the hint lists the reasons, one on each line."""

    exit_status = 1


class FileTroubleError(InfoviewError):
    """The disk refused: no permission, no space, not a folder."""

    exit_status = 3


class ConflictError(InfoviewError):
    """The name is taken, the file changed since it was read, or it cannot be edited safely. Nothing was written."""

    exit_status = 4
