"""What the desk puts beside the reply to a message: the worker begins to wait, writes while he does, or no longer wants to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Connection, String, and_, bindparam, case, func, insert, select, update

from bot.conversation.ports import Outdated, Waiting
from bot.hotline.model import CANCELLED, Kind, Priority, Reason, State
from bot.hotline.ports import Begun, Spoke, Withdrew
from bot.storage.hotline_tables import DeskConversation, DeskEvent
from bot.storage.outgoing import sender_of
from bot.storage.tables import Exchange, table_of
from bot.storage.upsert import inserts_if_new

_URGENT_FOR = timedelta(hours=1)
"""Who asks for a person so soon after something urgent asks because of it."""

_TABLE, _EVENTS, _EXCHANGE = table_of(DeskConversation), table_of(DeskEvent), table_of(Exchange)
_COLUMNS = (
    "conversation",
    "state",
    "reason",
    "priority",
    "urgent",
    "team",
    "begun_at",
    "waiting_since",
    "owner_name",
    "version",
    "changes",
    "unread",
    "worker_at",
    "told_at",
    "due_at",
    "tags",
    "outcome",
)
_BEGIN = inserts_if_new(_TABLE, _COLUMNS, _TABLE.c.id)
_URGENT = (
    select(_EXCHANGE.c.urgent)
    .where(
        _EXCHANGE.c.channel == bindparam("of_channel"),
        _EXCHANGE.c.sender == bindparam("of_sender"),
        _EXCHANGE.c.urgent.is_not(None),
        _EXCHANGE.c.received_at > bindparam("since"),
    )
    .order_by(_EXCHANGE.c.id.desc())
    .limit(1)
)
_OPEN = and_(_TABLE.c.id == bindparam("of"), _TABLE.c.state == bindparam("stage"), _TABLE.c.closed_at.is_(None))
_NEW_URGENT = bindparam("new_urgent", type_=String)
_SPOKE = (
    update(_TABLE)
    .where(_OPEN)
    .values(
        worker_at=bindparam("at"),
        unread=_TABLE.c.unread + 1,
        changes=_TABLE.c.changes + 1,
        # What is not answered yet keeps the time by which it has to be.
        due_at=case(
            (
                and_(_TABLE.c.state == State.AGENT.value, _TABLE.c.unread == 0),
                bindparam("due", type_=_TABLE.c.due_at.type),
            ),
            else_=_TABLE.c.due_at,
        ),
        urgent=func.coalesce(_NEW_URGENT, _TABLE.c.urgent),
        priority=case((_NEW_URGENT.is_not(None), int(Priority.URGENT)), else_=_TABLE.c.priority),
        told_at=case(
            (bindparam("told", type_=Boolean), bindparam("at", type_=_TABLE.c.told_at.type)), else_=_TABLE.c.told_at
        ),
    )
    .returning(_TABLE.c.id)
)
_WITHDRAW = (
    update(_TABLE)
    .where(_OPEN)
    .values(
        state=State.CLOSED.value,
        outcome=CANCELLED,
        closed_at=bindparam("at"),
        version=_TABLE.c.version + 1,
        changes=_TABLE.c.changes + 1,
        due_at=None,
    )
    .returning(_TABLE.c.id)
)


def begin(connection: Connection, message: Waiting, begun: Begun, at: datetime) -> None:
    """Let the worker wait for a person; nothing where he does already."""
    recent = {**sender_of(message.said), "since": at - _URGENT_FOR}
    urgent = connection.scalar(_URGENT, recent)
    row = {
        "conversation": message.said.conversation,
        "state": State.WAITING.value,
        "reason": (begun.reason if urgent is None else Reason.URGENT).value,
        "priority": int(Priority.NORMAL if urgent is None else Priority.URGENT),
        "urgent": urgent,
        "team": begun.team,
        "begun_at": at,
        "waiting_since": at,
        "owner_name": "",
        "version": 1,
        "changes": 1,
        "unread": 1,
        "worker_at": at,
        "told_at": at,
        "due_at": begun.due_at,
        "tags": "[]",
        "outcome": "",
    }
    new = connection.scalar(_BEGIN[connection.dialect.name], row)
    if new is not None:
        _add_event(connection, new, message, Kind.BEGUN, at)


def spoke(connection: Connection, message: Waiting, spoke: Spoke, at: datetime) -> None:
    """Take note of a message; Outdated where the conversation went to somebody else, or ended."""
    values: dict[str, Any] = {
        "of": spoke.handover,
        "stage": spoke.state,
        "at": at,
        "due": spoke.due_at,
        "new_urgent": spoke.urgent,
        "told": spoke.told,
    }
    if connection.scalar(_SPOKE, values) is None:
        raise Outdated


def withdraw(connection: Connection, message: Waiting, withdrew: Withdrew, at: datetime) -> None:
    """End the waiting; Outdated where somebody has claimed the conversation."""
    values = {"of": withdrew.handover, "stage": State.WAITING.value, "at": at}
    if connection.scalar(_WITHDRAW, values) is None:
        raise Outdated
    _add_event(connection, withdrew.handover, message, Kind.CLOSED, at, CANCELLED)


def _add_event(
    connection: Connection, handover: int, message: Waiting, kind: Kind, at: datetime, text: str = ""
) -> None:
    own = {"handover_id": handover, "conversation": message.said.conversation, "at": at, "kind": kind.value}
    connection.execute(insert(_EVENTS), {**own, "user_id": None, "user_name": "", "text": text})
