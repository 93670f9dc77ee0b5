"""The pages on which administrators give out keys, set limits and stop a client."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.accounts.audit import actor
from bot.clients.live import LiveClients
from bot.clients.model import Client, Draft, Refused, drafted
from bot.clients.words import Words
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of

PATH = "/admin/clients"
_FIELDS = ("name", "per_minute", "per_day", "origins")
_NEW = {"name": "", "per_minute": "60", "per_day": "10000", "origins": ""}


class ClientsViews:
    """For administrators; a key is shown once, on the answer to the form that made it."""

    def __init__(self, clients: LiveClients, pages: Pages, words: Words) -> None:
        self._clients = clients
        self._pages = pages
        self._words = words

    async def all(self, request: web.Request) -> web.Response:
        """All clients, and the form for a new one."""
        return await self._listed(request, _NEW)

    async def add(self, request: web.Request) -> web.Response:
        """A new client, with its key."""
        form = await form_of(request)
        try:
            number, key = await self._clients.add(actor(who_of(request).user), _drafted(form))
        except Refused as refused:
            return await self._listed(request, _entered(form), self._words.problems(refused))
        return self._key_shown(request, await self._numbered(number), key)

    async def show(self, request: web.Request) -> web.Response:
        """One client, with what its pages have to contain."""
        client = await self._client(request)
        return self._shown(request, client, _typed(client.draft))

    async def change(self, request: web.Request) -> web.Response:
        """Change name, limits and origins."""
        client, form = await self._client(request), await form_of(request)
        errors: Mapping[str, str] = {}
        try:
            draft = _drafted(form)
            if not (errors := self._reason_missing(form)):
                await self._clients.change(actor(who_of(request).user), client, draft, _reason(form))
        except Refused as refused:
            errors = {**self._words.problems(refused), **self._reason_missing(form)}
        if errors:
            return self._shown(request, client, _entered(form), errors)
        return self._pages.moved(f"{PATH}/{client.id}", self._words.notices["changed"])

    async def disable(self, request: web.Request) -> web.Response:
        """Let the client ask no longer."""
        return await self._switched(request, disabled=True)

    async def enable(self, request: web.Request) -> web.Response:
        """Let the client ask again."""
        return await self._switched(request, disabled=False)

    async def replace_key(self, request: web.Request) -> web.Response:
        """A new key in the place of one that was lost or seen."""
        client, form = await self._client(request), await form_of(request)
        if errors := self._reason_missing(form):
            return self._shown(request, client, _typed(client.draft), errors)
        key = await self._clients.replace_key(actor(who_of(request).user), client, _reason(form))
        return self._key_shown(request, client, key)

    async def _switched(self, request: web.Request, *, disabled: bool) -> web.Response:
        client, form = await self._client(request), await form_of(request)
        if errors := self._reason_missing(form):
            return self._shown(request, client, _typed(client.draft), errors)
        by = actor(who_of(request).user)
        await self._clients.disable(by, client, disabled=disabled, reason=_reason(form))
        notice = self._words.notices["disabled" if disabled else "enabled"]
        return self._pages.moved(f"{PATH}/{client.id}", notice)

    async def _client(self, request: web.Request) -> Client:
        return await self._numbered(int(request.match_info["client"]))

    async def _numbered(self, number: int) -> Client:
        client = await self._clients.numbered(number)
        if client is None:
            raise web.HTTPNotFound
        return client

    def _reason_missing(self, form: Form) -> Mapping[str, str]:
        return {} if _reason(form) else {"reason": self._words.reason}

    async def _listed(
        self, request: web.Request, entered: Mapping[str, str], errors: Mapping[str, str] | None = None
    ) -> web.Response:
        values = {"clients": await self._clients.everyone(), "entered": entered}
        status = 422 if errors else 200
        return self._pages.render(request, "clients/clients.html", status=status, errors=errors, **values)

    def _shown(
        self,
        request: web.Request,
        client: Client,
        entered: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
    ) -> web.Response:
        values = {"client": client, "entered": entered, "here": _here(request)}
        status = 422 if errors else 200
        return self._pages.render(request, "clients/client.html", status=status, errors=errors, **values)

    def _key_shown(self, request: web.Request, client: Client, key: str) -> web.Response:
        return self._pages.render(request, "clients/key.html", client=client, key=key, here=_here(request))


def _here(request: web.Request) -> str:
    """Where people reach this service, as far as a request tells: a proxy names the scheme."""
    secure = request.headers.get("X-Forwarded-Proto", request.scheme) == "https"
    return f"{'https' if secure else 'http'}://{request.host}"


def _drafted(form: Form) -> Draft:
    entered = _entered(form)
    return drafted(entered["name"], entered["per_minute"], entered["per_day"], entered["origins"].splitlines())


def _entered(form: Form) -> Mapping[str, str]:
    return {name: form.text(name) for name in _FIELDS}


def _typed(draft: Draft) -> Mapping[str, str]:
    limits = {"per_minute": str(draft.per_minute), "per_day": str(draft.per_day)}
    return {"name": draft.name, **limits, "origins": "\n".join(draft.origins)}


def _reason(form: Form) -> str:
    return form.text("reason")[:500]
