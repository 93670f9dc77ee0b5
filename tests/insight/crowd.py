"""Messages of many workers, as they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert

from bot.insight.model import Seen
from bot.storage.database import Database
from bot.storage.tables import Exchange
from tests.fakes import NOON

ASKED = "年金谁出钱，我的电话13812345678"


def seen(number: int, worker: str, label: str | None = "annuity", **changes: object) -> Seen:
    """A question an hour ago that was answered."""
    values = {"at": NOON - timedelta(hours=1), "intent": "ask", "canned": None, "urgent": None, **changes}
    return Seen(number, worker=worker, label=label, **values)  # type: ignore[arg-type]


def row(worker: int, at: datetime, **changes: object) -> dict[str, object]:
    """The same as it is kept."""
    return {
        "channel": "wechat",
        "sender": f"worker{worker}",
        "key": f"{at.isoformat()}{len(changes)}{changes.get('label', '')}{changes.get('text', '')}",
        "text": ASKED,
        "event": False,
        "received_at": at,
        "replied_at": at,
        "intent": "ask",
        "label": "annuity",
        "canned": None,
        "urgent": None,
        **changes,
    }


async def store(database: Database, rows: Iterable[dict[str, object]]) -> None:
    """Keep them."""
    async with database.sessions.begin() as session:
        await session.execute(insert(Exchange), list(rows))
