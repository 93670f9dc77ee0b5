"""Sees to it that all processes name workers with one key: what was kept under another could not be deleted."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, select, text

from bot.privacy.pseudonym import Pseudonyms
from bot.storage.privacy_tables import PrivacyKey

_BEGIN = text("INSERT INTO privacy_key (id, fingerprint, key) VALUES (1, :fingerprint, :key) ON CONFLICT DO NOTHING")


class KeyDiffers(Exception):
    """The database was begun with another key."""


def check_key(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Remember the first names by their fingerprint; raises KeyDiffers for others."""
    _begin(connection, pseudonyms, None)
    if connection.scalar(select(PrivacyKey.fingerprint)) != pseudonyms.fingerprint:
        raise KeyDiffers


def own_key(connection: Connection) -> str:
    """The key that the database keeps, made where it was begun with none; raises KeyDiffers."""
    key = secrets.token_hex(32)
    _begin(connection, Pseudonyms(key.encode()), key)
    kept: str | None = connection.scalar(select(PrivacyKey.key))
    if kept is None:
        raise KeyDiffers
    return kept


def _begin(connection: Connection, pseudonyms: Pseudonyms, key: str | None) -> None:
    connection.execute(_BEGIN, {"fingerprint": pseudonyms.fingerprint, "key": key})
