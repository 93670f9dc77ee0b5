"""Sees to it that all processes name workers with one key: what was kept under another could not be deleted."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from bot.privacy.pseudonym import Pseudonyms
from bot.storage.privacy_tables import PrivacyKey


class KeyDiffers(Exception):
    """The database was begun with another key."""


def check_key(connection: Connection, pseudonyms: Pseudonyms) -> None:
    """Remember the first key by its fingerprint; raises KeyDiffers for another one."""
    kept = connection.scalar(select(PrivacyKey.fingerprint))
    if kept is None:
        connection.execute(insert(PrivacyKey).values(id=1, fingerprint=pseudonyms.fingerprint))
    elif kept != pseudonyms.fingerprint:
        raise KeyDiffers
