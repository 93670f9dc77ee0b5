"""The key that workers' names are made with: PRIVACY_KEY, or with SQLite a file that is made once."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.privacy.pseudonym import Pseudonyms
from bot.settings import Settings, SettingsInvalid

FILE = "privacy.key"


def pseudonyms(settings: Settings) -> Pseudonyms | None:
    """The names as these settings make them; raises SettingsInvalid where the file cannot be read or made.

    None where processes on several machines may share a database without PRIVACY_KEY: it keeps the key for them.
    """
    if settings.privacy_key:
        return Pseudonyms(settings.privacy_key.encode())
    if not settings.database_url.startswith("sqlite"):
        return None
    return Pseudonyms(_kept(settings.data_dir / FILE).encode())


def _kept(path: Path) -> str:
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _make(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        remedy = "let the service write in DATA_DIR, or set PRIVACY_KEY"
        raise SettingsInvalid(f"{path} cannot be read or made ({error.strerror}): {remedy}") from None


def _make(path: Path) -> None:
    """Several processes may do it at once: one file is linked to its name when it is whole, and stays."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{FILE}")
    try:
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
