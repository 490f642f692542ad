"""Each warning is told once when it begins, and once when it is over."""

import datetime as dt
from collections.abc import Callable

import pytest

from trayapp.meter.episodes import Alarm, Episodes, State
from trayapp.model.snapshot import Notice

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


class Story:
    """Episodes told by seconds: what holds then, and what was told and shown."""

    def __init__(self) -> None:
        self.episodes = Episodes(7)
        self.told: list[tuple[float, Notice]] = []
        self.now = 0.0

    def at(self, now: float, *alarms: Alarm, quiet: bool = False, held: int = 0) -> None:
        """Let *alarms* hold at second *now*."""
        self.now = now
        at = NOON + dt.timedelta(seconds=now)
        self.told += [
            (now, notice) for notice in self.episodes.step(alarms, now, at, quiet=quiet, held=held)
        ]

    @property
    def beginnings(self) -> list[float]:
        return [now for now, notice in self.told if notice.ended_at is None]

    @property
    def ends(self) -> list[float]:
        return [now for now, notice in self.told if notice.ended_at is not None]

    @property
    def shown(self) -> list[int]:
        return [notice.id for notice in self.episodes.notices(self.now)]


@pytest.fixture
def story() -> Story:
    return Story()


def level(state: State = "raised", used: float = 0.85, meter: str = "requests") -> Alarm:
    """A meter's level."""
    return Alarm("level", pool="pool", meter=meter, facts={"used": used}, state=state)


def test_a_warning_is_told_once(story: Story) -> None:
    """However long it holds, and whatever its numbers are meanwhile."""
    for second in range(100):
        story.at(second, level(used=0.8 + second / 1000))

    assert story.beginnings == [0]
    assert story.shown == [7]
    assert story.episodes.notices(99)[0].facts == {"used": 0.899}


def test_its_end_is_told_once_it_was_calm_for_a_while(story: Story) -> None:
    """Fifteen seconds below, and it is over; how many wait is told with it."""
    story.at(0, level())
    for second in range(1, 40):
        story.at(second, level("calm", used=0.3), held=2)

    assert story.ends == [16]
    assert story.told[-1][1].facts == {"used": 0.3, "held": 2}


def test_what_nearly_holds_keeps_an_episode_and_begins_none(story: Story) -> None:
    """Between two thresholds nothing begins, and nothing ends."""
    story.at(0, level("kept"))
    assert story.told == []

    story.at(1, level())
    for second in range(2, 100):
        story.at(second, level("kept"))

    assert (story.beginnings, story.ends) == ([1], [])


def test_a_moment_of_calm_ends_nothing(story: Story) -> None:
    """Ten seconds below and up again is one episode."""
    story.at(0, level())
    story.at(1, level("calm"))
    story.at(10, level())
    story.at(11, level("calm"))
    story.at(20, level("calm"))

    assert (story.beginnings, story.ends) == ([0], [])


def test_what_comes_back_soon_is_the_same_episode(story: Story) -> None:
    """A limit used to the brim comes and goes by the minute: neither is told again."""
    for minute in range(6):
        story.at(60 * minute, level())
        story.at(60 * minute + 20, level("calm"))
        story.at(60 * minute + 40, level("calm"))

    assert (story.beginnings, story.ends) == ([0], [40])


def test_what_comes_back_is_shown_again(story: Story) -> None:
    """It is told to nobody, and is there for whoever looks."""
    story.at(0, level())
    story.at(1, level("calm"))
    story.at(20, level("calm"))
    story.at(90, level("kept"))
    assert story.shown == []

    story.at(100, level())

    assert story.shown == [7]
    assert story.episodes.notices(100)[0].ended_at is None


def test_what_comes_back_late_is_another_episode(story: Story) -> None:
    """Ten minutes after its end the same is news again."""
    story.at(0, level())
    story.at(1)
    story.at(20)
    story.at(700)
    story.at(701, level())

    assert story.beginnings == [0, 701]
    assert [notice.id for _, notice in story.told] == [7, 7, 8]


def test_an_end_is_shown_for_a_minute(story: Story) -> None:
    """Long enough for everyone who draws it to have told it."""
    story.at(0, level())
    story.at(1)
    story.at(20)
    assert story.shown == [7]

    story.at(80)

    assert story.shown == []


def test_quiet_hours_hold_their_tongue(story: Story) -> None:
    """What is over by their end is never told."""
    story.at(0, level(), quiet=True)
    story.at(1, quiet=True)
    story.at(20, quiet=True)
    story.at(30)

    assert (story.told, story.shown) == ([], [])


def test_what_outlasts_quiet_hours_is_told_at_their_end(story: Story) -> None:
    """Then it is still worth knowing."""
    story.at(0, level(), quiet=True)
    story.at(100, level())

    assert story.beginnings == [100]


def test_an_end_in_quiet_hours_is_told_after_them(story: Story) -> None:
    """Who was told of the beginning is told of the end."""
    story.at(0, level())
    story.at(1, quiet=True)
    story.at(20, quiet=True)
    assert story.ends == []

    story.at(30)

    assert story.ends == [30]


def test_a_moment_has_no_end_to_tell(story: Story) -> None:
    """It is shown while it lasts, and then it is gone."""
    calm = Alarm("calm", "healthy", moment=True)
    story.at(0, calm)
    assert story.shown == [7]
    story.at(1)
    story.at(20)

    assert (story.beginnings, story.ends, story.shown) == ([0], [], [])


@pytest.mark.parametrize(
    "other",
    [
        lambda: level(meter="input_tokens"),
        lambda: Alarm("slope", pool="pool", meter="requests"),
        lambda: Alarm("level", pool="other", meter="requests"),
        lambda: Alarm("level", pool="pool", meter="requests", subject="x"),
    ],
)
def test_other_rules_meters_and_subjects_are_other_episodes(
    story: Story, other: Callable[[], Alarm]
) -> None:
    """Each has its own beginning."""
    story.at(0, level(), other())

    assert story.shown == [7, 8]


def test_a_rising_level_is_the_same_episode(story: Story) -> None:
    """The notice tells the level that is."""
    story.at(0, level())
    story.at(1, Alarm("level", "critical", "pool", "requests"))

    assert [notice.level for notice in story.episodes.notices(1)] == ["critical"]
    assert len(story.told) == 1


def test_it_is_known_whether_anything_goes_on(story: Story) -> None:
    """Once all is over time alone changes nothing."""
    over = [story.episodes.are_over]
    for second, alarms in ((0, [level()]), (1, []), (20, [])):
        story.at(second, *alarms)
        over.append(story.episodes.are_over)

    assert over == [True, False, False, True]
    assert repr(story.episodes) == "<Episodes 1>"
