"""What a person sent with a form."""

from __future__ import annotations

import re

from aiohttp import web
from multidict import MultiMapping

# They mean nothing in a form, and PostgreSQL refuses to store the first of them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Form:
    """Fields as text; one that is missing is empty."""

    def __init__(self, fields: MultiMapping[object]) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """A field without what surrounds it."""
        return self.secret(name).strip()

    def secret(self, name: str) -> str:
        """A field as it was typed, such as a password."""
        value = self._fields.get(name)
        return _CONTROL.sub("", value) if isinstance(value, str) else ""

    def file(self, name: str) -> tuple[str, bytes]:
        """The name of a file that was sent, without a folder, and what is in it; both are empty where there is none."""
        value = self._fields.get(name)
        if not isinstance(value, web.FileField):
            return "", b""
        return _CONTROL.sub("", value.filename.replace("\\", "/").rpartition("/")[2])[:100], value.file.read()

    def texts(self, name: str) -> list[str]:
        """All values of a field that may be chosen more than once."""
        return [value for value in self._fields.getall(name, []) if isinstance(value, str)]

    def names(self, prefix: str) -> list[str]:
        """The names of fields that begin so."""
        return [name for name in dict.fromkeys(self._fields) if name.startswith(prefix)]


async def form_of(request: web.Request) -> Form:
    """The form of a request."""
    return Form(await request.post())
