from collections.abc import Mapping

import pytest

from infoview_md.agenda.stages import STAGES
from infoview_md.views.colours import DARK, LIGHT, SIGNS, STAGE_COLOURS, VARIABLES


def brightness(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guideline_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_can_be_read(colours: Mapping[str, str]) -> None:
    grounds = ["paper", *(f"stage-{one}-fill" for one in (*STAGE_COLOURS, "other"))]
    pairs = [("ink", one) for one in grounds]
    pairs += [("muted", "paper"), ("muted", "frame-fill"), ("me-ink", "me-fill")]
    assert not [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_all_lines_and_signs_can_be_seen(colours: Mapping[str, str]) -> None:
    pairs = [(f"stage-{one}", f"stage-{one}-fill") for one in (*STAGE_COLOURS, "other")]
    pairs += [(f"stage-{one}", "paper") for one in (*STAGE_COLOURS, "other")]
    pairs += [("strand", "paper"), ("tie", "paper"), ("also", "paper"), ("tie", "frame-fill")]
    assert not [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 3]


def test_every_stage_has_its_colours_and_a_sign() -> None:
    for stage in STAGES:
        assert {f"stage-{stage}", f"stage-{stage}-fill"} <= LIGHT.keys() & DARK.keys()
        assert STAGE_COLOURS[stage] in SIGNS
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_the_style_sheet_has_both_and_light_on_paper() -> None:
    assert VARIABLES.count(f"--ink:{LIGHT['ink']};") == 2
    assert f"@media (prefers-color-scheme:dark){{:root{{--paper:{DARK['paper']};" in VARIABLES
