"""Decides who answers a message: the conversation, a canned reply, or nobody."""

from __future__ import annotations

from bot.assistant.port import Reply
from bot.wechat.menu import ASK
from bot.wechat.messages import Event, Image, Incoming, Link, Location, Text, Voice
from bot.wechat.ports import Conversation

CHANNEL = "wechat"
_STICKER = "【收到不支持的消息类型，暂无法显示】"  # What WeChat sends in place of a sticker.


async def dispatch(incoming: Incoming, conversation: Conversation) -> Reply | None:
    """The reply to a message; None where WeChat expects none."""
    match incoming:
        case Event():
            return await _event(incoming, conversation)
        case Text(text=text) if text.strip() != _STICKER:
            return await _ask(incoming, text, conversation)
        case Voice(recognition=heard) if heard.strip():
            return await _ask(incoming, heard, conversation)
        case Voice():
            return conversation.canned("voice_unheard")
        case Image():
            return conversation.canned("image_unread")
        case Link():
            return conversation.canned("link_unread")
        case Location():
            return conversation.canned("location_unread")
        case _:
            return conversation.canned("unsupported")


async def _event(incoming: Event, conversation: Conversation) -> Reply | None:
    match incoming.event:
        case "subscribe" | "SCAN":
            return conversation.canned("welcome")
        case "unsubscribe":
            await conversation.forget(CHANNEL, incoming.from_user)
            return None
        case "CLICK":
            question = incoming.event_key.removeprefix(ASK)
            if question == incoming.event_key or not question.strip():
                return conversation.canned("help")
            return await _ask(incoming, question, conversation)
        case _:
            # WeChat allows no reply to most of the others, and LOCATION comes every five seconds.
            return None


async def _ask(incoming: Incoming, text: str, conversation: Conversation) -> Reply:
    return await conversation.answer(CHANNEL, incoming.from_user, incoming.key, text)
