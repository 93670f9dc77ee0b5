"""A conversation that is kept nowhere: what the conversation service records its messages in while one is tried out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.conversation.ports import Answered, Completion, Erased, Lease, Post, Receipt, Said, Turn, Waiting


class Scratch:
    """See bot.conversation.ports.Exchanges; for one sender, whose messages come one after the other."""

    def __init__(self) -> None:
        self._state: bytes | None = None
        self._count = 0

    async def receive(self, said: Said, lease: Lease) -> Receipt:
        """See the port."""
        self._count += 1
        return Receipt(self._count, 1, turn=Turn(self._state))

    async def take(self, message: Waiting, lease: Lease) -> Turn | Answered | None:
        """See the port."""
        return Turn(self._state)

    async def ready(self, exchanges: Sequence[int], lease: Lease) -> Collection[int]:
        """See the port."""
        return exchanges

    async def complete(
        self, message: Waiting, owner: str, done: Completion, confirm: Callable[[], None] = lambda: None
    ) -> Answered | None:
        """See the port."""
        confirm()
        self._state = done.state or self._state
        return Answered(done.reply)

    async def join(self, message: Waiting, owner: str, later: int, text: str, done: Completion) -> bool:
        """No message comes while another one is answered."""
        return False

    async def later(self, message: Waiting) -> Waiting | None:
        """No message comes while another one is answered."""
        return None

    async def show(self, message: Waiting, at: datetime) -> bool:
        """Nothing is late."""
        return False

    async def post(self, message: Waiting, delivery: int, post: Post, at: datetime) -> None:
        """Nothing is late."""

    async def renew(self, exchanges: Sequence[int], lease: Lease) -> None:
        """Nobody else asks for them."""

    async def orphans(self, now: datetime) -> Sequence[Waiting]:
        """Nothing is left behind."""
        return ()

    async def forget(self, channel: str, sender: str, why: str, at: datetime) -> Erased:
        """Nothing is kept."""
        return Erased("0", {})
