"""Decides what a message asks for: an answer, a canned reply, to be forgotten, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.ports import Said
from bot.wechat.menu import ASK
from bot.wechat.messages import Event, Image, Incoming, Link, Location, Text, Voice

CHANNEL = "wechat"
_STICKER = "【收到不支持的消息类型，暂无法显示】"  # What WeChat sends in place of a sticker.


@dataclass(frozen=True, slots=True)
class Unfollowed:
    """The worker has left the account."""


def dispatch(incoming: Incoming, sender: str) -> Said | Unfollowed | None:
    """What is to be recorded and answered under the name of its sender; None where WeChat expects no reply."""
    match incoming:
        case Event():
            return _event(incoming, sender)
        case Text(text=text) if text.strip() != _STICKER:
            return _said(incoming, sender, text)
        case Voice(recognition=heard) if heard.strip():
            return _said(incoming, sender, heard)
        case Voice():
            return replace(_said(incoming, sender, canned="voice_unheard"), media=incoming.media_id)
        case Image():
            return replace(_said(incoming, sender, canned="image_unread"), media=incoming.media_id)
        case Link():
            return _said(incoming, sender, canned="link_unread")
        case Location():
            return _said(incoming, sender, canned="location_unread")
        case _:
            return _said(incoming, sender, canned="unsupported")


def _event(incoming: Event, sender: str) -> Said | Unfollowed | None:
    match incoming.event:
        case "subscribe" | "SCAN":
            return _said(incoming, sender, canned="welcome")
        case "unsubscribe":
            return Unfollowed()
        case "CLICK":
            question = incoming.event_key.removeprefix(ASK)
            if question == incoming.event_key or not question.strip():
                return _said(incoming, sender, canned="help")
            return _said(incoming, sender, question)
        case _:
            # WeChat allows no reply to most of the others, and LOCATION comes every five seconds.
            return None


def _said(incoming: Incoming, sender: str, text: str = "", canned: str | None = None) -> Said:
    event = isinstance(incoming, Event)
    return Said(CHANNEL, sender, incoming.key, text, canned, event, address=incoming.from_user)
