"""Hand-written stand-ins for what the website channel talks to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.assistant.port import Message, Reply

WELCOME = Reply(
    (Message("您好，我是工友助手。\n直接打字问就行，比如：", ("技能提升补贴咋领？", "升技师给多少补贴？")),)
)
SOURCE = "依据:《新时期产业工人队伍建设改革的实施意见》第25条"


def reply(text: str, *options: str) -> Reply:
    """A reply of one message."""
    return Reply((Message(text, options),))


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that reached the conversation."""

    channel: str
    sender: str
    key: str
    text: str


class FakeConversation:
    """Answers each key once, from `replies` or with an echo; canned replies but the welcome show their own name.

    While `open` is cleared, answers wait.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.replies: dict[str, Reply] = {}
        self.welcome = WELCOME
        self.open = asyncio.Event()
        self.open.set()
        self._answers: dict[tuple[str, str], Reply] = {}

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        """The reply of that key, or a new one when `open` is set."""
        await self.open.wait()
        if (channel, key) not in self._answers:
            self.asked.append(Asked(channel, sender, key, text))
            self._answers[channel, key] = self.replies.get(text) or reply(f"答{len(self.asked)}：{text}")
        return self._answers[channel, key]

    def canned(self, name: str) -> Reply:
        """The welcome, or a reply that says which one it is."""
        return self.welcome if name == "welcome" else reply(f"canned {name}")
