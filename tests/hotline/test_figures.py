"""How fast it went: in working time, by person, and what counts as in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.hotline.figures import Figures, Handled, Speed, figures
from bot.hours import words
from bot.hours.live import LiveHours
from bot.hours.port import AlwaysOpen
from bot.rooms import hours
from bot.storage.database import Database
from bot.storage.hotline_past import PastRepository
from tests.fakes import SetClock
from tests.hours.factories import at

from .cast import Hotline, handed_over


def handled(name: str, begun: str, answered: str = "", closed: str = "") -> Handled:
    times = [at(text) if text else None for text in (answered, closed)]
    return Handled(name, "", at(begun), *times)


def live(database: Database) -> LiveHours:
    return hours.services(database.sessions, SetClock()).live


def test_lunch_and_night_do_not_count(database: Database) -> None:
    past = [
        handled("甲", "2026-03-02 11:25", "2026-03-02 13:35", "2026-03-03 09:00"),
        handled("甲", "2026-03-02 10:00", "2026-03-02 10:20", "2026-03-02 16:00"),
        handled("乙", "2026-03-02 10:00"),
    ]

    everybody, one, two = figures(past, live(database))

    assert words.default_hours().targets.first == 10
    assert everybody == Figures("", 3, Speed(2, 15, 50), Speed(2, 242, 0))
    assert (one.name, one.first) == ("乙", Speed(0, None, None))
    assert (two.name, two.handovers, two.first) == ("甲", 2, Speed(2, 15, 50))


def test_what_nobody_answered_was_not_resolved(database: Database) -> None:
    (everybody,) = figures([handled("", "2026-03-02 10:00", "", "2026-03-02 10:30")], live(database))

    assert everybody == Figures("", 1, Speed(0, None, None), Speed(0, None, None))


def test_without_targets_nothing_is_late() -> None:
    everybody, _ = figures([handled("甲", "2026-03-02 10:00", "2026-03-02 12:00")], AlwaysOpen())

    assert everybody.first == Speed(1, 120, None)


async def test_past_is_read_since_a_moment(here: Hotline, database: Database) -> None:
    moment: datetime = here.clock()
    await handed_over(database, moment)
    await handed_over(database, moment - timedelta(days=8), sender="another")

    found = await PastRepository(database.sessions).since(moment - timedelta(days=7), 9)

    assert [one.begun_at for one in found] == [moment]
