"""Reads what was said and done in a worker's conversation, for those who take it over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.assistant.port import Reply
from bot.hotline.model import Answer, Case, Delivery, Event, Heard, Kind, Story, Written
from bot.storage.hotline_tables import DeskEvent, DeskMessage
from bot.storage.tables import ConversationState, Exchange, Outgoing
from bot.wechat.quota import MESSAGE_LASTS

_MOST = 200
"""Messages that are shown; older ones are in the handovers before."""

_STATED = "stated"
"""The slot in which the actions keep what a worker told about himself."""

_WINDOW, _QUOTA = 45015, 45047
_WORST = (
    Delivery.FAILED,
    Delivery.CLOSED_WINDOW,
    Delivery.NO_QUOTA,
    Delivery.PARKED,
    Delivery.UNKNOWN,
    Delivery.QUEUED,
    Delivery.SHOWN,
    Delivery.SENT,
)


async def story_of(session: AsyncSession, case: Case, earlier: tuple[Case, ...]) -> Story:
    """All that is kept, the oldest first."""
    own = (Exchange.channel == case.channel, Exchange.sender == case.sender)
    said = list(await session.scalars(select(Exchange).where(*own).order_by(Exchange.id.desc()).limit(_MOST)))[::-1]
    of = DeskMessage.conversation == case.conversation
    sent = list(await session.scalars(select(DeskMessage).where(of).order_by(DeskMessage.id.desc()).limit(_MOST)))[::-1]
    letters = await session.scalars(select(Outgoing).where(Outgoing.desk_message_id.in_([row.id for row in sent])))
    carried: dict[int, list[Outgoing]] = {}
    for letter in letters:
        carried.setdefault(letter.desk_message_id or 0, []).append(letter)
    done = select(DeskEvent).where(DeskEvent.conversation == case.conversation).order_by(DeskEvent.id)
    events = [Event(row.at, Kind(row.kind), row.user_name, row.text) for row in await session.scalars(done)]
    state = await session.scalar(
        select(ConversationState.state).where(ConversationState.conversation == case.conversation)
    )
    heard_at = [row.received_at for row in said if not row.event]
    return Story(
        tuple(map(_heard, said)),
        tuple(_written(row, carried, heard_at) for row in sent),
        tuple(events),
        earlier,
        _facts(state),
    )


class _Event(msgspec.Struct, frozen=True):
    """What is read of the assistant's state."""

    event: str
    name: str | None = None
    value: Any = None


def _facts(state: bytes | None) -> Mapping[str, bool | str]:
    """What the worker stated, by slot; nothing where the state is not of the kind that the assistant keeps now."""
    if state is None:
        return {}
    try:
        events = msgspec.json.decode(state, type=list[_Event])
        kept = [one.value for one in events if one.event == "slot" and one.name == _STATED]
        return msgspec.convert((kept[-1] if kept else None) or {}, dict[str, bool | str])
    except msgspec.MsgspecError:
        return {}


def _heard(row: Exchange) -> Heard:
    reply = None if row.reply is None else msgspec.json.decode(row.reply, type=Reply)
    text = "\n".join(message.text for message in reply.messages) if reply else ""
    answer = Answer(text, row.intent, row.label, row.confidence, row.urgent) if text else None
    return Heard(row.id, row.received_at, row.text, row.canned, answer, bool(row.media))


def _written(row: DeskMessage, carried: Mapping[int, list[Outgoing]], heard_at: list[datetime]) -> Written:
    letters = carried.get(row.id, [])
    open_ = any(row.at - MESSAGE_LASTS < at <= row.at for at in heard_at)
    return Written(row.at, row.user_name, row.text, _worst(_delivery(one, open_) for one in letters))


def _worst(found: Iterable[Delivery]) -> Delivery:
    known = set(found)
    return next((one for one in _WORST if one in known), Delivery.FORGOTTEN)


def _delivery(letter: Outgoing, open_: bool) -> Delivery:
    """Why it is parked: WeChat said so, or our own count of what it allows did before it was asked."""
    if letter.state == "sending":
        return Delivery.QUEUED
    if letter.state != "parked" or not letter.attempts:
        return Delivery(letter.state)
    if letter.code == _WINDOW or (letter.code is None and not open_):
        return Delivery.CLOSED_WINDOW
    return Delivery.NO_QUOTA if letter.code in (_QUOTA, None) else Delivery.PARKED
