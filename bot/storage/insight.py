"""Reads messages for the reports on what workers need, and keeps the reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import and_, or_, select

from bot.insight.model import HELPFUL, Handed, Judged, Report, Seen
from bot.storage.feedback_tables import Feedback
from bot.storage.hotline_tables import DeskConversation
from bot.storage.insight_tables import InsightReport
from bot.storage.privacy import PrivacyRepository
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange

CHORE = "insight"
EVERY = timedelta(hours=1)

_SEEN = (
    Exchange.id,
    Exchange.received_at,
    (Exchange.channel + ":" + Exchange.sender).label("worker"),
    Exchange.intent,
    Exchange.label,
    Exchange.canned,
    Exchange.urgent,
)


class MessagesSeen:
    """See bot.insight.ports.Messages."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(self, after: tuple[datetime, int], until: datetime, most: int) -> Sequence[Seen]:
        """See the port. What followers did without a question is no message."""
        moment, number = after
        later = or_(Exchange.received_at > moment, and_(Exchange.received_at == moment, Exchange.id > number))
        asked = or_(~Exchange.event, Exchange.canned.is_(None))
        query = select(*_SEEN).where(
            Exchange.received_at >= moment, Exchange.received_at < until, later, Exchange.replied_at.is_not(None), asked
        )
        async with self._sessions() as session:
            rows = await session.execute(query.order_by(Exchange.received_at, Exchange.id).limit(most))
            return [Seen(*row) for row in rows]

    async def texts(self, messages: Sequence[int]) -> Sequence[str]:
        """See the port."""
        async with self._sessions() as session:
            return list(await session.scalars(select(Exchange.text).where(Exchange.id.in_(messages))))


class OthersSeen:
    """See bot.insight.ports.Others."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def judged(self, since: datetime, until: datetime) -> Sequence[Judged]:
        """See the port."""
        worker = Feedback.channel + ":" + Feedback.sender
        columns = (Feedback.asked_at, worker, Feedback.exchange_id, Feedback.verdict, Feedback.reason)
        of_period = (Feedback.asked_at >= since, Feedback.asked_at < until, Feedback.verdict.is_not(None))
        async with self._sessions() as session:
            rows = await session.execute(select(*columns).where(*of_period))
            return [
                Judged(at, worker, message, HELPFUL if verdict == HELPFUL else reason or verdict)
                for at, worker, message, verdict, reason in rows
            ]

    async def handed(self, since: datetime, until: datetime) -> Sequence[Handed]:
        """See the port."""
        columns = (DeskConversation.begun_at, DeskConversation.conversation, DeskConversation.first_answer_at)
        of_period = (DeskConversation.begun_at >= since, DeskConversation.begun_at < until)
        async with self._sessions() as session:
            return [Handed(*row) for row in await session.execute(select(*columns).where(*of_period))]


class ReportRepository:
    """See bot.insight.ports.Reports."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def begin(self, until: datetime) -> bool:
        """See the port."""
        return await PrivacyRepository(self._sessions).claim(CHORE, until, EVERY)

    async def put(self, report: Report) -> None:
        """See the port."""
        row = InsightReport(days=report.days, until=report.until, content=msgspec.json.encode(report).decode())
        async with self._sessions.begin() as session:
            await session.merge(row)

    async def get(self, days: int) -> Report | None:
        """See the port."""
        async with self._sessions() as session:
            row = await session.get(InsightReport, days)
        return None if row is None else msgspec.json.decode(row.content, type=Report)
