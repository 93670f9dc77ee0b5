"""The nginx of deploy/, started by tests with its own file; only ports, addresses and folders are put in."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from aiohttp.test_utils import unused_port

from bot.assistant.training import ROOT

CONF = ROOT / "deploy" / "nginx" / "nginx.conf"


def missing() -> str | None:
    """Why nginx cannot be started here, or None."""
    return None if _program() is not None else "nginx is not installed (apt-get install nginx)"


def conf_for(folder: Path, port: int, addresses: Sequence[str], text: str | None = None) -> Path:
    """The file of deploy/ (or its `text`) for this machine."""
    text = text or CONF.read_text(encoding="utf-8")
    text = text.replace("/tmp/", f"{folder}/").replace("/dev/stdout", f"{folder}/access.log")
    text = text.replace("/dev/stderr", f"{folder}/error.log").replace("listen 8080;", f"listen 127.0.0.1:{port};")
    for number, address in enumerate(addresses, 1):
        text = text.replace(f"app{number}:8080", address)
    path = folder / "nginx.conf"
    path.write_text(text, encoding="utf-8")
    return path


def checked(path: Path) -> subprocess.CompletedProcess[str]:
    """What `nginx -t` says to a file."""
    program = _program()
    assert program is not None
    return subprocess.run([program, "-t", "-c", str(path)], capture_output=True, text=True, check=False)


@contextmanager
def running(addresses: Sequence[str]) -> Iterator[str]:
    """nginx in front of the `addresses` (host:port of each process); gives its own address."""
    program = _program()
    assert program is not None
    folder = Path(tempfile.mkdtemp(prefix="gongyou-nginx-"))
    port = unused_port()
    # As root it would start its workers as nobody, who cannot write into the folder.
    folder.chmod(0o777)
    path = conf_for(folder, port, addresses)
    process = subprocess.Popen([program, "-c", str(path), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/metrics", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when it answers, with whatever status."""
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
        except OSError as error:
            if getattr(error, "code", None) is not None:
                error.close()  # type: ignore[attr-defined]
                return
        else:
            return
    raise AssertionError("nginx does not start")


def _program() -> str | None:
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
