"""Finds among the recorded messages what was not answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, exists, select

from bot.assistant.port import Reply
from bot.conversation.burst import joined
from bot.feedback.model import Verdict
from bot.storage.feedback_tables import Feedback
from bot.storage.hotline_tables import DeskConversation
from bot.storage.tables import Exchange, table_of
from bot.storage.unanswered_tables import UnansweredQuestion
from bot.unanswered.model import Found, Gathered, Kind, Round

_SAME_CONVERSATION = timedelta(minutes=30)
_SOURCE = "依据:"
_TABLE = table_of(Exchange)
_KEPT = exists().where(UnansweredQuestion.exchange_id == _TABLE.c.id)
_COLUMNS = (
    _TABLE.c.id,
    _TABLE.c.channel,
    _TABLE.c.sender,
    _TABLE.c.received_at,
    _TABLE.c.text,
    _TABLE.c.fragment,
    _TABLE.c.intent,
    _TABLE.c.label,
    _TABLE.c.urgent,
    _TABLE.c.reply,
)
_ASKED = (_TABLE.c.canned.is_(None), _TABLE.c.replied_at.is_not(None))
_UNANSWERED = ("oos", "clarify", "handoff")
_NO_QUESTION = ("choose", "more", "chat")
_NOT_REFERRED = ("unknown", "far", None)
"""Labels of what nobody is named for in particular."""


def gather(connection: Connection, before: Round, settled: datetime, most: int) -> Gathered:
    """See bot.unanswered.ports.Mined."""
    query = select(*_COLUMNS).where(*_ASKED, _TABLE.c.id > before.mark, _TABLE.c.intent.in_(_UNANSWERED), ~_KEPT)
    rows = connection.execute(query.order_by(_TABLE.c.id).limit(most)).all()
    last = select(_TABLE.c.id).where(_TABLE.c.received_at < settled).order_by(_TABLE.c.received_at.desc()).limit(1)
    mark = max(connection.scalar(last) or 0, before.mark)
    if len(rows) == most:
        mark = min(mark, rows[-1].id)
    recorded = (one for row in rows for one in _found(connection, row, settled))
    useless, (wanted, handovers) = list(_useless(connection, most)), _handed_over(connection, before, most)
    found: dict[int, Found] = {}
    for one in (*recorded, *useless, *wanted):
        found.setdefault(one.exchange, one)
    more = (len(rows) == most and rows[-1].id <= mark) or len(useless) == most
    return Gathered(tuple(found[number] for number in sorted(found)), mark, handovers, more)


def _found(connection: Connection, row: Row[Any], settled: datetime) -> Iterator[Found]:
    if row.intent == "handoff":
        yield from _before(connection, row)
    elif not _said(row):
        return  # A fragment: it stands before the message that took it up.
    elif row.intent == "oos":
        yield _question(row, Kind.FALLBACK if row.label in _NOT_REFERRED else Kind.REFERRED)
    elif _left_open(connection, row, settled):
        yield _question(row, Kind.CLARIFY)


def _before(connection: Connection, row: Row[Any]) -> Iterator[Found]:
    """What a worker had asked right before he wanted a person."""
    yield from _last(connection, row.channel, row.sender, row.received_at)


def _handed_over(connection: Connection, before: Round, most: int) -> tuple[list[Found], int]:
    """What was asked right before each handover to the desk, and the last one of these."""
    columns = (DeskConversation.id, DeskConversation.conversation, DeskConversation.begun_at)
    query = select(*columns).where(DeskConversation.id > before.handovers, DeskConversation.urgent.is_(None))
    rows = connection.execute(query.order_by(DeskConversation.id).limit(most)).all()
    pairs = [(row.conversation.partition(":"), row.begun_at) for row in rows]
    found = [one for (channel, _, sender), at in pairs for one in _last(connection, channel, sender, at)]
    return found, rows[-1].id if rows else before.handovers


def _last(connection: Connection, channel: str, sender: str, at: datetime) -> Iterator[Found]:
    """The question that a worker had asked last in a conversation, unless it is kept already or was urgent."""
    asked = (_TABLE.c.intent.is_not(None), _TABLE.c.received_at.between(at - _SAME_CONVERSATION, at))
    query = select(*_COLUMNS, _KEPT.label("kept"))
    query = query.where(_TABLE.c.channel == channel, _TABLE.c.sender == sender, *_ASKED, *asked)
    query = query.where(_TABLE.c.intent != "handoff").order_by(_TABLE.c.id.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    if row is not None and not row.kept and row.urgent is None and row.intent not in _NO_QUESTION:
        yield _question(row, Kind.HANDOVER)


def _left_open(connection: Connection, row: Row[Any], settled: datetime) -> bool:
    """Whether nothing was chosen from a menu; as long as that may still happen, it is not said yet."""
    query = select(*_COLUMNS).where(*_of(row), _TABLE.c.replied_at.is_not(None), _TABLE.c.id > row.id)
    later = connection.execute(query.order_by(_TABLE.c.id).limit(1)).one_or_none()
    if later is None:
        return bool(row.received_at < settled)
    if later.received_at - row.received_at > _SAME_CONVERSATION:
        return True
    tapped = any(later.text.strip() in message.options for message in _reply(row).messages)
    answered = any(line.startswith(_SOURCE) for one in _reply(later).messages for line in one.text.split("\n"))
    return not (answered and (tapped or later.intent == "choose"))


def _useless(connection: Connection, most: int) -> Iterator[Found]:
    of_exchange = Feedback.exchange_id == _TABLE.c.id
    unhelpful = Feedback.verdict == Verdict.UNHELPFUL.value
    query = select(*_COLUMNS).join(Feedback, of_exchange).where(unhelpful, ~_KEPT).order_by(_TABLE.c.id).limit(most)
    for row in connection.execute(query).all():
        found = _question(row, Kind.UNHELPFUL)
        # A number from a menu says nothing; what it was chosen for does.
        asked = _asked_before(connection, row) if row.intent == "choose" else None
        yield found if asked is None else replace(found, text=joined(asked.fragment, asked.text))


def _asked_before(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    since = row.received_at - _SAME_CONVERSATION
    query = select(*_COLUMNS).where(*_of(row), *_ASKED, _TABLE.c.id < row.id, _TABLE.c.received_at >= since)
    query = query.where(_TABLE.c.intent.not_in(_NO_QUESTION)).order_by(_TABLE.c.id.desc()).limit(1)
    return connection.execute(query).one_or_none()


def _of(row: Row[Any]) -> tuple[Any, Any]:
    return _TABLE.c.channel == row.channel, _TABLE.c.sender == row.sender


def _question(row: Row[Any], kind: Kind) -> Found:
    return Found(row.id, row.channel, row.sender, row.received_at, joined(row.fragment, row.text), kind)


def _said(row: Row[Any]) -> bool:
    return bool(_reply(row).messages)


def _reply(row: Row[Any]) -> Reply:
    return msgspec.json.decode(row.reply, type=Reply)
