"""The pages on which administrators look after accounts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.accounts import passwords
from bot.accounts.audit import actor
from bot.accounts.errors import Problem, Reason, Refused, UserNotFound
from bot.accounts.model import Role, User
from bot.accounts.users import UserAdministration
from bot.accounts.words import Words
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of

PATH = "/admin/users"
Act = Callable[[User, str], Awaitable[object]]


class UsersViews:
    """For administrators; every act on an account of another person takes a reason."""

    def __init__(self, users: UserAdministration, pages: Pages, words: Words) -> None:
        self._users = users
        self._pages = pages
        self._words = words

    async def everybody(self, request: web.Request) -> web.Response:
        """All accounts."""
        return self._pages.render(request, "accounts/users.html", users=await self._users.everybody())

    async def show_new(self, request: web.Request) -> web.Response:
        """The form for a new account."""
        return self._pages.render(request, "accounts/new_user.html", name="", display_name="", roles=frozenset())

    async def add(self, request: web.Request) -> web.Response:
        """Add an account with a random password, shown this once."""
        form = await form_of(request)
        name, display_name, roles = form.text("name"), form.text("display_name"), _roles(form)
        password = passwords.generated()
        by = actor(who_of(request).user)
        try:
            await self._users.add(by, name, display_name, roles, password, temporary=True)
        except Refused as refused:
            return self._pages.render(
                request,
                "accounts/new_user.html",
                status=422,
                errors=self._words.problems(refused),
                name=name,
                display_name=display_name,
                roles=roles,
            )
        return self._password_shown(request, await self._users.named(name), password)

    async def show(self, request: web.Request) -> web.Response:
        """One account with its sessions."""
        return await self._shown(request, await self._user(request))

    async def change(self, request: web.Request) -> web.Response:
        """Change name and roles."""
        form = await form_of(request)
        by, name, roles = actor(who_of(request).user), form.text("display_name"), _roles(form)
        return await self._act(
            request, "user_changed", lambda user, reason: self._users.change(by, user, name, roles, reason)
        )

    async def disable(self, request: web.Request) -> web.Response:
        """Let the person in no longer."""
        by = actor(who_of(request).user)
        return await self._act(request, "user_disabled", lambda user, why: self._users.disable(by, user, why))

    async def enable(self, request: web.Request) -> web.Response:
        """Let the person in again."""
        by = actor(who_of(request).user)
        return await self._act(request, "user_enabled", lambda user, why: self._users.enable(by, user, why))

    async def end_two_steps(self, request: web.Request) -> web.Response:
        """No longer ask for codes."""
        by = actor(who_of(request).user)
        return await self._act(request, "two_steps_off", lambda user, why: self._users.end_two_steps(by, user, why))

    async def end_sessions(self, request: web.Request) -> web.Response:
        """Sign the person out everywhere."""
        by = actor(who_of(request).user)
        return await self._act(request, "sessions_ended", lambda user, why: self._users.end_sessions(by, user, why))

    async def end_session(self, request: web.Request) -> web.Response:
        """Sign the person out in one place."""
        by, session = actor(who_of(request).user), int(request.match_info["session"])

        async def end(user: User, reason: str) -> None:
            if not await self._users.end_session(by, user, session, reason):
                raise web.HTTPNotFound

        return await self._act(request, "sessions_ended", end)

    async def reset_password(self, request: web.Request) -> web.Response:
        """Put a random password in place, shown this once."""
        user, password = await self._user(request), passwords.generated()
        by = actor(who_of(request).user)
        try:
            reason = _reason(await form_of(request))
            await self._users.set_password(by, user, password, reason, temporary=True)
        except Refused as refused:
            return await self._shown(request, user, refused)
        return self._password_shown(request, user, password)

    async def _act(self, request: web.Request, notice: str, act: Act) -> web.Response:
        user = await self._user(request)
        try:
            await act(user, _reason(await form_of(request)))
        except Refused as refused:
            return await self._shown(request, user, refused)
        return self._pages.moved(f"{PATH}/{user.id}", self._words.notices[notice])

    async def _user(self, request: web.Request) -> User:
        try:
            return await self._users.numbered(int(request.match_info["user"]))
        except UserNotFound:
            raise web.HTTPNotFound from None

    async def _shown(self, request: web.Request, user: User, refused: Refused | None = None) -> web.Response:
        return self._pages.render(
            request,
            "accounts/user.html",
            status=422 if refused else 200,
            errors=self._words.problems(refused) if refused else {},
            shown=user,
            sessions=await self._users.sessions(user),
            here=who_of(request).session,
        )

    def _password_shown(self, request: web.Request, user: User, password: str) -> web.Response:
        return self._pages.render(request, "accounts/password.html", shown=user, password=password)


def _roles(form: Form) -> frozenset[Role]:
    known = {role.value: role for role in Role}
    return frozenset(known[name] for name in form.texts("role") if name in known)


def _reason(form: Form) -> str:
    reason = form.text("reason")
    if not reason:
        raise Refused(Problem("reason", Reason.REASON_MISSING))
    return reason[:500]
