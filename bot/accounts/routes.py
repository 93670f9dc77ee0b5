"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import EVERYBODY, Right, may
from bot.accounts.views.audit import AuditViews
from bot.accounts.views.door import DoorViews
from bot.accounts.views.own import OwnAccountViews
from bot.accounts.views.users import UsersViews
from bot.accounts.words import Words
from bot.console.page import action, page, public_action, public_page
from bot.console.rendering import Link

_MANAGE = may(Right.MANAGE_ACCOUNTS)
_USER = r"/admin/users/{user:\d{1,9}}"
_SESSION = r"sessions/{session:\d{1,9}}/end"


def routes(door: DoorViews, own: OwnAccountViews, users: UsersViews, audit: AuditViews) -> list[web.RouteDef]:
    """What the application adds to its router for the accounts."""
    return [
        public_page("/admin/login", door.show_sign_in),
        public_action("/admin/login", door.sign_in),
        public_page("/admin/login/code", door.show_code),
        public_action("/admin/login/code", door.enter_code),
        page("/admin", door.to_home, roles=EVERYBODY),
        page("/admin/", door.home, roles=EVERYBODY),
        action("/admin/logout", door.sign_out, roles=EVERYBODY),
        page("/admin/account", own.show, roles=EVERYBODY),
        action("/admin/account/password", own.change_password, roles=EVERYBODY),
        action("/admin/account/two-steps", own.begin_two_steps, roles=EVERYBODY),
        action("/admin/account/two-steps/confirm", own.confirm_two_steps, roles=EVERYBODY),
        action("/admin/account/two-steps/end", own.end_two_steps, roles=EVERYBODY),
        action("/admin/account/sessions/end-others", own.end_other_sessions, roles=EVERYBODY),
        action(f"/admin/account/{_SESSION}", own.end_session, roles=EVERYBODY),
        page("/admin/users", users.everybody, roles=_MANAGE),
        page("/admin/users/new", users.show_new, roles=_MANAGE),
        action("/admin/users/new", users.add, roles=_MANAGE),
        page(_USER, users.show, roles=_MANAGE),
        action(f"{_USER}/change", users.change, roles=_MANAGE),
        action(f"{_USER}/disable", users.disable, roles=_MANAGE),
        action(f"{_USER}/enable", users.enable, roles=_MANAGE),
        action(f"{_USER}/password", users.reset_password, roles=_MANAGE),
        action(f"{_USER}/two-steps/end", users.end_two_steps, roles=_MANAGE),
        action(f"{_USER}/sessions/end", users.end_sessions, roles=_MANAGE),
        action(f"{_USER}/{_SESSION}", users.end_session, roles=_MANAGE),
        page("/admin/audit", audit.show, roles=may(Right.READ_AUDIT)),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    told = words.links
    return [
        Link("/admin/users", told["users"].title, told["users"].about, _MANAGE),
        Link("/admin/audit", told["audit"].title, told["audit"].about, may(Right.READ_AUDIT)),
        Link("/admin/account", told["own"].title, told["own"].about, EVERYBODY),
    ]
