"""A PostgreSQL of the tests' own, in a temporary folder and on a port of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path

from aiohttp.test_utils import unused_port

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def missing() -> str | None:
    """Why no PostgreSQL can be started here, or None."""
    return None if _binaries() is not None else "PostgreSQL's server is not installed (apt-get install postgresql)"


@contextmanager
def running() -> Iterator[PostgreSQL]:
    """The server, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="gongyou-pg-"))
    server = PostgreSQL(folder, unused_port())
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class PostgreSQL:
    """A server whose databases are made one for each test."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port
        self._numbers = count()

    def create(self) -> None:
        """Make the files of an empty server."""
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        self._run("initdb", "-D", self._data, "-U", "gongyou", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    def start(self) -> None:
        """Start, and return when it answers."""
        settings = " ".join(f"-c {setting}" for setting in _FAST)
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 {settings}"
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "60", "-l", f"{self._folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """Stop as an operator would, without waiting for clients."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-w", "-m", "fast", "stop")

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test{next(self._numbers)}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self._port), "-U", "gongyou", "-T", "template0", name)
        return f"postgresql+asyncpg://gongyou@127.0.0.1:{self._port}/{name}"

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    @cached_property
    def _user(self) -> str | None:
        """PostgreSQL refuses to run as root."""
        if os.getuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _run(self, program: str, *arguments: str) -> None:
        binaries = _binaries()
        assert binaries is not None
        # pg_ctl leaves the server behind with our output open, so that is not captured through a pipe.
        with (self._folder / "output").open("wb+") as output:
            run = subprocess.run(
                [str(binaries / program), *arguments],
                cwd=self._folder,
                user=self._user,
                stdout=output,
                stderr=output,
                check=False,
            )
            output.seek(0)
            assert run.returncode == 0, output.read().decode()


def _binaries() -> Path | None:
    found = shutil.which("initdb")
    return (
        Path(found).resolve().parent
        if found
        else next((place for place in _PLACES if (place / "initdb").exists()), None)
    )
