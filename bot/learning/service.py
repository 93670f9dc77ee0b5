"""The models there are, and which of them answers: what the command line and the pages do with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.accounts.audit import Actor, Entry
from bot.assistant import training
from bot.assistant.models import Models, Version


class ModelUnusable(Exception):
    """There is not one model that a name means, or it cannot be used; `count` is how many there are."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} models")
        self.count = count


class ModelService:
    """`tell` lets other processes look at once."""

    def __init__(self, models: Models, tell: Callable[[], Awaitable[None]], now: Callable[[], datetime]) -> None:
        self._models = models
        self._tell = tell
        self._now = now

    async def versions(self) -> Sequence[Version]:
        """All that were ever stored, the newest first."""
        return await self._models.versions()

    async def usable(self) -> list[Version]:
        """Those that can be put into service: they are kept, and this version of the program can load them."""
        code = training.code_digest()
        return [one for one in await self._models.versions() if one.kept and one.code == code]

    async def use(self, by: Actor, name: str, reason: str) -> str:
        """Put into service the one whose name begins so; every process takes it up within seconds.

        Raises ModelUnusable where there is not exactly one.
        """
        usable = await self.usable()
        found = [one.digest for one in usable if one.digest.startswith(name)]
        if len(found) != 1:
            raise ModelUnusable(len(found))
        before = next((one.digest for one in usable if one.in_service), "")
        entry = Entry(
            self._now(), by, "use_model", "model", found[0], reason, before={"model": before}, after={"model": found[0]}
        )
        try:
            await self._models.choose(found[0], training.digest(), entry)
        except LookupError:
            raise ModelUnusable(0) from None
        await self._tell()
        return found[0]
