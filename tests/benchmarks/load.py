"""Load on the webhook: valid signed messages from many workers at once, each waiting for its reply."""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from statistics import median, quantiles

import aiohttp

from tests.servers.account import body_of
from tests.wechat.envelopes import envelope, query, seal

Request = tuple[bytes, dict[str, str]]
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Load:
    """What was measured; times in seconds. `failed` are replies that carry no answer."""

    rate: float
    p50: float
    p99: float
    failed: int


def plain(worker: str) -> Request:
    """A message in plaintext mode."""
    return body_of(worker, "高级技师能延迟退休吗", next(_numbers)), query()


def safe(worker: str) -> Request:
    """A message in safe mode."""
    return envelope(seal(body_of(worker, "高级技师能延迟退休吗", next(_numbers))))


def drive(url: str, make: Callable[[str], Request], at_once: int, seconds: float, workers: int = 1000) -> Load:
    """So many at once for so long, each worker's next message being another worker's."""
    return asyncio.run(_drive(url, make, at_once, seconds, workers))


def in_turn(url: str, worker: str, messages: int) -> list[float]:
    """The time of each of so many messages of one worker, one after the other."""
    return asyncio.run(_in_turn(url, worker, messages))


async def _drive(url: str, make: Callable[[str], Request], at_once: int, seconds: float, workers: int) -> Load:
    names = itertools.cycle(f"load{number}" for number in range(workers))
    # Made beforehand: sealing costs as much as opening.
    ready = [make(next(names)) for _ in range(int(seconds * 2500))]
    requests: Iterator[Request] = iter(ready)
    times: list[float] = []
    failed = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        began = time.perf_counter()

        async def one() -> None:
            nonlocal failed
            for body, params in requests:
                if time.perf_counter() - began > seconds:
                    return
                sent = time.perf_counter()
                answered = await _post(http, url, body, params)
                times.append(time.perf_counter() - sent)
                failed += not answered

        await asyncio.gather(*(one() for _ in range(at_once)))
        took = time.perf_counter() - began
    if took < seconds:
        sys.stderr.write("the load ran out of messages\n")
    return Load(len(times) / took, median(times), quantiles(times, n=100)[98], failed)


async def _in_turn(url: str, worker: str, messages: int) -> list[float]:
    times = []
    async with aiohttp.ClientSession() as http:
        for body, params in [plain(worker) for _ in range(messages)]:
            sent = time.perf_counter()
            await _post(http, url, body, params)
            times.append(time.perf_counter() - sent)
    return times


async def _post(http: aiohttp.ClientSession, url: str, body: bytes, params: dict[str, str]) -> bool:
    with suppress(aiohttp.ClientError):
        async with http.post(f"{url}/wechat", params=params, data=body) as response:
            return (await response.read()).startswith(b"<xml>")
    return False
