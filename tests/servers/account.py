"""WeChat as it delivers workers' messages: five seconds of patience, three deliveries, and a record of what is shown."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
from typing_extensions import Self

from tests.servers.process import TOKEN
from tests.wechat.envelopes import content_of, payload, query

PATIENCE = 5.0
DELIVERIES = 3
_NUMBERED = re.compile(r"第(\d+)条 ")


@dataclass
class Shown:
    """What the workers have seen: passive replies by worker, and how many deliveries it took."""

    texts: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    deliveries: Counter[int] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def numbers(self, worker: str) -> list[int]:
        """The numbers of the answers that a worker has seen, in their order."""
        return numbers_in(self.texts[worker])


def numbers_in(texts: Sequence[str]) -> list[int]:
    """The numbers of the answers in some texts."""
    return [int(number) for text in texts for number in _NUMBERED.findall(text)]


class Account:
    """Delivers to `addresses`, a repeat to the next one; a delivery that finds nobody there goes on to the next.

    Each delivery comes `at_once` so many times, the same at the same time. `happens` are faults, by the number of the
    message before which they happen; `when_refused` is called once when nobody is there.
    """

    def __init__(self, addresses: Sequence[str], patience: float = PATIENCE, at_once: int = 1) -> None:
        self.addresses = list(addresses)
        self.shown = Shown()
        self.sent = 0
        self.happens: dict[int, Callable[[], object]] = {}
        self.when_refused: Callable[[], object] | None = None
        self._patience = patience
        self._at_once = at_once

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=self._patience)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def says(self, worker: str, text: str) -> str | None:
        """A worker's message: what WeChat shows him; None for silence."""
        self.sent += 1
        number = self.sent
        if number in self.happens:
            await asyncio.to_thread(self.happens[number])
        body = body_of(worker, text, number)
        for delivery in range(DELIVERIES):
            answers = await asyncio.gather(
                *(self._deliver(body, number + delivery + again) for again in range(self._at_once))
            )
            shown = {answer for answer in answers if answer is not None}
            if shown:
                (answer,) = shown  # The same message is never answered in two ways.
                self.shown.deliveries[delivery + 1] += 1
                if answer:
                    self.shown.texts[worker].append(answer)
                return answer
        self.shown.silent.append(f"{worker} {text}")
        return None

    async def chat(self, worker: str, messages: int, text: str = "年金") -> None:
        """A worker who sends one message after the other."""
        for number in range(messages):
            await self.says(worker, f"{text}{number}")

    async def _deliver(self, body: bytes, first: int) -> str | None:
        """The text of the passive reply, empty for an acknowledgement; None where WeChat hangs up and comes again."""
        until = time.monotonic() + self._patience
        started = time.monotonic()
        turn = first
        while time.monotonic() < until:
            address = self.addresses[turn % len(self.addresses)]
            turn += 1
            try:
                async with self._http.post(f"{address}/wechat", params=query(TOKEN), data=body) as response:
                    answer = await response.read()
            except aiohttp.ClientConnectorError:
                await self._nobody_there()
                continue
            except (aiohttp.ClientError, asyncio.TimeoutError):
                return None
            if response.status != 200:
                return None
            self.shown.seconds.append(time.monotonic() - started)
            return content_of(answer) if answer.startswith(b"<xml>") else ""
        return None

    async def _nobody_there(self) -> None:
        if (remedy := self.when_refused) is not None:
            self.when_refused = None
            await asyncio.to_thread(remedy)
        else:
            await asyncio.sleep(0.02)  # Whoever is to come back is coming.


def body_of(worker: str, text: str, number: int) -> bytes:
    """A text message as WeChat posts it."""
    return (
        payload("text")
        .replace(b"24518076431210825", str(number).encode())
        .replace(b"oyORnuP8q7ou2gfYjqLzSIWZf0rs", worker.encode())
        .replace("高级技师能延迟退休吗".encode(), text.encode())
    )
