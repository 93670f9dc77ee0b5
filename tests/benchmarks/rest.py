"""The whole service against a stock Rasa REST server: the same questions, one process each, by turns in one run."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

import aiohttp
from aiohttp.test_utils import unused_port

from bot.assistant import training
from bot.assistant.training import NLU_DATA, ROOT
from tests.benchmarks import load, stock, stock_project
from tests.benchmarks.load import Load
from tests.benchmarks.process import alone
from tests.benchmarks.progress import say
from tests.benchmarks.questions import Supply
from tests.benchmarks.tables import Table
from tests.servers.account import body_of
from tests.wechat.envelopes import TOKEN, query

SECONDS, ROUNDS, AT_ONCE = 10.0, 3, 8
LONGEST_START = 300
_numbers = itertools.count(1)
Ask = Callable[[aiohttp.ClientSession, str, str, str], Awaitable[bool]]


def table(folder: Path) -> Table:
    """Messages a second of each, the better of the rounds for both, and their ratio."""
    texts = Supply().texts(2000)
    with ExitStack() as stack:
        contenders: list[tuple[str, str, Ask]] = [
            ("ours: webhook, assistant, SQLite", stack.enter_context(_ours(folder / "ours")), _ask_ours),
            ("stock Rasa: REST, in memory", stack.enter_context(_stock(folder / "stock")), _ask_stock),
        ]
        found: list[list[Load]] = [[] for _ in contenders]
        for _ in range(ROUNDS):
            for (name, url, ask), loads in zip(contenders, found, strict=True):
                say(f"asking {name}")
                loads.append(asyncio.run(_drive(url, ask, texts)))
    best = [max(loads, key=lambda one: one.rate) for loads in found]
    rows = [
        [name, f"{one.rate:.0f}", f"{one.p50 * 1000:.1f}", f"{one.p99 * 1000:.1f}", str(one.failed)]
        for (name, *_), one in zip(contenders, best, strict=True)
    ]
    rows.append(["ours ÷ stock", f"{best[0].rate / best[1].rate:.1f} ×", "", "", ""])
    head = ["one process", "messages/s", "p50, ms", "p99, ms", "without answer"]
    return Table(f"The whole service: {AT_ONCE} messages at once, best of {ROUNDS} rounds by turns", head, rows)


async def _drive(url: str, ask: Ask, texts: list[str]) -> Load:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        questions = itertools.cycle(texts)

        async def one() -> bool:
            number = next(_numbers)
            return await ask(http, url, f"asker{number % 500}", next(questions))

        await load.repeated(one, AT_ONCE, 2.0)
        return await load.repeated(one, AT_ONCE, SECONDS)


async def _ask_ours(http: aiohttp.ClientSession, url: str, who: str, text: str) -> bool:
    body = body_of(who, text, next(_numbers))
    async with http.post(f"{url}/wechat", params=query(), data=body) as response:
        return (await response.read()).startswith(b"<xml>")


async def _ask_stock(http: aiohttp.ClientSession, url: str, who: str, text: str) -> bool:
    async with http.post(f"{url}/webhooks/rest/webhook", json={"sender": who, "message": text}) as response:
        return response.status == 200 and bool(await response.json())


@contextmanager
def _ours(folder: Path) -> Iterator[str]:
    port = unused_port()
    models = ROOT / "var" / "models"
    model = training.current_model(models) or training.train(models, say)
    (folder / "models").mkdir(parents=True)
    (folder / "models" / model.name).symlink_to(model)
    environment = {"DATA_DIR": str(folder), "WECHAT_TOKEN": TOKEN, "PORT": str(port), "LOG_LEVEL": "ERROR"}
    with _running(["bot", "serve"], environment, f"http://127.0.0.1:{port}/healthz", folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _stock(folder: Path) -> Iterator[str]:
    """Trained from all our questions; its actions are answered by a small server, as quick as one can be."""
    folder.mkdir()
    say("training the stock assistant")
    alone(stock.train, folder, "logistic", stock_project.questions(NLU_DATA))
    port, actions = unused_port(), unused_port()
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n")
    files = ["--credentials", f"{folder}/credentials.yml", "--endpoints", f"{folder}/endpoints.yml"]
    run = ["rasa", "run", "--interface", "127.0.0.1", "--port", str(port), *files, "--model", str(stock.model(folder))]
    act = ["tests.benchmarks.stock_actions", str(actions)]
    with (
        _running(act, {}, f"http://127.0.0.1:{actions}/health", folder),
        _running(run, {"RASA_TELEMETRY_ENABLED": "false"}, f"http://127.0.0.1:{port}/", folder),
    ):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(module: list[str], variables: dict[str, str], url: str, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-W", "ignore", "-m", *module]
    with (folder / f"{module[0]}.log").open("wb") as output:
        running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **variables}, stdout=output, stderr=output)
        try:
            _wait(url, running)
            yield
        finally:
            running.terminate()
            running.wait()


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and running.poll() is None:
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"nobody answers at {url}")
