"""The statements of bot.storage.exchanges, made once: to make one takes longer than to execute it."""

from __future__ import annotations

from sqlalchemy import Boolean, and_, bindparam, exists, null, or_, select, update

from bot.storage.outgoing import ANY_OWED
from bot.storage.tables import Exchange, table_of
from bot.storage.upsert import inserts_if_new

_TABLE = table_of(Exchange)
_EARLIER = _TABLE.alias("earlier")
_OPEN = _TABLE.c.replied_at.is_(None)
_THIS = _TABLE.c.id == bindparam("exchange")
_OF_SENDER = (_TABLE.c.channel == bindparam("of_channel"), _TABLE.c.sender == bindparam("of_sender"))
_FREE = or_(
    _TABLE.c.owner == bindparam("of_owner"),
    and_(
        bindparam("others", type_=Boolean),
        or_(_TABLE.c.leased_until.is_(None), _TABLE.c.leased_until < bindparam("now")),
    ),
)
_NOT_FIRST = (
    exists()
    .where(
        _EARLIER.c.channel == _TABLE.c.channel,
        _EARLIER.c.sender == _TABLE.c.sender,
        _EARLIER.c.replied_at.is_(None),
        _EARLIER.c.id < _TABLE.c.id,
    )
    .correlate(_TABLE)
)

_RECEIVED = ("channel", "sender", "key", "text", "canned", "event", "media", "received_at", "owner", "leased_until")
_ANY_OPEN = exists().where(
    _EARLIER.c.channel == bindparam("of_channel"),
    _EARLIER.c.sender == bindparam("of_sender"),
    _EARLIER.c.replied_at.is_(None),
)
RECORD = {
    # A statement of PostgreSQL does not see the row that it adds itself.
    "postgresql": inserts_if_new(_TABLE, _RECEIVED, _TABLE.c.id, or_(_ANY_OPEN, ANY_OWED).label("busy"))["postgresql"],
    "sqlite": inserts_if_new(_TABLE, _RECEIVED, _TABLE.c.id, null().label("busy"))["sqlite"],
}
"""Gives nothing for a repeat. `busy`: its turn has not come, or does not begin with nothing owed; NULL: see BUSY."""

BUSY = select(or_(_ANY_OPEN.where(_EARLIER.c.id < bindparam("exchange")), ANY_OWED))
REPEAT = (
    update(_TABLE)
    .where(*_OF_SENDER, _TABLE.c.key == bindparam("of_key"))
    .values(deliveries=_TABLE.c.deliveries + 1)
    .returning(_TABLE.c.id, _TABLE.c.deliveries, _TABLE.c.reply, _TABLE.c.late)
)
FIND = select(
    _TABLE.c.reply,
    _TABLE.c.late,
    _TABLE.c.owner,
    _TABLE.c.fragment,
    and_(_FREE, ~_NOT_FIRST).label("ready"),
).where(_THIS)
READY = select(_TABLE.c.id, or_(~_OPEN, and_(_FREE, ~_NOT_FIRST)).label("ready")).where(
    _TABLE.c.id.in_(bindparam("exchanges", expanding=True))
)
LEASE = update(_TABLE).where(_THIS).values(owner=bindparam("new_owner"), leased_until=bindparam("new_until"))
FINISH = (
    update(_TABLE)
    .where(_THIS, _TABLE.c.owner == bindparam("of_owner"), _OPEN)
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("reply", "replied_at", "late", "intent", "label", "confidence", "urgent")
        }
    )
    .returning(_TABLE.c.id)
)
RECORDED = select(_TABLE.c.reply, _TABLE.c.late).where(
    _THIS, _TABLE.c.owner == bindparam("of_owner"), _TABLE.c.reply.is_not(None)
)
JOIN = update(_TABLE).where(_THIS, _OPEN).values(fragment=bindparam("new_fragment")).returning(_TABLE.c.id)
LATE = select(_TABLE.c.late).where(_THIS)
NO_LONGER_LATE = update(_TABLE).where(_THIS).values(late=False)
MAKE_LATE = (
    update(_TABLE)
    .where(_THIS, _TABLE.c.deliveries == bindparam("delivery"), ~_TABLE.c.late)
    .values(late=True)
    .returning(_TABLE.c.id)
)
RENEW = (
    update(_TABLE)
    .where(_TABLE.c.id.in_(bindparam("exchanges", expanding=True)), _TABLE.c.owner == bindparam("of_owner"), _OPEN)
    .values(leased_until=bindparam("new_until"))
)

_WAITING = select(
    _TABLE.c.id, _TABLE.c.channel, _TABLE.c.sender, _TABLE.c.key, _TABLE.c.text, _TABLE.c.canned, _TABLE.c.event
)
LATER = _WAITING.where(*_OF_SENDER, _OPEN, _TABLE.c.id > bindparam("exchange")).order_by(_TABLE.c.id).limit(1)
ORPHANS = _WAITING.where(_OPEN, _TABLE.c.leased_until < bindparam("now")).order_by(_TABLE.c.id).limit(bindparam("most"))
