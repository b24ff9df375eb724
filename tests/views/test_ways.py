from infoview_md.views.ways import BOW, Further, Rect, back, downward, onward


def card(x: float, y: float) -> Rect:
    return Rect(x, y - 20, x + 200, y + 20)


def test_a_line_to_the_same_height_is_straight() -> None:
    assert onward(card(0, 50), card(252, 50)) == ((200, 50), (252, 50))


def test_a_line_onward_goes_up_and_down_in_the_gutter() -> None:
    assert onward(card(0, 50), card(252, 90)) == ((200, 50), (226, 50), (226, 90), (252, 90))


def test_a_line_downward_begins_below_the_card_or_at_its_side() -> None:
    assert downward(card(0, 20), card(52, 100), 20) == ((26, 40), (26, 100), (52, 100))
    assert downward(card(0, 20), card(304, 100), 20) == ((200, 20), (278, 20), (278, 100), (304, 100))
    assert downward(card(0, 20), card(304, 500), 450) == ((26, 40), (26, 450), (278, 450), (278, 500), (304, 500))


def test_a_line_back_runs_between_the_rows() -> None:
    way = back(card(2268, 20), card(0, 100), 60)
    assert way[0] == (2468, 20)
    assert {y for _, y in way[2:4]} == {60}
    assert way[-1] == (0, 100)


def test_further_lines_of_one_gutter_keep_apart_by_whom_they_come_from() -> None:
    further = Further()
    first = further.way("a", card(0, 50), card(252, 90))
    same = further.way("a", card(0, 50), card(252, 150))
    other = further.way("b", card(0, 90), card(252, 150))
    assert first[1][0] == same[1][0] != other[1][0]
    assert {len(one) for one in (first, same, other)} == {4}


def test_a_further_line_within_a_column_comes_in_from_the_right() -> None:
    way = Further().way("a", card(0, 50), card(0, 150))
    assert (way[0][0], way[-1][0]) == (200, 200)


def test_a_further_line_elsewhere_is_a_bow_from_border_to_border() -> None:
    start, towards, end = Further().way("a", card(1008, 50), card(0, 50))
    assert BOW == 3
    assert (start[1], end[1]) == (70, 70)
    assert towards[1] > 70
