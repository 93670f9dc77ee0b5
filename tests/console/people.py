"""A person at a browser of their own, talking HTTP with the consoles."""

from __future__ import annotations

import io
import re
from typing import TypeAlias

from aiohttp import ClientResponse, ClientSession, CookieJar, FormData
from aiohttp.test_utils import BaseTestServer

from tests.accounts.cast import PASSWORD

Fields: TypeAlias = "dict[str, str] | list[tuple[str, str]]"


class Person:
    """Keeps cookies as a browser does, and follows no redirect by itself."""

    def __init__(self, server: BaseTestServer, user_agent: str = "Mozilla/5.0 (X11; Linux) Firefox/140.0") -> None:
        self.server = server
        headers = {"User-Agent": user_agent, "Accept": "text/html,*/*;q=0.8"}
        self._http = ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers)

    async def leave(self) -> None:
        """Close the browser."""
        await self._http.close()

    async def get(self, path: str, **headers: str) -> ClientResponse:
        """Open an address."""
        return await self.request("GET", path, None, headers)

    async def post(self, path: str, fields: Fields | None = None, **headers: str) -> ClientResponse:
        """Post a form with its token, as a page of the consoles would."""
        entered = list(fields.items()) if isinstance(fields, dict) else list(fields or [])
        return await self.request("POST", path, [*entered, ("csrf", await self.csrf())], headers)

    async def send(self, path: str, name: str, data: bytes, fields: dict[str, str] | None = None) -> ClientResponse:
        """Send a file with the form's token, as a page of the consoles would."""
        form = FormData({**(fields or {}), "csrf": await self.csrf()})
        form.add_field("file", io.BytesIO(data), filename=name)
        url = self.server.make_url(path)
        response = await self._http.post(url, data=form, allow_redirects=False)
        await response.read()
        return response

    async def request(
        self, method: str, path: str, fields: Fields | FormData | None = None, headers: dict[str, str] | None = None
    ) -> ClientResponse:
        """Any request, without a token of its own."""
        url = self.server.make_url(path)
        response = await self._http.request(method, url, data=fields, headers=headers, allow_redirects=False)
        await response.read()
        return response

    async def csrf(self) -> str:
        """The token that the forms carry for this person."""
        text = await (await self.get("/admin/nothing")).text()
        found = re.search(r'<meta name="csrf" content="(\w+)">', text)
        assert found
        return found[1]

    async def sign_in(self, name: str, password: str = PASSWORD, **fields: str) -> ClientResponse:
        """Fill in the sign-in form."""
        return await self.post("/admin/login", {"name": name, "password": password, **fields})

    def cookies(self) -> dict[str, str]:
        """What the browser keeps."""
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}
