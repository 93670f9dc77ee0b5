"""Hands trained models out: what is stored for all processes, and the file that a process loads."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.accounts.audit import Entry
from bot.assistant import training


class Damaged(Exception):
    """The stored archive is not the one that was trained; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Version:
    """A stored model; without an archive that is `kept` it cannot be chosen."""

    digest: str
    code: str
    size: int
    stored_at: datetime
    kept: bool
    in_service: bool
    served: bool = True
    by: str | None = None
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a model comes from: the digest of the files it was trained from, by whom, how it did in its examination."""

    base: str | None = None
    by: str | None = None
    accuracy: float | None = None


class Models(Protocol):
    """The models that all processes share; each has the `code` of the pipeline that can load it."""

    async def known(self, base: str) -> bool:
        """Whether a model that was trained from files of that digest was ever stored."""

    async def store(
        self, digest: str, code: str, archive: bytes, origin: Origin | None = None, *, serve: bool = True
    ) -> None:
        """Keep a model; with `serve` one that was not known before is in service from now on."""

    async def choose(self, digest: str, base: str | None = None, entry: Entry | None = None) -> None:
        """Put a model into service; LookupError where its archive is not kept.

        `base` is the digest of the files on the machine where that was decided.
        """

    async def in_service(self, code: str) -> str | None:
        """The digest of the model in service, or None."""

    async def chosen_base(self, code: str) -> str | None:
        """Of the model in service, the `base` that it was chosen with."""

    async def measured(self, digest: str, accuracy: float) -> None:
        """Note how a model did in its examination."""

    async def fetch(self, digest: str) -> bytes:
        """The archive; LookupError where it is not kept, Damaged where it is not what was stored."""

    async def versions(self) -> Sequence[Version]:
        """All that were stored, the newest first."""


async def model_in_service(models: Models, folder: Path, make: Callable[[], Path], *, own_first: bool) -> Path:
    """The file of the model in service.

    `make` gives, and trains if need be, the model for the data as it is here; it is made and put into service where
    none of these files was ever stored, and with `own_first` also where the files have changed since one was chosen.
    """
    code, own = training.code_digest(), training.digest()
    if not await models.known(own):
        await hand_out(models, make())
    elif own_first and await models.chosen_base(code) != own:
        await hand_out(models, make(), choose=True)
    chosen = await models.in_service(code)
    return make() if chosen is None else await fetched(models, folder, chosen)


async def hand_out(models: Models, model: Path, *, choose: bool = False) -> None:
    """Store a model that was trained here; where it was known before, only `choose` puts it into service."""
    digest, base = training.digest_of(model), training.digest()
    archive = await asyncio.to_thread(model.read_bytes)
    await models.store(digest, training.code_digest(), archive, Origin(base))
    if choose:
        await models.choose(digest, base)


async def fetched(models: Models, folder: Path, digest: str) -> Path:
    """The file of a model, fetched where it is not in the folder; errors as `Models.fetch`."""
    path = training.path_of(folder, digest)
    if not path.is_file():
        archive = await models.fetch(digest)
        await asyncio.to_thread(_write, path, archive)
    return path


def _write(path: Path, archive: bytes) -> None:
    """Other processes may look for the file at any time: it appears when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"unfinished-{os.getpid()}.tar.gz")
    unfinished.write_bytes(archive)
    unfinished.replace(path)
