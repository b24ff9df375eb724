"""Informational interviews in Markdown notes: drafts, the contact network, what is due.

`Vault` is the door: one readable method for each command. Everything it gives is an immutable record; the names in
`__all__` are public, no others.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from infoview_md.agenda.agenda import Action, Agenda
    from infoview_md.agenda.news import News
    from infoview_md.drafting.drafts import Draft
    from infoview_md.errors import InfoviewError
    from infoview_md.network.people import Contact, Network, Organization, Referral
    from infoview_md.notes.findings import Finding, Severity
    from infoview_md.notes.frontmatter import ObsidianHandler
    from infoview_md.vault import Refresh, State, Vault

__all__ = [
    "Action",
    "Agenda",
    "Contact",
    "Draft",
    "Finding",
    "InfoviewError",
    "Network",
    "News",
    "ObsidianHandler",
    "Organization",
    "Referral",
    "Refresh",
    "Severity",
    "State",
    "Vault",
]

_ROOMS = {
    "Action": "agenda.agenda",
    "Agenda": "agenda.agenda",
    "Contact": "network.people",
    "Draft": "drafting.drafts",
    "Finding": "notes.findings",
    "InfoviewError": "errors",
    "Network": "network.people",
    "News": "agenda.news",
    "ObsidianHandler": "notes.frontmatter",
    "Organization": "network.people",
    "Referral": "network.people",
    "Refresh": "vault",
    "Severity": "notes.findings",
    "State": "vault",
    "Vault": "vault",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that `infoview --help` need not load the house."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
