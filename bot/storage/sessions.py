"""Sessions on an engine: some read, some write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.storage.writer import Writer

WRITES = "gongyou_writes"
"""The execution option of transactions that will write."""

T = TypeVar("T")


class Sessions:
    """Called, it gives a session that reads; `begin` gives one that writes and commits at the end.

    `read` and `transact` do the same with a plain connection, for what every message does: without objects that are
    kept in step with rows. `work` may run in another thread.
    """

    def __init__(self, engine: AsyncEngine, writer: Writer | None = None) -> None:
        self._writer = writer
        self._reading = engine
        self._writing = engine.execution_options(**{WRITES: True})
        self._read = async_sessionmaker(self._reading, expire_on_commit=False)
        self._write = async_sessionmaker(self._writing, expire_on_commit=False)
        # SQLite has one writer; within a process writers queue up here, since its own waiting is by unfair naps.
        self._turn: AbstractAsyncContextManager[None] = asyncio.Lock() if engine.name == "sqlite" else nullcontext()

    def __call__(self) -> AsyncSession:
        """A session that reads."""
        return self._read()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """A session in a transaction of its own, committed at the end and rolled back for an exception."""
        async with self._turn, self._write.begin() as session:
            yield session

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` finds."""
        async with self._reading.connect() as connection:
            return await connection.run_sync(work)

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """What `work` returns; what it did is committed, or undone for an exception or where it rolled back itself."""
        async with self._turn:
            if self._writer is not None:
                return await self._writer.transact(work)
            async with self._writing.begin() as connection:
                return await connection.run_sync(work)
