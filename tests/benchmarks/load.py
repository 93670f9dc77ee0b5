"""Load on the webhook: valid signed messages from many workers at once, each waiting for its reply."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from statistics import median, quantiles

import aiohttp

from tests.servers.account import body_of
from tests.wechat.envelopes import envelope, query, seal

Request = tuple[bytes, dict[str, str]]
WORKERS = 1000
MOST_A_SECOND = 6000
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


def drive(url: str, make: Callable[[str], Request], at_once: int, seconds: float, rate: float | None = None) -> Load:
    """So many at once for so long, or so many a second; each message is another worker's than the one before."""
    return asyncio.run(_drive(url, make, at_once, seconds, rate))


def in_turn(url: str, worker: str, messages: int) -> list[float]:
    """The time of each of so many messages of one worker, one after the other."""
    return asyncio.run(_in_turn(url, worker, messages))


async def _drive(url: str, make: Callable[[str], Request], at_once: int, seconds: float, rate: float | None) -> Load:
    names = itertools.cycle(f"load{number}" for number in range(WORKERS))
    # Made beforehand: sealing costs as much as opening.
    requests = iter([make(next(names)) for _ in range(int(seconds * MOST_A_SECOND))])
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:

        async def one() -> bool:
            body, params = next(requests)
            return await _post(http, url, body, params)

        return await repeated(one, at_once, seconds) if rate is None else await spaced(one, rate, seconds)


async def repeated(one: Callable[[], Awaitable[bool]], at_once: int, seconds: float) -> Load:
    """So many at once, each followed by the next, for so long."""
    times: list[float] = []
    failed = 0
    began = time.perf_counter()

    async def go_on() -> None:
        nonlocal failed
        while time.perf_counter() - began <= seconds:
            sent = time.perf_counter()
            answered = await one()
            times.append(time.perf_counter() - sent)
            failed += not answered

    await asyncio.gather(*(go_on() for _ in range(at_once)))
    return _load(times, failed, time.perf_counter() - began)


async def spaced(one: Callable[[], Awaitable[bool]], rate: float, seconds: float) -> Load:
    """So many a second, whether the earlier ones are answered or not, as people send them."""
    times: list[float] = []
    failed = 0
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def send(due: float) -> None:
        nonlocal failed
        await asyncio.sleep(max(due - loop.time(), 0))
        answered = await one()
        # From when it was due: what the sender is late counts, too.
        times.append(loop.time() - due)
        failed += not answered

    await asyncio.gather(*(send(began + number / rate) for number in range(int(rate * seconds))))
    return _load(times, failed, loop.time() - began)


def _load(times: list[float], failed: int, took: float) -> Load:
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
