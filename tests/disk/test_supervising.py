"""Stories of what may befall a watch, told as values: what is seen each second, and what is decided."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infoview_md.disk.supervising import TOO_MANY_FOLDERS, Deafness, Decision, Seen, Step, Supervisor

NOON = dt.datetime(2026, 11, 23, 12, 0)
SILENT = Deafness(because="the vault is on a drive that tells nothing", advice="use --poll")
PASSING = Deafness(because="there is no room", advice="make room", passing=True)


def seen(at: float, **more: object) -> Seen:
    """What is seen when all is well, so many seconds after the beginning."""
    given: dict[str, object] = {"at": at, "now": NOON + dt.timedelta(seconds=int(at)), "identity": (1, 7)}
    return Seen(**{**given, **more})  # type: ignore[arg-type]


def begun(*, poll: float | None = None, deafness: Deafness | None = None) -> Supervisor:
    supervisor = Supervisor("/notes", rescan_every=300.0, poll=poll)
    supervisor.begin(seen(0.0), deafness)
    supervisor.looked(0.0, 0.1)
    return supervisor


def steps(supervisor: Supervisor, *all_seen: Seen) -> list[Step]:
    return [supervisor.decide(one).step for one in all_seen]


def test_where_all_is_well_it_goes_on_and_looks_at_everything_now_and_then() -> None:
    supervisor = begun()
    assert steps(supervisor, *(seen(at) for at in range(1, 300))) == [Step.GO_ON] * 299
    assert supervisor.decide(seen(300.0)) == Decision(step=Step.RESCAN)
    supervisor.looked(300.5, 0.1)
    assert steps(supervisor, seen(301.0), seen(600.0), seen(601.0)) == [Step.GO_ON, Step.GO_ON, Step.RESCAN]


# --- The vault -------------------------------------------------------------------------------------------------------


def test_a_vault_that_is_gone_is_waited_for_and_that_is_said_once() -> None:
    supervisor = begun()
    gone = supervisor.decide(seen(1.0, identity=None))
    assert gone.step is Step.WAIT
    assert gone.notice == (
        "/notes is gone: deleted, renamed or no longer mounted; watching goes on as soon as it is back"
    )
    assert [supervisor.decide(seen(float(at), identity=None)) for at in range(2, 5)] == [Decision(step=Step.WAIT)] * 3
    assert supervisor.decide(seen(5.0)) == Decision(step=Step.LISTEN, notice="/notes is back; all of it was looked at")
    assert supervisor.decide(seen(6.0)).step is Step.GO_ON


def test_a_vault_that_was_renamed_is_named() -> None:
    decision = begun().decide(seen(1.0, identity=None, now_at="/old notes"))
    assert decision.step is Step.WAIT
    assert decision.notice is not None
    assert "/notes is now called /old notes: watch that instead" in decision.notice


def test_a_vault_that_cannot_be_read_is_waited_for_with_the_reason() -> None:
    supervisor = begun()
    decision = supervisor.decide(seen(1.0, refusal="permission denied"))
    assert decision.step is Step.WAIT
    assert "/notes cannot be read: permission denied" in str(decision.notice)
    assert steps(supervisor, seen(2.0, refusal="permission denied"), seen(3.0)) == [Step.WAIT, Step.LISTEN]


def test_an_empty_folder_where_the_vault_was_is_taken_for_a_drive_that_is_not_mounted() -> None:
    supervisor = begun()
    unmounted = supervisor.decide(seen(1.0, identity=(2, 9), is_empty=True))
    assert unmounted.step is Step.WAIT
    assert "is a drive to be mounted?" in str(unmounted.notice)
    assert supervisor.decide(seen(2.0)).step is Step.LISTEN


def test_a_vault_that_was_emptied_is_a_vault() -> None:
    assert begun().decide(seen(1.0, is_empty=True)).step is Step.GO_ON


def test_another_folder_in_the_vaults_place_is_watched_from_now_on() -> None:
    supervisor = begun()
    decision = supervisor.decide(seen(1.0, identity=(1, 8)))
    assert decision == Decision(step=Step.LISTEN, notice="/notes is another folder now; all of it was looked at")
    assert supervisor.decide(seen(2.0, identity=(1, 8))).step is Step.GO_ON


def test_each_new_trouble_is_said() -> None:
    supervisor = begun()
    troubles = [seen(1.0, identity=None), seen(2.0, refusal="input/output error"), seen(3.0, identity=None)]
    assert all(supervisor.decide(one).notice for one in troubles)


# --- Listening -------------------------------------------------------------------------------------------------------


def test_a_thread_that_died_is_replaced_and_when_that_goes_on_polling_takes_over() -> None:
    supervisor = begun()
    deaths = [supervisor.decide(seen(float(at), is_alive=False)) for at in (10, 20, 30)]
    assert [one.step for one in deaths] == [Step.LISTEN] * 3
    assert all("broke off; it was begun anew" in str(one.notice) for one in deaths)
    last = supervisor.decide(seen(40.0, is_alive=False))
    assert last.step is Step.POLL
    assert "broke off again and again, so the vault is looked at every 10 seconds" in str(last.notice)
    assert supervisor.is_polling


def test_a_thread_that_dies_now_and_then_is_always_replaced() -> None:
    supervisor = begun()
    assert steps(supervisor, *(seen(400.0 * at, is_alive=False) for at in range(1, 20))) == [Step.LISTEN] * 19


def test_lost_events_are_answered_by_listening_anew_and_said_only_now_and_then() -> None:
    supervisor = begun()
    first, second, later = (supervisor.decide(seen(at, is_lossy=True)) for at in (1.0, 2.0, 700.0))
    assert (first.step, second.step, later.step) == (Step.LISTEN,) * 3
    assert "more changed at once" in str(first.notice)
    assert second.notice is None
    assert later.notice == first.notice


def test_a_folder_that_is_not_heard_yet_is_given_a_moment() -> None:
    supervisor = begun()
    new = [seen(1.0, unheard=frozenset({"A"})), seen(2.0, unheard=frozenset({"B"})), seen(3.0)]
    assert steps(supervisor, *new) == [Step.GO_ON] * 3


def test_a_folder_that_stays_unheard_is_listened_to_anew_and_then_polled() -> None:
    supervisor = begun()
    deaf = [seen(float(at), unheard=frozenset({"A", str(at)})) for at in range(1, 5)]
    assert steps(supervisor, *deaf[:3]) == [Step.GO_ON, Step.LISTEN, Step.GO_ON]
    decision = supervisor.decide(deaf[3])
    assert decision.step is Step.POLL
    assert "too few folders" in str(decision.notice)
    assert "sysctl fs.inotify.max_user_watches=" in str(decision.notice)


def test_a_folder_that_is_heard_after_all_is_forgiven() -> None:
    supervisor = begun()
    deaf = frozenset({"A"})
    story = [seen(1.0, unheard=deaf), seen(2.0, unheard=deaf), seen(3.0), seen(4.0, unheard=deaf), seen(5.0)]
    assert steps(supervisor, *story) == [Step.GO_ON, Step.LISTEN, Step.GO_ON, Step.GO_ON, Step.GO_ON]


# --- Polling ---------------------------------------------------------------------------------------------------------


def test_who_asks_for_polling_gets_it_and_is_told_nothing() -> None:
    supervisor = Supervisor("/notes", rescan_every=300.0, poll=2.0)
    assert supervisor.begin(seen(0.0), SILENT) == Decision(step=Step.POLL)
    supervisor.looked(0.0, 30.0)
    assert steps(supervisor, seen(1.0), seen(2.0), seen(3.0)) == [Step.GO_ON, Step.RESCAN, Step.RESCAN]


def test_a_drive_that_tells_nothing_is_polled_and_that_is_said() -> None:
    supervisor = Supervisor("/notes", rescan_every=300.0)
    decision = supervisor.begin(seen(0.0), SILENT)
    assert decision.step is Step.POLL
    assert decision.notice == f"{SILENT.because}, so the vault is looked at every 10 seconds; {SILENT.advice}"
    supervisor.looked(0.0, 0.1)
    assert steps(supervisor, *(seen(float(at)) for at in (9, 10))) == [Step.GO_ON, Step.RESCAN]


def test_a_vault_that_takes_long_to_look_at_is_looked_at_less_often() -> None:
    supervisor = begun(deafness=SILENT)
    supervisor.looked(10.0, 3.0)
    assert steps(supervisor, seen(69.0), seen(70.0)) == [Step.GO_ON, Step.RESCAN]


def test_what_may_pass_is_tried_again_and_said_once() -> None:
    supervisor = begun()
    assert supervisor.cannot_listen(PASSING, 10.0).notice
    supervisor.looked(10.0, 0.1)
    assert steps(supervisor, seen(20.0), seen(309.0), seen(310.0)) == [Step.RESCAN, Step.RESCAN, Step.LISTEN]
    assert not supervisor.is_polling
    assert supervisor.cannot_listen(PASSING, 310.0) == Decision(step=Step.POLL)
    assert supervisor.is_polling


def test_too_many_folders_are_tried_again_without_a_word() -> None:
    supervisor = begun()
    deaf = frozenset({"A"})
    supervisor.cannot_listen(TOO_MANY_FOLDERS, 0.0)
    assert supervisor.decide(seen(300.0)).step is Step.LISTEN
    told = [supervisor.decide(seen(300.0 + at, unheard=deaf)) for at in range(1, 5)]
    assert [one.notice for one in told] == [None] * 4
    assert told[-1].step is Step.POLL


def test_what_does_not_pass_is_not_tried_again() -> None:
    supervisor = begun(deafness=SILENT)
    assert Step.LISTEN not in steps(supervisor, *(seen(float(at)) for at in range(100, 5000, 100)))


def test_a_polled_vault_that_comes_back_is_looked_at_and_polled_again() -> None:
    supervisor = begun(poll=5.0)
    assert steps(supervisor, seen(1.0, identity=None), seen(2.0)) == [Step.WAIT, Step.RESCAN]


# --- Time ------------------------------------------------------------------------------------------------------------


def test_at_midnight_everything_is_looked_at() -> None:
    supervisor = begun()
    evening = seen(1.0, now=dt.datetime(2026, 11, 23, 23, 59, 59))
    supervisor.decide(evening)
    assert steps(supervisor, seen(2.0, now=dt.datetime(2026, 11, 24))) == [Step.RESCAN]


@pytest.mark.parametrize("jump", [dt.timedelta(hours=8), dt.timedelta(seconds=-90)])
def test_after_a_sleep_or_when_the_clock_was_set_everything_is_looked_at(jump: dt.timedelta) -> None:
    supervisor = begun()
    assert steps(supervisor, seen(1.0), seen(2.0, now=NOON + jump)) == [Step.GO_ON, Step.RESCAN]


def test_a_clock_that_counts_whole_seconds_is_no_sleep() -> None:
    supervisor = begun()
    story = [seen(at / 3, now=NOON + dt.timedelta(seconds=at // 3)) for at in range(30)]
    assert set(steps(supervisor, *story)) == {Step.GO_ON}


# --- All of it -------------------------------------------------------------------------------------------------------

anything = st.builds(
    seen,
    at=st.just(0.0),
    identity=st.sampled_from([None, (1, 7), (1, 7), (1, 8)]),
    refusal=st.sampled_from([None, None, None, "permission denied"]),
    is_empty=st.booleans(),
    is_alive=st.sampled_from([True, True, False]),
    is_lossy=st.sampled_from([False, False, True]),
    unheard=st.sampled_from([frozenset(), frozenset({"A"})]),
)


@given(story=st.lists(anything, max_size=40), poll=st.sampled_from([None, 5.0]))
def test_after_any_troubles_a_vault_that_is_well_again_is_looked_at_and_watched(
    story: list[Seen], poll: float | None
) -> None:
    supervisor = begun(poll=poll)
    troubled = False
    for number, one in enumerate(story):
        decision = supervisor.decide(seen(float(number), **{name: getattr(one, name) for name in STORY}))
        troubled = decision.step is Step.WAIT
        assert troubled == bool(one.identity is None or one.refusal) or one.is_empty
    well = [supervisor.decide(seen(float(len(story) + number))).step for number in range(3)]
    assert Step.WAIT not in well
    assert not troubled or well[0] in {Step.LISTEN, Step.RESCAN}


STORY = ("identity", "refusal", "is_empty", "is_alive", "is_lossy", "unheard")
