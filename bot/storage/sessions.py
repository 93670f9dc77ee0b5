"""Sessions on an engine: some read, some write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

WRITES = "gongyou_writes"
"""The execution option of transactions that will write."""


class Sessions:
    """Called, it gives a session that reads; `begin` gives one that writes and commits at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._read = async_sessionmaker(engine, expire_on_commit=False)
        self._write = async_sessionmaker(engine.execution_options(**{WRITES: True}), expire_on_commit=False)
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
