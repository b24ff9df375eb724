import datetime as dt

from infoview_md.disk import clock


def test_now_is_a_wall_clock_time_without_a_zone_to_the_second() -> None:
    before = dt.datetime.now().replace(microsecond=0)  # noqa: DTZ005 - what it is compared with
    now = clock.now()
    assert now.tzinfo is None
    assert now.microsecond == 0
    assert before <= now <= before + dt.timedelta(minutes=1)


def test_today_is_the_day_of_now() -> None:
    before = clock.now().date()
    assert clock.today() in {before, clock.now().date()}


def test_the_monotonic_clock_never_goes_back() -> None:
    readings = [clock.monotonic() for _ in range(100)]
    assert readings == sorted(readings)
