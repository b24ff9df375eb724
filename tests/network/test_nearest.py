import random
from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.network.nearest import Names


@given(st.lists(st.text("abcd ", max_size=14), unique=True, max_size=12), st.text("abcd ", max_size=14))
def test_the_nearest_name_is_the_one_that_comparing_all_would_find(names: list[str], wanted: str) -> None:
    near = get_close_matches(wanted, names, n=1, cutoff=0.8)
    assert Names(names).nearest(wanted) == (near[0] if near else None)


@pytest.mark.parametrize("seed", range(20))
def test_misspelt_names_are_found_among_many(seed: int) -> None:
    chance = random.Random(seed)
    names = [
        " ".join("".join(chance.choices("aeiounrstlm", k=chance.randrange(2, 9))) for _ in "ab") for _ in range(200)
    ]
    wanted = list(chance.choice(names))
    for _ in range(2):
        wanted[chance.randrange(len(wanted))] = chance.choice("aeiounrstlm")
    near = get_close_matches("".join(wanted), names, n=1, cutoff=0.8)
    assert Names(names).nearest("".join(wanted)) == (near[0] if near else None)
