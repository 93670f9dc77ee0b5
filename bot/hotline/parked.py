"""The way to workers of a channel to which nothing can be sent: they get it with the reply to what they write next."""

from __future__ import annotations

from bot.assistant.port import Reply
from bot.conversation.ports import Media, MediaGone, Post


class Parked:
    """Keeps everything until then."""

    async def post(self, reply: Reply) -> Post:
        """The reply as it is."""
        return Post((reply,), "parked")

    async def media(self, name: str) -> Media:
        """There is none."""
        raise MediaGone

    def wake(self) -> None:
        """Nobody sends it."""


PARKED = Parked()
