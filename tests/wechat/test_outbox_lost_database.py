"""What was sent is recorded as sent, whatever becomes of the database meanwhile."""

from __future__ import annotations

from bot.storage.database import Database
from tests.fakes import SetClock

from .fake_api import FakeAPI
from .post_office import opened


async def test_letter_that_was_sent_is_recorded_when_the_database_is_back(database: Database) -> None:
    api = FakeAPI()
    async with opened(database, SetClock(), api) as office:
        record, failing = office.outbox.record, 3

        async def lost(*arguments: object) -> None:
            nonlocal failing
            failing -= 1
            if failing >= 0:
                raise OSError("gone")
            await record(*arguments)  # type: ignore[arg-type]

        office.outbox.record = lost  # type: ignore[method-assign,assignment]
        await office.late("答案")
        await office.sender.send_due()

        assert await office.rows() == [("sent", 0)]
        assert len(api.sent) == 1
