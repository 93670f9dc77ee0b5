"""Joins short messages that a worker sends one right after the other: 技能提升补贴 and then 咋领."""

from __future__ import annotations

from bot.assistant.port import Reply

LONGEST_FRAGMENT = 40
"""Characters; longer messages are whole questions."""

BURST_WAIT = 0.8
"""Seconds that the reply to a message that was not understood waits for the rest of it."""

BURSTY_CHANNELS = frozenset(("wechat",))
"""On the web page a message waits for the reply to the one before."""

_UNCLEAR = {("clarify", None), ("oos", "unknown"), ("chat", "noise")}


def may_go_on(channel: str, text: str, reply: Reply) -> bool:
    """Whether a message looks like a fragment whose rest is still being typed."""
    understood = reply.understanding
    if understood is None or channel not in BURSTY_CHANNELS or len(text) > LONGEST_FRAGMENT:
        return False
    return (understood.intent, understood.label) in _UNCLEAR


def joined(fragment: str | None, text: str) -> str:
    """The question that a fragment and what followed it make."""
    return text.strip() if fragment is None else f"{fragment} {text.strip()}"
