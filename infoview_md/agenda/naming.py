"""How a command names a contact: by name where that means one person, else by the path of the note."""

from collections import Counter

from infoview_md.network.people import Contact, Network
from infoview_md.notes.text import fold, in_command, visible

__all__ = ["Names"]


class Names:
    """All names that mean somebody in a network, counted once."""

    def __init__(self, network: Network) -> None:
        self._paths: set[str] = set()
        self._names: Counter[str] = Counter()
        self._words: dict[str, str] = {}
        for contact in network.contacts.values():
            names = {fold(contact.name)}
            if contact.path:
                path = fold(contact.path)
                self._paths.update((path, path.removesuffix(".md")))
                names.add(path.rpartition("/")[2].removesuffix(".md"))
            if contact.note:
                names.update(map(fold, contact.note.aliases))
            self._names.update(names)

    def in_command(self, contact: Contact) -> str:
        """One word of a command that finds this contact and no other."""
        if contact.id not in self._words:
            self._words[contact.id] = self._word(contact)
        return self._words[contact.id]

    def _word(self, contact: Contact) -> str:
        name = contact.name
        folded = fold(name)
        own = contact.path and fold(contact.path).removesuffix(".md") == folded
        is_clear = self._names[folded] == 1 and (own or folded not in self._paths) and visible(name) == name
        return in_command(name if is_clear or contact.path is None else contact.path)
