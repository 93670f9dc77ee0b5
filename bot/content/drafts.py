"""What editors do: save drafts, hand them in, take them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.accounts.audit import Actor, Entry
from bot.content.errors import Conflict, PartNotFound, Refusal, Refused
from bot.content.model import State, Version
from bot.content.ports import Change, Contents
from policies_kb.difference import differences
from policies_kb.parts import Part, PartKind, encode, plain

_ID = re.compile(r"[a-z][a-z0-9_]{2,56}")
_DOCUMENT_ID = re.compile(r"(?!new$)[a-z][a-z0-9-]{2,56}")


def id_fits(part: Part) -> bool:
    """Whether a new topic or document can have its id."""
    return bool((_DOCUMENT_ID if part.kind is PartKind.DOCUMENT else _ID).fullmatch(part.key))


class Drafts:
    """A draft that is saved is the next version of its part; nobody overwrites what he has not seen."""

    def __init__(self, store: Contents, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def versions(self, part: Part) -> list[Version]:
        """All versions of a part, the latest first; raises PartNotFound."""
        found = await self._store.versions(part)
        if not found:
            raise PartNotFound
        return found

    async def version(self, part: Part, number: int) -> Version:
        """One version; raises PartNotFound."""
        return _numbered(await self.versions(part), number)

    async def pending(self) -> list[Version]:
        """Of all parts what is open, retired or scheduled."""
        return await self._store.pending(self._now())

    async def begin(self, by: Actor, part: Part, value: Any, note: str) -> Version:
        """The first draft of a new part; raises Refused."""
        if not id_fits(part):
            raise Refused(Refusal.ID_FORM, "id")
        version = self._draft(by, part, 1, encode(value).decode(), note)
        if not await self._store.add([version], [self._entry(by, "draft", version, note)]):
            raise Refused(Refusal.ID_TAKEN, "id")
        return version

    async def save(self, by: Actor, part: Part, seen: int, value: Any, note: str) -> Version:
        """Save over the version that was seen; raises Conflict when it is not the latest, Refused, PartNotFound."""
        latest = (await self.versions(part))[0]
        text = encode(value).decode()
        if latest.number != seen:
            await self._raise_conflict(part, seen)
        if latest.text == text and latest.state is not State.SUPERSEDED:
            raise Refused(Refusal.UNCHANGED)
        version = self._draft(by, part, seen + 1, text, note)
        if not await self._store.add([version], [self._entry(by, "draft", version, note)]):
            await self._raise_conflict(part, seen)
        return version

    async def submit(self, by: Actor, part: Part, number: int, note: str) -> None:
        """Hand a draft in; raises Refused when it is no longer the one to hand in."""
        await self._move(by, part, number, State.DRAFT, State.IN_REVIEW, "submit", note)

    async def withdraw(self, by: Actor, part: Part, number: int, note: str) -> None:
        """Take back what was handed in; raises Refused."""
        await self._move(by, part, number, State.IN_REVIEW, State.DRAFT, "withdraw", note)

    async def drop(self, by: Actor, part: Part, number: int, note: str) -> None:
        """Give a draft up; it stays among the versions. Raises Refused."""
        await self._move(by, part, number, State.DRAFT, State.SUPERSEDED, "drop", note)

    async def _move(
        self, by: Actor, part: Part, number: int, before: State, after: State, verb: str, note: str
    ) -> None:
        version = await self.version(part, number)
        change = Change(part, number, before, after, version.decision)
        if not await self._store.change(change, self._entry(by, verb, version, note)):
            raise Refused(Refusal.STALE)

    async def _raise_conflict(self, part: Part, seen: int) -> None:
        found = await self.versions(part)
        before = _numbered(found, seen)
        raise Conflict(found[0], tuple(differences(plain(before.value), plain(found[0].value))))

    def _draft(self, by: Actor, part: Part, number: int, text: str, note: str) -> Version:
        return Version(part, number, State.DRAFT, text, note, by, self._now())

    def _entry(self, by: Actor, verb: str, version: Version, note: str) -> Entry:
        kind, key = version.part.kind.value, version.part.key
        return Entry(self._now(), by, verb, kind, key, note, after={"version": version.number})


def _numbered(versions: Sequence[Version], number: int) -> Version:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise PartNotFound
    return found
