from dataclasses import replace

import pytest

from infoview_md.views.packing import Block, columns_of, framed, further_row, levels_for, settled, stack


def card(ident: str, height: float = 40) -> Block:
    return settled(ident, height, [])


def test_a_card_stands_beside_the_middle_of_its_children() -> None:
    family = settled("a", 40, [settled("b", 40, [card("c")]), card("d")])
    (_, middle), *_ = family.cards
    assert middle == pytest.approx((20 + 40 + 16 + 20) / 2)
    assert family.levels == 3


def test_a_card_that_would_stand_almost_beside_a_child_stands_beside_it() -> None:
    family = settled("a", 40, [card("b", 40), card("c", 50), card("d", 60)])
    ((_, middle),) = family.cards
    assert middle == 40 + 8 + 25


def test_siblings_stand_under_the_children_of_another_where_there_is_room() -> None:
    tall = settled("a", 40, [card(f"{number}") for number in range(5)])
    pile = stack([tall, card("b")])
    assert pile.height == pytest.approx(5 * 40 + 4 * 8)
    assert pile.ys[1] < 5 * 40


def test_whoever_has_many_children_gets_several_columns_below_one_line() -> None:
    star = settled("a", 40, [card(f"{number}") for number in range(40)])
    levels = [level for _, level, _ in star.parts]
    assert (min(levels), max(levels)) == (1, star.levels - 1)
    assert star.cards == (("a", 20.0),)
    assert min(y for _, _, y in star.parts) == 40


def test_one_tall_child_is_no_reason_for_columns() -> None:
    tall = settled("a", 40, [card(f"{number}") for number in range(8)])
    tall = replace(tall, bottoms=(*tall.bottoms[:-1], tall.bottoms[-1] + 800))
    assert settled("b", 40, [tall]).cards[0][1] == tall.anchor


def test_columns_are_no_wider_than_asked_and_keep_the_order() -> None:
    blocks = [card(f"{number}") for number in range(30)]
    parts, level, end = columns_of(blocks, 2, 100, wide=4)
    assert level <= 2 + 4
    assert [block.cards[0][0] for block, *_ in parts] == [f"{number}" for number in range(30)]
    assert min(y for *_, y in parts) == 100
    assert end == max(y for *_, y in parts) + 40


def test_a_block_wider_than_asked_has_a_column_of_its_own_width() -> None:
    wide = settled("a", 40, [settled("b", 40, [card("c")])])
    assert columns_of([wide], 0, 0, wide=1)[1] == 3


def test_a_frame_has_room_for_its_title_and_around_its_cards() -> None:
    frame = framed([("a", 40), ("b", 60)], "Mill")
    assert frame.cards == (("a", 24 + 20), ("b", 24 + 40 + 8 + 30))
    assert (frame.bottoms, frame.frame) == ((24 + 40 + 8 + 60 + 8,), "Mill")


def test_above_a_further_row_there_is_nothing_at_its_side() -> None:
    row = further_row(card("b"), 3)
    pile = stack([settled("a", 40, [card("c", 100)]), row])
    assert row.goes_on
    assert pile.ys[1] + row.tops[0] >= 100


def test_a_picture_twice_as_wide_as_high() -> None:
    assert levels_for([card(f"{number}", 236) for number in range(200)], 2.0) == 20
