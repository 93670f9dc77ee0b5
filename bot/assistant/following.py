"""Answers with the model in service, and takes up another one between two messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from bot.assistant.models import Damaged, Models, fetched
from bot.assistant.port import Assistant, Reply
from bot.waiting import occurs

POLL = 1.0
"""Seconds between two looks; with a load of two or three seconds a new model answers within five."""

log = structlog.get_logger()


def digest_of(assistant: Assistant) -> str:
    """The digest of the model that answers at this moment; empty where it is not known."""
    return assistant.digest if isinstance(assistant, FollowingAssistant) else ""


class FollowingAssistant:
    """Stands before the assistant that was loaded last; messages under way end with the one that they began with.

    `load` takes seconds and runs in a thread, so that answers go on meanwhile. `taken_up` is told the digest of each model that answers.
    """

    def __init__(
        self,
        first: Assistant,
        digest: str,
        load: Callable[[Path], Assistant],
        models: Models,
        code: str,
        folder: Path,
        taken_up: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._assistant = first
        self.digest = digest
        self._load = load
        self._models = models
        self._code = code
        self._folder = folder
        self._refused: str | None = None
        self._woken = asyncio.Event()
        self._taken_up = taken_up
        taken_up(digest)

    async def ask(self, conversation: str, text: str) -> Reply:
        """See the port."""
        return await self._assistant.ask(conversation, text)

    async def ping(self) -> None:
        """See the port."""
        await self._assistant.ping()

    def wake(self) -> None:
        """Look at once."""
        self._woken.set()

    async def run(self) -> None:
        """Look for ever."""
        while True:
            await occurs(self._woken, POLL)
            self._woken.clear()
            try:
                await self.look()
            except Exception as error:
                log.error("model_not_looked_for", error=type(error).__name__)  # noqa: TRY400 - A lost database needs no trace.

    async def look(self) -> None:
        """Take up the model in service; one that cannot be loaded is refused, and the one at hand stays."""
        wanted = await self._models.in_service(self._code)
        if wanted in (None, self.digest, self._refused):
            return
        try:
            assistant = await asyncio.to_thread(self._load, await fetched(self._models, self._folder, wanted))
        except (LookupError, OSError):
            raise
        except Exception as error:
            log.exception("model_refused", model=wanted, damaged=isinstance(error, Damaged))
            self._refused = wanted
        else:
            self._assistant, self.digest, self._refused = assistant, wanted, None
            self._taken_up(wanted)
            log.info("model_taken_up", model=wanted)
