"""The page of one's own account: password, second step, sessions."""

from __future__ import annotations

from aiohttp import web
from markupsafe import Markup

from bot.accounts import totp
from bot.accounts.errors import NothingPending, Refused
from bot.accounts.own import OwnAccount
from bot.accounts.passwords import SHORTEST
from bot.accounts.words import Words
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of

PATH = "/admin/account"


class OwnAccountViews:
    """For everybody who is signed in."""

    def __init__(self, own: OwnAccount, pages: Pages, words: Words) -> None:
        self._own = own
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """Password, second step, sessions."""
        return await self._shown(request)

    async def change_password(self, request: web.Request) -> web.Response:
        """Put another password in place."""
        form = await form_of(request)
        try:
            await self._own.change_password(
                who_of(request), form.secret("password"), form.secret("new"), form.secret("again")
            )
        except Refused as refused:
            return await self._shown(request, refused)
        return self._pages.moved(PATH, self._words.notices["password_changed"])

    async def begin_two_steps(self, request: web.Request) -> web.Response:
        """Show a new secret, this once."""
        form = await form_of(request)
        try:
            secret = await self._own.begin_two_steps(who_of(request), form.secret("totp_password"))
        except Refused as refused:
            return await self._shown(request, refused)
        return self._secret_shown(request, secret)

    async def confirm_two_steps(self, request: web.Request) -> web.Response:
        """Turn it on when the first code is right."""
        form = await form_of(request)
        who = who_of(request)
        try:
            await self._own.confirm_two_steps(who, form.text("code"))
        except NothingPending:
            return self._pages.moved(PATH)
        except Refused as refused:
            return self._secret_shown(request, await self._own.pending_secret(who), refused)
        return self._pages.moved(PATH, self._words.notices["two_steps_on"])

    async def end_two_steps(self, request: web.Request) -> web.Response:
        """Turn it off."""
        form = await form_of(request)
        try:
            await self._own.end_two_steps(who_of(request), form.secret("totp_password"))
        except Refused as refused:
            return await self._shown(request, refused)
        return self._pages.moved(PATH, self._words.notices["two_steps_off"])

    async def end_other_sessions(self, request: web.Request) -> web.Response:
        """Sign out everywhere but here."""
        await self._own.end_other_sessions(who_of(request))
        return self._pages.moved(PATH, self._words.notices["sessions_ended"])

    async def end_session(self, request: web.Request) -> web.Response:
        """Sign out in one place."""
        if not await self._own.end_session(who_of(request), int(request.match_info["session"])):
            raise web.HTTPNotFound
        return self._pages.moved(PATH, self._words.notices["sessions_ended"])

    async def _shown(self, request: web.Request, refused: Refused | None = None) -> web.Response:
        who = who_of(request)
        return self._pages.render(
            request,
            "accounts/account.html",
            status=422 if refused else 200,
            errors=self._words.problems(refused) if refused else {},
            sessions=await self._own.sessions(who),
            here=who.session,
            least=SHORTEST,
        )

    def _secret_shown(self, request: web.Request, secret: str, refused: Refused | None = None) -> web.Response:
        # The picture is drawn here from our own secret; nothing in it was entered by anybody.
        picture = Markup(totp.picture(secret, who_of(request).user.name))  # noqa: S704
        return self._pages.render(
            request,
            "accounts/two_steps.html",
            status=422 if refused else 200,
            errors=self._words.problems(refused) if refused else {},
            picture=picture,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        )
