import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.disk.states import Row, States, row_of
from infoview_md.disk.walking import walk

MEMORY = Path("/dev/shm")  # noqa: S108 - the one place where such times can be tried
NAMES = st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=8)
TIMES = st.integers(-(2**63), 2**63 - 1)
ROWS = st.lists(
    st.tuples(NAMES, st.integers(0, 2**63 - 1), TIMES, TIMES, st.integers(0, 2**64 - 1), st.booleans()), max_size=8
)


@given(ROWS)
def test_rows_come_back_from_their_columns(rows: list[Row]) -> None:
    states = States.of(rows)
    assert states.rows() == rows
    assert len(states) == len(rows)
    assert states.largest() == max((row[1] for row in rows), default=0)
    assert states.all_names() == [row[0] for row in rows]


@given(ROWS, ROWS)
def test_columns_are_equal_when_the_rows_are(some: list[Row], others: list[Row]) -> None:
    assert (States.of(some) == States.of(others)) == (some == others)


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such times")
@pytest.mark.parametrize("time_ns", [2**63, 2**70, -(2**63) - 1])
def test_a_time_in_another_age_has_a_column_too(time_ns: int) -> None:
    plain = (0o100644, 7, 1, 1, 0, 0, 5, 0, 0, 0)
    status = os.stat_result(plain, {"st_mtime_ns": time_ns, "st_ctime_ns": time_ns})
    (row,) = States.of([row_of("a.md", status, link=False)]).rows()
    assert row[:2] == ("a.md", 5)


@pytest.mark.skipif(not MEMORY.is_dir(), reason="needs a file system that keeps such times")
def test_a_note_from_the_year_3000_is_found_beside_others() -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        for name in ("A.md", "B.md"):
            Path(folder, name).write_text("text", encoding="utf-8")
        os.utime(Path(folder, "B.md"), (32_503_680_000, 32_503_680_000))
        assert sorted(walk(Path(folder)).folders[""].all_names()) == ["A.md", "B.md"]
