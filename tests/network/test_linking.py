"""Where a link leads, as measured on a real Obsidian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.network.linking import Resolved, Resolver
from infoview_md.notes.links import Link, read_link

VAULT = (
    "Note.md",
    "b/Note.md",
    "b/c/Note.md",
    "b/c/Deep.md",
    "x/Deep.md",
    "long folder/Deep.md",
    "Log.md",
    "Ext.md",
    "People/Ada Lovelace.md",
    "People/Zoe\u0308.md",
    "Archive/Sam Lee.md",
    "People/Sam Lee.md",
    "a.b.md",
    "Stra\u00dfe.md",
)


def resolve(text: str, source: str = "Home.md") -> Resolved:
    link = read_link(text)
    assert link is not None
    return Resolver(VAULT).resolve(link, source)


@pytest.mark.parametrize(
    ("text", "source", "path"),
    [
        # The exact path in the vault
        ("[[Note]]", "Home.md", "Note.md"),
        ("[[Note]]", "b/x.md", "Note.md"),
        ("[[b/Note]]", "Home.md", "b/Note.md"),
        ("[[b/Note.md]]", "b/c/x.md", "b/Note.md"),
        ("[[/b/Note]]", "Home.md", "b/Note.md"),
        # The source's own folder, but no folder above it
        ("[[Deep]]", "b/c/x.md", "b/c/Deep.md"),
        ("[[Deep]]", "long folder/x.md", "long folder/Deep.md"),
        ("[[Deep]]", "long folder/sub/x.md", "x/Deep.md"),
        # The shortest path
        ("[[Deep]]", "Home.md", "x/Deep.md"),
        ("[[c/Note]]", "Home.md", "b/c/Note.md"),
        # Any case, either way of writing accents
        ("[[LOG]]", "Home.md", "Log.md"),
        ("[[log]]", "Home.md", "Log.md"),
        ("[[Ext.MD]]", "Home.md", "Ext.md"),
        ("[[people/ada lovelace]]", "Home.md", "People/Ada Lovelace.md"),
        ("[[Zo\u00eb]]", "Home.md", "People/Zoe\u0308.md"),
        ("[[STRASSE]]", "Home.md", "Stra\u00dfe.md"),
        # Parts of a link that do not lead anywhere
        ("[[Note#Heading|Shown]]", "Home.md", "Note.md"),
        ("[[People/Ada Lovelace.md#Calls^b1|Ada]]", "Home.md", "People/Ada Lovelace.md"),
        ("[[a.b]]", "Home.md", "a.b.md"),
        # Markdown links: decoded, and looked for everywhere
        ("[x](People/Ada%20Lovelace.md)", "b/c/x.md", "People/Ada Lovelace.md"),
        ("[x](<Ada Lovelace.md>)", "b/c/x.md", "People/Ada Lovelace.md"),
        ("[x](Ada%20Lovelace)", "Home.md", "People/Ada Lovelace.md"),
        # Relative: exactly there or nowhere
        ("[x](./Deep.md)", "b/c/x.md", "b/c/Deep.md"),
        ("[x](../Note.md)", "b/c/x.md", "b/Note.md"),
        ("[x](../../Log.md)", "b/c/x.md", "Log.md"),
        ("[[../c/Deep]]", "b/x/y.md", "b/c/Deep.md"),
        ("[[./LOG]]", "Home.md", "Log.md"),
        # Bare names, as links
        ("Ada Lovelace", "Home.md", "People/Ada Lovelace.md"),
    ],
)
def test_a_link_leads_where_obsidian_leads_it(text: str, source: str, path: str) -> None:
    assert resolve(text, source).path == path


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("[[Ada]]", "Home.md"),
        ("[[ada%20lovelace]]", "Home.md"),
        ("[[x/Note]]", "Home.md"),
        ("[[ote]]", "Home.md"),
        ("[[./Log]]", "b/x.md"),
        ("[[../Deep]]", "b/x.md"),
        ("[[../../../Log]]", "b/c/x.md"),
        ("[[..]]", "b/c/x.md"),
        ("[[./]]", "Home.md"),
        ("[[https://example.org]]", "Home.md"),
        ("[[b/]]", "Home.md"),
        ("[[/]]", "Home.md"),
    ],
)
def test_a_link_may_lead_nowhere(text: str, source: str) -> None:
    assert resolve(text, source) == Resolved(None)


def test_rivals_are_told_best_first_when_the_link_does_not_say_which() -> None:
    assert resolve("[[Sam Lee]]", "People/Bob.md").rivals == ("People/Sam Lee.md", "Archive/Sam Lee.md")
    assert resolve("[[Sam Lee]]", "Home.md").rivals == ("People/Sam Lee.md", "Archive/Sam Lee.md")
    assert resolve("[[Sam Lee]]", "Archive/Bob.md").rivals == ("Archive/Sam Lee.md", "People/Sam Lee.md")


def test_an_exact_path_has_no_rivals() -> None:
    assert resolve("[[Note]]").rivals == ()
    assert resolve("[[People/Sam Lee]]").rivals == ()


@given(st.permutations(VAULT), st.sampled_from(["Deep", "Note", "Sam Lee", "c/Note"]))
def test_the_order_of_the_paths_does_not_matter(paths: list[str], target: str) -> None:
    assert Resolver(paths).resolve(Link(target), "Home.md") == Resolver(VAULT).resolve(Link(target), "Home.md")


@given(st.text(alphabet=st.sampled_from("./ab#|\\\u00df\u0130"), min_size=1), st.sampled_from(["Home.md", "b/c/x.md"]))
def test_any_target_can_be_looked_for(target: str, source: str) -> None:
    found = Resolver(VAULT).resolve(Link(target), source)
    assert found.path is None or found.path in VAULT
