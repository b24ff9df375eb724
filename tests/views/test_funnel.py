"""The funnel in words: two lines for the report, a table, and a shape in JSON."""

from infoview_md.agenda.funnel import Counts, Funnel
from infoview_md.views.funnel import funnel_brief, funnel_lines
from infoview_md.views.shapes import funnel_shape

ALL = Counts(asked=12, replied=9, accepted=7, interviews=6, referrals=1, days_to_reply=2.5)
REFERRED = Counts(asked=8, replied=7, accepted=6, interviews=5, referrals=1, days_to_reply=1)
OTHERS = Counts(asked=4, replied=2, accepted=1, interviews=1, days_to_reply=4)
FUNNEL = Funnel(total=ALL, by_channel={"email": ALL}, by_source={"referred": REFERRED, "other": OTHERS})


def test_two_calm_lines() -> None:
    assert list(map(str, funnel_brief(FUNNEL))) == [
        "12 asked, 9 answered, 7 said yes; 6 interviews, 1 referral; a reply takes 2.5 days",
        "  said yes: referred 6 of 8, other 1 of 4",
    ]


def test_with_one_source_there_is_nothing_to_compare() -> None:
    one = Funnel(total=OTHERS, by_channel={}, by_source={"other": OTHERS})
    assert len(funnel_brief(one)) == 1


def test_nothing_is_said_while_nobody_was_asked() -> None:
    assert funnel_brief(None) == funnel_brief(Funnel(total=Counts(interviews=1), by_channel={}, by_source={})) == ()


def test_the_columns_of_the_table_stand_below_their_heads() -> None:
    head, total, *_ = map(str, funnel_lines(FUNNEL))
    assert head.index("answered") + len("answered") == total.index(" 9 ") + 2
    assert len(head) == len(total)
    assert total.split() == ["all", "12", "9", "7", "6", "1", "2.5"]


def test_the_table_has_a_part_for_each_question() -> None:
    lines = list(map(str, funnel_lines(FUNNEL)))
    assert [one for one in lines if one and not one.startswith(" ")] == [
        "By channel of the first request",
        "By how you found them",
    ]
    assert [one.split()[0] for one in lines if one.startswith("  ") and one.strip()[0].islower()][-2:] == [
        "referred",
        "other",
    ]


def test_a_part_without_rows_is_left_out() -> None:
    lines = list(map(str, funnel_lines(Funnel(total=ALL, by_channel={}, by_source={"other": ALL}))))
    assert "By channel of the first request" not in lines


def test_an_empty_funnel_says_how_to_begin() -> None:
    [line] = funnel_lines(Funnel(total=Counts(), by_channel={}, by_source={}))
    assert str(line) == "Nobody has been asked yet. Begin with: infoview due"


def test_the_shape_has_the_same_keys_in_every_row() -> None:
    everybody = {"asked": 12, "replied": 9, "accepted": 7, "interviews": 6, "referrals": 1, "days_to_reply": 2.5}
    assert funnel_shape(FUNNEL) == {
        **everybody,
        "by_channel": {"email": everybody},
        "by_source": {
            "referred": {"asked": 8, "replied": 7, "accepted": 6, "interviews": 5, "referrals": 1, "days_to_reply": 1},
            "other": {"asked": 4, "replied": 2, "accepted": 1, "interviews": 1, "referrals": 0, "days_to_reply": 4},
        },
    }
